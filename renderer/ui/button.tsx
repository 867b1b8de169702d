import type { ComponentProps } from 'react'
import styles from './button.module.css'
import { cx } from './cx.ts'

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` at most once in sight; `danger` for what cannot be undone; `ghost` inside bars. */
  readonly kind?: 'plain' | 'primary' | 'danger' | 'ghost' | 'link'
}

export function Button({ kind = 'plain', className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={cx(styles.button, styles[kind], className)} {...rest} />
}
