import { useState } from 'react'
import { getApi } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { type ErrorValue, toErrorValue } from '#shared/errors.ts'
import type { EmbedderInfo } from '#shared/model/embedder.ts'
import { EmbedderLine } from './embedder-line.tsx'
import styles from './embedder-dialog.module.css'
import { EndpointFields } from './endpoint-fields.tsx'
import { EMPTY_ENDPOINT, type EndpointForm, endpointProblem, toEndpoint } from './endpoint.ts'
import { reloadEmbedders } from './use-embedders.ts'

export interface EmbedderDialogProps {
  readonly embedders: readonly EmbedderInfo[]
  readonly onAdded: (id: string) => void
  readonly onClose: () => void
}

/** What can make vectors of a text here: looked at, tried, added and removed. */
export function EmbedderDialog({ embedders, onAdded, onClose }: EmbedderDialogProps) {
  const [form, setForm] = useState<EndpointForm | null>(null)
  const [isWorking, setWorking] = useState(false)
  const [error, setError] = useState<ErrorValue | null>(null)
  const problem = form === null ? null : endpointProblem(form)
  const save = async (typed: EndpointForm): Promise<void> => {
    setWorking(true)
    setError(null)
    try {
      const { id } = await getApi().call('embedders.save', toEndpoint(typed, embedders.map((one) => one.id))) // prettier-ignore
      await reloadEmbedders()
      onAdded(id)
      setForm(null)
    } catch (thrown) {
      setError(toErrorValue(thrown))
    } finally {
      setWorking(false)
    }
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title="Embedders"
      description="What makes a vector of a text. Vectors compare only with those of the same model."
      actions={
        form === null ? (
          <>
            <Button onClick={() => setForm(EMPTY_ENDPOINT)}>Add an endpoint…</Button>
            <Button kind="primary" onClick={onClose}>
              Done
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => setForm(null)}>Cancel</Button>
            <Button kind="primary" disabled={problem !== null || isWorking} onClick={() => void save(form)}>
              Add
            </Button>
          </>
        )
      }
    >
      {form === null ? (
        <ul className={styles.list} aria-label="Embedders">
          {embedders.map((embedder) => (
            <EmbedderLine key={embedder.id} embedder={embedder} />
          ))}
        </ul>
      ) : (
        <EndpointFields form={form} problem={problem} onChange={setForm} />
      )}
      {error !== null && <ErrorNotice layout="line" title="It was not added" error={error} />}
    </Dialog>
  )
}
