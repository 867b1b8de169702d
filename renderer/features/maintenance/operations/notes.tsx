import type { MaintenanceNote } from '#shared/model/maintenance.ts'
import { cx } from '#renderer/ui/cx.ts'
import styles from './operations.module.css'

const WORDS = { note: 'Note', warning: 'Warning', problem: 'Problem' } as const

/** What a person should know besides the figures, the gravest first. */
export function Notes({ notes }: { readonly notes: readonly MaintenanceNote[] }) {
  if (notes.length === 0) return null
  const order = ['problem', 'warning', 'note']
  const sorted = notes.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  return (
    <ul className={styles.notes} aria-label="Notes">
      {sorted.map(({ severity, message }) => (
        <li key={message} className={cx(styles.note, styles[severity])}>
          <b>{WORDS[severity]}</b> {message}
        </li>
      ))}
    </ul>
  )
}
