import { useId } from 'react'
import { cx } from '#renderer/ui/cx.ts'
import { TextField } from '#renderer/ui/text-field.tsx'
import form from '#renderer/ui/form.module.css'
import styles from './create.module.css'
import { nameHint, type NameState } from './naming.ts'

export interface NameFieldsProps {
  readonly name: string
  readonly state: NameState
  readonly isReplacing: boolean
  readonly onName: (name: string) => void
  readonly onReplacing: (isReplacing: boolean) => void
}

/** The name of the index and, where it is taken, whether that index is replaced. */
export function NameFields({ name, state, isReplacing, onName, onReplacing }: NameFieldsProps) {
  const id = useId()
  const isWrong = state.kind === 'empty' || state.kind === 'elsewhere' || (state.kind === 'taken' && !isReplacing)
  return (
    <div className={cx(form.field, styles.field)}>
      <span className={form.label} aria-hidden>
        Name
      </span>
      <TextField
        label="Name"
        mono
        value={name}
        invalid={isWrong}
        aria-describedby={id}
        onChange={(event) => onName(event.target.value)}
      />
      <output id={id} className={cx(form.hint, isWrong && styles.problem)}>
        {nameHint(state)}
      </output>
      {state.kind === 'taken' && (
        <label className={styles.check}>
          <input type="checkbox" checked={isReplacing} onChange={(event) => onReplacing(event.target.checked)} />
          Replace {state.by.name}: searches use it until the new one is committed, its files stay until a cleanup.
        </label>
      )}
    </div>
  )
}
