import { Button } from '#renderer/ui/button.tsx'
import type { RowChangeKind } from '#shared/model/compare.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { RowRun } from '../rows/run-store.ts'
import type { RowsOutlook } from '../rows/rows-outlook.ts'
import { provenSameText, sameRowsText } from '../rows/wording.ts'
import { Section } from './section.tsx'
import { SignMark } from './sign-mark.tsx'
import styles from './summary.module.css'

export interface RowsSectionProps {
  readonly outlook: RowsOutlook
  readonly run: RowRun | undefined
  /** Shows the rows; null = whatever there is of them. */
  readonly onRows: (kind: RowChangeKind | null) => void
}

const STATE_WORDS = {
  none: 'not compared yet',
  running: 'being compared',
  failed: 'could not be compared',
  expired: 'compared before; the result is no longer kept',
} as const

const KINDS: readonly RowChangeKind[] = ['added', 'removed', 'changed']

/** What is known of the rows, and the way to know more. */
export function RowsSection({ outlook, run, onRows }: RowsSectionProps) {
  if (outlook.kind === 'same') return <Section title="Rows" result={provenSameText(outlook.isWholeRow)} />
  if (run?.kind === 'done') {
    const { totals } = run
    const isSame = totals.added + totals.removed + totals.changed === 0
    if (isSame) return <Section title="Rows" result={sameRowsText(totals)} />
    return (
      <Section title="Rows" result={`${formatCount(totals.unchanged)} unchanged`}>
        <div className={styles.counts}>
          {KINDS.filter((kind) => totals[kind] > 0).map((kind) => (
            <Button key={kind} onClick={() => onRows(kind)}>
              <SignMark sign={kind} />
              {formatCount(totals[kind])} {kind}
            </Button>
          ))}
        </div>
      </Section>
    )
  }
  return (
    <Section title="Rows" result={STATE_WORDS[run?.kind ?? 'none']}>
      <div className={styles.counts}>
        <Button onClick={() => onRows(null)}>{run?.kind === 'running' ? 'Show progress' : 'Compare rows…'}</Button>
        {run?.kind !== 'running' && (
          <span className={styles.note}>reads at most {formatNoun(outlook.rowsAtMost, 'row')}</span>
        )}
      </div>
    </Section>
  )
}
