import type { ReactNode } from 'react'
import { Button, type ButtonProps } from '#renderer/ui/button.tsx'
import { Tip } from '#renderer/ui/tooltip.tsx'
import styles from './write-button.module.css'

export interface WriteButtonProps extends Pick<ButtonProps, 'kind' | 'aria-label'> {
  /** Why nothing can be written; the button then says so and does nothing. */
  readonly refusal: string | undefined
  readonly onClick: () => void
  readonly children: ReactNode
}

/** A button of a write. Where nothing can be written it stays in sight and reachable, and tells why. */
export function WriteButton({ refusal, onClick, children, ...rest }: WriteButtonProps) {
  if (refusal === undefined) {
    return (
      <Button onClick={onClick} {...rest}>
        {children}
      </Button>
    )
  }
  return (
    <Tip label={refusal}>
      <Button aria-disabled className={styles.refused} {...rest}>
        {children}
      </Button>
    </Tip>
  )
}
