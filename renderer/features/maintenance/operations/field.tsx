import type { ReactNode } from 'react'
import { TextField } from '#renderer/ui/text-field.tsx'
import { parseWhole } from '../whole.ts'
import { cx } from '#renderer/ui/cx.ts'
import form from '#renderer/ui/form.module.css'
import styles from './operations.module.css'

/** A name and the inputs it is of. */
export function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={cx(form.field, styles.field)}>
      <span className={form.label}>{label}</span>
      <div className={styles.inputs}>{children}</div>
    </div>
  )
}

export interface WholeFieldProps {
  readonly label: string
  readonly value: string
  readonly least: number
  readonly most: number
  readonly placeholder?: string
  readonly isOptional?: boolean
  readonly disabled?: boolean
  readonly onChange: (text: string) => void
}

/** A whole number between bounds. */
export function WholeField({ label, value, least, most, isOptional = false, onChange, ...rest }: WholeFieldProps) {
  const isEmpty = value.trim() === ''
  const invalid = isEmpty ? !isOptional : parseWhole(value, least, most) === undefined
  return (
    <TextField
      className={styles.number}
      label={label}
      inputMode="numeric"
      mono
      value={value}
      invalid={invalid}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    />
  )
}
