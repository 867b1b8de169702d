import { useState } from 'react'
import { useApi } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { type ErrorValue, toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import styles from './embedder-dialog.module.css'
import { isLocalAddress, type EndpointForm, endpointProblem, toEndpoint } from './endpoint.ts'
import { formatMs } from '../results/answered-words.ts'
import { reloadEmbedders } from './use-embedders.ts'

export interface EmbedderDialogProps {
  /** Ids in use. */
  readonly taken: readonly string[]
  readonly onSaved: (id: string) => void
  readonly onClose: () => void
}

const FIELDS: readonly {
  readonly id: keyof EndpointForm
  readonly label: string
  readonly placeholder: string
  readonly isSecret?: boolean
}[] = [
  { id: 'title', label: 'Name', placeholder: 'Ollama on this machine' },
  { id: 'url', label: 'Address', placeholder: 'http://localhost:11434/v1' },
  { id: 'model', label: 'Model', placeholder: 'nomic-embed-text' },
  { id: 'apiKeyVariable', label: 'Environment variable with the key', placeholder: 'OPENAI_API_KEY, or nothing' },
  { id: 'apiKey', label: 'Key, for this run only', placeholder: 'kept in memory, never on disk', isSecret: true },
]

const EMPTY: EndpointForm = { title: '', url: '', model: '', apiKeyVariable: '', apiKey: '' }

type Step =
  | { readonly kind: 'asking' }
  | { readonly kind: 'working' }
  | { readonly kind: 'failed'; readonly error: ErrorValue; readonly id: string | null }
  | { readonly kind: 'works'; readonly text: string }

/** Adds an OpenAI-compatible endpoint and tries it with one short text. */
export function EmbedderDialog({ taken, onSaved, onClose }: EmbedderDialogProps) {
  const api = useApi()
  const [form, setForm] = useState(EMPTY)
  const [step, setStep] = useState<Step>({ kind: 'asking' })
  const problem = endpointProblem(form)
  const save = async (): Promise<void> => {
    setStep({ kind: 'working' })
    const endpoint = toEndpoint(form, taken)
    let saved: string | null = null
    try {
      await api.call('embedders.save', endpoint)
      saved = endpoint.id
      onSaved(endpoint.id)
      const answer = await api.call('embedders.embed', { embedder: endpoint.id, texts: ['a short text to try it'] })
      setStep({
        kind: 'works',
        text: `It works: ${formatNoun(answer.dimension, 'number')} in ${formatMs(answer.elapsedMs)}.`,
      })
    } catch (error) {
      setStep({ kind: 'failed', error: toErrorValue(error), id: saved })
    } finally {
      await reloadEmbedders()
    }
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Add an endpoint that makes vectors"
      description="Any server that speaks the OpenAI embeddings protocol, such as a local Ollama."
      actions={
        step.kind === 'works' ? (
          <Button kind="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>
              {step.kind === 'failed' && step.id !== null ? 'Keep it as it is' : 'Cancel'}
            </Button>
            <Button kind="primary" disabled={problem !== null || step.kind === 'working'} onClick={() => void save()}>
              Add and try
            </Button>
          </>
        )
      }
    >
      <div className={styles.form}>
        {FIELDS.map(({ id, label, placeholder, isSecret }) => (
          <label key={id} className={styles.field}>
            <span>{label}</span>
            <TextField
              label={label}
              type={isSecret === true ? 'password' : 'text'}
              placeholder={placeholder}
              value={form[id]}
              onChange={(event) => setForm({ ...form, [id]: event.target.value })}
            />
          </label>
        ))}
        {form.url !== '' && problem !== null && <p className={styles.hint}>{problem}</p>}
        {problem === null && !isLocalAddress(form.url) && (
          <p className={styles.warn}>
            Every text searched with it leaves this machine; so does the text it is tried with.
          </p>
        )}
        {step.kind === 'failed' && (
          <ErrorNotice
            layout="line"
            title={step.id === null ? 'It was not added' : 'It was added, but did not answer'}
            error={step.error}
          />
        )}
        {step.kind === 'works' && <p role="status">{step.text}</p>}
      </div>
    </Dialog>
  )
}
