import type { ReactNode } from 'react'
import styles from './caution.module.css'

export interface CautionProps {
  /** `note` where it comes and goes with what is typed or chosen. */
  readonly role?: 'note'
  readonly children: ReactNode
}

/** What a person should read before going on. */
export function Caution({ role, children }: CautionProps) {
  return (
    <p className={styles.caution} role={role}>
      {children}
    </p>
  )
}
