import { Button } from '#renderer/ui/button.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import styles from './embedder-dialog.module.css'
import { type EndpointForm, isLocalAddress, PRESETS } from './endpoint.ts'

export interface EndpointFieldsProps {
  readonly form: EndpointForm
  readonly isNew: boolean
  /** What keeps it from being added. */
  readonly problem: string | null
  readonly onChange: (form: EndpointForm) => void
}

const FIELDS: readonly {
  readonly id: keyof EndpointForm
  readonly label: string
  readonly placeholder: string
  readonly isSecret?: boolean
}[] = [
  { id: 'title', label: 'Name', placeholder: 'Ollama on this machine' },
  { id: 'url', label: 'Address', placeholder: 'http://127.0.0.1:11434/v1' },
  { id: 'model', label: 'Model', placeholder: 'nomic-embed-text' },
  {
    id: 'apiKeyVariable',
    label: 'Environment variable with the key',
    placeholder: 'such as OPENAI_API_KEY, or nothing',
  },
  { id: 'apiKey', label: 'Key, for this run only', placeholder: 'kept in memory, never on disk', isSecret: true },
]

/** An OpenAI-compatible endpoint as it is typed in. */
export function EndpointFields({ form, isNew, problem, onChange }: EndpointFieldsProps) {
  return (
    <div className={styles.form} role="group" aria-label={isNew ? 'New endpoint' : 'Endpoint'}>
      {isNew && (
        <div className={styles.presets}>
          <span className={styles.facts}>Any server that speaks the OpenAI embeddings protocol. Start from</span>
          {PRESETS.map((preset) => (
            <Button key={preset.title} onClick={() => onChange(preset)}>
              {preset.title}
            </Button>
          ))}
        </div>
      )}
      {FIELDS.map(({ id, label, placeholder, isSecret }) => (
        <label key={id} className={styles.field}>
          <span>{label}</span>
          <TextField
            label={label}
            type={isSecret === true ? 'password' : 'text'}
            placeholder={placeholder}
            value={form[id]}
            onChange={(event) => onChange({ ...form, [id]: event.target.value })}
          />
        </label>
      ))}
      {form.url !== '' && problem !== null && <p className={styles.facts}>{problem}</p>}
      {problem === null && !isLocalAddress(form.url) && (
        <p role="note" className={styles.warning}>
          Every text searched with it leaves this machine.
          {form.url.trim().startsWith('http:') && ' Neither the text nor the key is encrypted on the way.'}
        </p>
      )}
    </div>
  )
}
