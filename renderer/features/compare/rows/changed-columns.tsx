import { useMemo } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import type { RowTotals } from '#shared/model/compare.ts'
import { formatCount } from '#shared/model/format.ts'
import styles from './rows.module.css'

/** Columns listed; those beyond changed least. */
const SHOWN_MAX = 500

export interface ChangedColumnsProps {
  readonly totals: RowTotals
  readonly only: string | null
  readonly isOnlyChanged: boolean
  readonly onOnlyChanged: (isOnly: boolean) => void
  /** Shows one column alone, and of the rows those in which it changed; null = all again. */
  readonly onOnly: (column: string | null) => void
  readonly onJump: (column: string) => void
}

/** How many cells changed in each column: the way to a column, and to seeing nothing but what changed in it. */
export function ChangedColumns(props: ChangedColumnsProps) {
  const { totals, only, isOnlyChanged, onOnlyChanged, onOnly, onJump } = props
  const columns = useMemo(
    () =>
      totals.changedCells
        .filter(({ cells }) => cells > 0)
        .toSorted((a, b) => b.cells - a.cells)
        .slice(0, SHOWN_MAX),
    [totals],
  )
  return (
    <aside className={styles.columns} aria-label="Changed columns">
      <label className={styles.toggle}>
        <input type="checkbox" checked={isOnlyChanged} onChange={(event) => onOnlyChanged(event.target.checked)} />
        Only changed columns
      </label>
      <ul>
        {columns.map(({ column, cells }) => (
          <li key={column} className={cx(styles.column, column === only && styles.only)}>
            <button type="button" className={styles.jump} title={`Go to ${column}`} onClick={() => onJump(column)}>
              <span className={styles.name}>{column}</span>
              <span className={styles.figure}>{formatCount(cells)}</span>
              <span
                className={styles.share}
                style={{ width: `${(100 * cells) / Math.max(1, totals.changed)}%` }}
                aria-hidden="true"
              />
            </button>
            <Button
              kind="link"
              aria-pressed={column === only}
              aria-label={column === only ? 'Show all rows and columns' : `Show only ${column}`}
              title={column === only ? undefined : `Only the rows in which ${column} changed, and only that column`}
              onClick={() => onOnly(column === only ? null : column)}
            >
              {column === only ? 'All' : 'Only'}
            </Button>
          </li>
        ))}
      </ul>
    </aside>
  )
}
