import type { ReactNode } from 'react'
import styles from './sections.module.css'

export interface SectionProps {
  readonly title: string
  /** Stands at the right of the title. */
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** One part of a version's details. */
export function Section({ title, action, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <h3 className={styles.heading}>
        {title}
        {action}
      </h3>
      {children}
    </section>
  )
}

export interface Pair {
  readonly name: string
  readonly value: ReactNode
}

/** Names and values. */
export function Pairs({ pairs }: { readonly pairs: readonly Pair[] }) {
  return (
    <dl className={styles.pairs}>
      {pairs.map(({ name, value }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
