import type { ReactNode } from 'react'
import styles from './facts.module.css'

export interface Fact {
  readonly name: string
  readonly value: ReactNode
}

export interface FactsProps {
  readonly title: string
  /** One sentence under the title. */
  readonly lead?: ReactNode
  readonly facts: readonly Fact[]
  readonly children?: ReactNode
}

/** The inspector of something that is no row: what it is, then its figures. */
export function Facts({ title, lead, facts, children }: FactsProps) {
  return (
    <section className={styles.facts} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      {lead !== undefined && <p className={styles.lead}>{lead}</p>}
      <dl className={styles.list}>
        {facts.map(({ name, value }) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </section>
  )
}
