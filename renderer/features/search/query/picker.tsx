import styles from './picker.module.css'

export interface PickerProps<Id extends string> {
  readonly label: string
  readonly value: Id
  readonly options: readonly { readonly id: Id; readonly label: string }[]
  readonly onChange: (id: Id) => void
}

/** One of several by name, in the system's own list. */
export function Picker<Id extends string>({ label, value, options, onChange }: PickerProps<Id>) {
  return (
    <select
      aria-label={label}
      className={styles.picker}
      value={value}
      onChange={(event) => {
        const chosen = options.find(({ id }) => id === event.target.value)
        if (chosen !== undefined) onChange(chosen.id)
      }}
    >
      {options.map(({ id, label: text }) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </select>
  )
}
