import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import type { ColumnStorage } from '#shared/model/fragment-details.ts'
import { Button } from '#renderer/ui/button.tsx'
import styles from './columns-view.module.css'

export interface ColumnFactsProps {
  readonly column: ColumnStorage
  readonly selectedFragment: number | undefined
  readonly onFragment: (fragmentId: number) => void
}

/** What is remarkable about one column: why it is dead, where it is unlike itself, what could not be read. */
export function ColumnFacts({ column, selectedFragment, onFragment }: ColumnFactsProps) {
  const { blobBytes = 0, isDead, outliers, unreadableFiles } = column
  return (
    <section className={styles.facts} aria-label={`Column ${column.column}`}>
      <b>{column.column}</b>
      {isDead && (
        <p className={styles.warn}>
          Dropped or retyped: no version from this one on reads these bytes. Compaction of the fragments that hold it
          leaves them out, and cleaning up old versions then frees them.
        </p>
      )}
      {blobBytes > 0 && <p>{formatBytes(blobBytes)} of payload lie in blob files beside the data files.</p>}
      {unreadableFiles > 0 && (
        <p className={styles.bad}>{formatNoun(unreadableFiles, 'file')} could not be read and is not counted.</p>
      )}
      {outliers.length > 0 && (
        <div className={styles.outliers}>
          <span className={styles.quiet}>Furthest from the median a row:</span>
          {outliers.map(({ fragment, bytes, rows }) => (
            <Button
              key={fragment}
              aria-pressed={fragment === selectedFragment}
              title={`${formatBytes(bytes)} for ${formatNoun(rows, 'row')}`}
              onClick={() => onFragment(fragment)}
            >
              Fragment {formatCount(fragment)} · {perRow(bytes, rows)}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}

function perRow(bytes: number, rows: number): string {
  if (rows === 0) return formatBytes(bytes)
  const each = bytes / rows
  return `${each < 10 ? each.toFixed(1) : formatCount(Math.round(each))} B a row`
}
