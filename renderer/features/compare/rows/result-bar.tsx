import { Info, TriangleAlert } from 'lucide-react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import type { RowChangeKind, RowTotals } from '#shared/model/compare.ts'
import styles from './rows.module.css'
import { dropRun } from './run-store.ts'
import { costText, honestNotes, resultText } from './wording.ts'

export interface ResultBarProps {
  readonly tab: DatasetTab
  readonly totals: RowTotals
  readonly kind: RowChangeKind
}

/** What was compared and how, what it cost, and what to mind when reading it. */
export function ResultBar({ tab, totals, kind }: ResultBarProps) {
  const notes = honestNotes(totals)
  return (
    <div className={styles.head}>
      <div className={styles.line}>
        <span>{resultText(totals, kind)}</span>
        <span className={styles.cost}>{costText(totals)}</span>
        {kind === 'changed' && (
          <span className={styles.legend}>
            <del>before</del>
            <ins>after</ins>
          </span>
        )}
        <span className={styles.grow} />
        <Button kind="link" onClick={() => dropRun(tab.dataset)}>
          Tell rows apart another way
        </Button>
      </div>
      {notes.length > 0 && (
        <ul className={styles.notes} aria-label="Notes on this comparison">
          {notes.map(({ text, isWarning }) => (
            <li key={text} className={cx(isWarning && styles.warning)}>
              {isWarning ? <TriangleAlert aria-hidden /> : <Info aria-hidden />}
              {text}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
