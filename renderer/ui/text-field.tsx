import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './text-field.module.css'

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'aria-label'> {
  /** Accessible name. */
  readonly label: string
  readonly icon?: ReactNode
  /** Shown after the text, such as a clear button. */
  readonly end?: ReactNode
  readonly mono?: boolean
  readonly invalid?: boolean
}

/** One line of text. */
export function TextField({ label, icon, end, mono = false, invalid = false, className, ...rest }: TextFieldProps) {
  return (
    <span className={cx(styles.field, invalid && styles.invalid, className)}>
      {icon}
      <input
        aria-label={label}
        aria-invalid={invalid}
        className={cx(styles.input, mono && styles.mono)}
        spellCheck={false}
        autoComplete="off"
        {...rest}
      />
      {end}
    </span>
  )
}
