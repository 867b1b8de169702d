import type { ReactNode } from 'react'
import { Button, type ButtonProps } from './button.tsx'
import styles from './button.module.css'
import { cx } from './cx.ts'
import { Tip } from './tooltip.tsx'

export interface IconButtonProps extends ButtonProps {
  /** Accessible name, also the tooltip. */
  readonly label: string
  readonly shortcut?: string
  readonly children: ReactNode
}

/** A button that is only an icon; its name is always told to screen readers and shown on hover. */
export function IconButton({ label, shortcut, kind = 'ghost', className, ...rest }: IconButtonProps) {
  return (
    <Tip label={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <Button aria-label={label} kind={kind} className={cx(styles.icon, className)} {...rest} />
    </Tip>
  )
}
