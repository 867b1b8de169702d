import type { ReactNode } from 'react'
import styles from './summary.module.css'

export interface SectionProps {
  readonly title: string
  /** What came of it, in a few words beside the title. */
  readonly result: ReactNode
  readonly children?: ReactNode
}

/** One aspect of the two states. */
export function Section({ title, result, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <header className={styles.heading}>
        <h3>{title}</h3>
        <span className={styles.result}>{result}</span>
      </header>
      {children}
    </section>
  )
}
