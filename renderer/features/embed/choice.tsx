import styles from './embed.module.css'

export interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly id: string; readonly label: string }[]
  readonly onChange: (id: string) => void
  readonly disabled?: boolean
}

/** One of several by name, in the system's own list. */
export function Choice({ label, value, options, onChange, disabled = false }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      className={styles.choice}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map(({ id, label: text }) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </select>
  )
}
