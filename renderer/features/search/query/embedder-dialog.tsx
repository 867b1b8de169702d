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
import { EMPTY_ENDPOINT, type EndpointForm, endpointProblem, toEndpoint, toForm } from './endpoint.ts'
import { reloadEmbedders } from './use-embedders.ts'

export interface EmbedderDialogProps {
  readonly embedders: readonly EmbedderInfo[]
  readonly onAdded: (id: string) => void
  readonly onClose: () => void
}

/** `id`: the endpoint that is changed; absent for a new one. */
interface Typed {
  readonly form: EndpointForm
  readonly id?: string
}

/** What can make vectors of a text here: looked at, tried, added, changed and removed. */
export function EmbedderDialog({ embedders, onAdded, onClose }: EmbedderDialogProps) {
  const [typed, setTyped] = useState<Typed | null>(null)
  const [isWorking, setWorking] = useState(false)
  const [error, setError] = useState<ErrorValue | null>(null)
  const problem = typed === null ? null : endpointProblem(typed.form)
  const show = (next: Typed | null): void => {
    setError(null)
    setTyped(next)
  }
  const save = async ({ form, id: known }: Typed): Promise<void> => {
    setWorking(true)
    setError(null)
    try {
      const taken = embedders.map(({ id }) => id)
      const { id } = await getApi().call('embedders.save', toEndpoint(form, taken, known))
      await reloadEmbedders()
      if (known === undefined) onAdded(id)
      setTyped(null)
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
        typed === null ? (
          <>
            <Button onClick={() => show({ form: EMPTY_ENDPOINT })}>Add an endpoint…</Button>
            <Button kind="primary" onClick={onClose}>
              Done
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => show(null)}>Cancel</Button>
            <Button kind="primary" disabled={problem !== null || isWorking} onClick={() => void save(typed)}>
              {typed.id === undefined ? 'Add' : 'Save'}
            </Button>
          </>
        )
      }
    >
      {typed === null ? (
        <ul className={styles.list} aria-label="Embedders">
          {embedders.map((embedder) => (
            <EmbedderLine
              key={embedder.id}
              embedder={embedder}
              onEdit={() => show({ form: toForm(embedder), id: embedder.id })}
            />
          ))}
        </ul>
      ) : (
        <EndpointFields
          form={typed.form}
          isNew={typed.id === undefined}
          problem={problem}
          onChange={(form) => setTyped({ ...typed, form })}
        />
      )}
      {error !== null && <ErrorNotice layout="line" title="It was not saved" error={error} />}
    </Dialog>
  )
}
