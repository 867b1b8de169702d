import { type ReactNode, useId } from 'react'
import { cx } from '#renderer/ui/cx.ts'
import type { FieldProblem, SpecResult } from '../state/to-spec.ts'
import styles from './review.module.css'

export interface PartProps {
  /** 1-based place among the steps. */
  readonly step: number
  readonly title: string
  /** Beside the title, at the right. */
  readonly end?: ReactNode
  readonly children: ReactNode
}

/** One step of the review, all of them in sight at once. */
export function Part({ step, title, end, children }: PartProps) {
  const id = useId()
  return (
    <section className={styles.part} aria-labelledby={id}>
      <header className={styles.partHead}>
        <span className={styles.step} aria-hidden>
          {step}
        </span>
        <h3 id={id} className={styles.partTitle}>
          {title}
        </h3>
        {end}
      </header>
      {children}
    </section>
  )
}

export interface FieldProps {
  readonly label: string
  readonly children: ReactNode
}

/** A label beside its control, which names itself for screen readers. */
export function Field({ label, children }: FieldProps) {
  return (
    <div className={styles.field}>
      <span className={styles.label}>{label}</span>
      <div className={styles.inputs}>{children}</div>
    </div>
  )
}

/** What is wrong with a field, under it. */
export function FieldNote({ result, field }: { readonly result: SpecResult; readonly field: FieldProblem['field'] }) {
  const problem = result.kind === 'problems' ? result.problems.find((one) => one.field === field) : undefined
  return problem === undefined ? null : (
    <p className={cx(styles.fieldNote, styles.wrong)} role="alert">
      {problem.message}
    </p>
  )
}

export interface ChoiceProps<Id extends string> {
  readonly label: string
  readonly value: Id
  readonly options: readonly { readonly id: Id; readonly label: string }[]
  readonly onChange: (id: Id) => void
  readonly className?: string | undefined
  readonly isDisabled?: boolean
}

/** One of several, in the system's own list. */
export function Choice<Id extends string>({ label, value, options, onChange, className, isDisabled }: ChoiceProps<Id>) {
  return (
    <select
      className={cx(styles.select, className)}
      aria-label={label}
      value={value}
      disabled={isDisabled === true}
      onChange={(event) => onChange(event.target.value as Id)}
    >
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.label}
        </option>
      ))}
    </select>
  )
}

export interface CheckProps {
  readonly label: ReactNode
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

export function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  )
}

export interface ColumnsChoiceProps {
  readonly label: string
  readonly columns: readonly string[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** Any of a list of columns, in the order they are listed. */
export function ColumnsChoice({ label, columns, chosen, onChange }: ColumnsChoiceProps) {
  const all = [...new Set([...columns, ...chosen])]
  if (all.length === 0) return <p className={styles.quiet}>No columns are known yet.</p>
  return (
    <div className={styles.chips} role="group" aria-label={label}>
      {all.map((name) => (
        <label key={name} className={styles.pick} data-chosen={chosen.includes(name)}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={(event) =>
              onChange(all.filter((one) => (one === name ? event.target.checked : chosen.includes(one))))
            }
          />
          {name}
        </label>
      ))}
    </div>
  )
}
