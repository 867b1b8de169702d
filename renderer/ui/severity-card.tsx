import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './severity-card.module.css'

export interface SeverityCardProps {
  readonly icon: LucideIcon
  /** Colour of its edge and icon. */
  readonly tone: 'ok' | 'quiet' | 'warn' | 'bad'
  readonly title: ReactNode
  readonly children: ReactNode
}

/** Something that was found, in a `SeverityList`. */
export function SeverityCard({ icon: Icon, tone, title, children }: SeverityCardProps) {
  return (
    <li className={styles.card} data-tone={tone}>
      <Icon aria-hidden />
      <div className={styles.texts}>
        <h3 className={styles.title}>{title}</h3>
        {children}
      </div>
    </li>
  )
}

export function SeverityList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  )
}
