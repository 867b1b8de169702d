import { useId } from 'react'
import { cx } from '#renderer/ui/cx.ts'
import { TextField } from '#renderer/ui/text-field.tsx'
import form from '#renderer/ui/form.module.css'
import styles from './dialogs.module.css'

export interface NameFieldProps {
  readonly value: string
  readonly onChange: (name: string) => void
  /** What is wrong with what was typed; undefined = nothing. */
  readonly problem: string | undefined
  /** Shown while nothing is wrong. */
  readonly hint: string
  readonly placeholder: string
}

/** A name that is checked with every letter, the reason right below it. */
export function NameField({ value, onChange, problem, hint, placeholder }: NameFieldProps) {
  const id = useId()
  const isWrong = problem !== undefined && value !== ''
  return (
    <div className={cx(form.field, styles.field)}>
      <span className={form.label} aria-hidden>
        Name
      </span>
      <TextField
        mono
        autoFocus
        label="Name"
        placeholder={placeholder}
        value={value}
        invalid={isWrong}
        aria-describedby={id}
        onChange={(event) => onChange(event.target.value)}
      />
      <output id={id} className={cx(form.hint, styles.hint, isWrong && styles.wrong)}>
        {isWrong ? problem : hint}
      </output>
    </div>
  )
}
