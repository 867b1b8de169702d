import type { ChangeText } from './change-text.ts'
import styles from './change-list.module.css'

export interface ChangeListProps {
  readonly label: string
  readonly changes: readonly ChangeText[]
}

/** Named things and what happened to each. */
export function ChangeList({ label, changes }: ChangeListProps) {
  return (
    <ul className={styles.list} aria-label={label}>
      {changes.map(({ name, text, tone }, index) => (
        <li key={`${name}/${index}`} className={styles.line}>
          <span className={styles.sign} data-tone={tone} aria-hidden>
            {tone === 'more' ? '+' : tone === 'less' ? '−' : '~'}
          </span>
          <span className={styles.name}>{name}</span> <span className={styles.text}>{text}</span>
        </li>
      ))}
    </ul>
  )
}
