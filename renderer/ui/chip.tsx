import type { ComponentProps } from 'react'
import styles from './chip.module.css'
import { cx } from './cx.ts'

export interface ChipProps extends ComponentProps<'span'> {
  readonly tone?: 'quiet' | 'accent' | 'warn' | 'bad' | 'ok'
}

/** A small label beside a name. */
export function Chip({ tone = 'quiet', className, ...rest }: ChipProps) {
  return <span className={cx(styles.chip, styles[tone], className)} {...rest} />
}
