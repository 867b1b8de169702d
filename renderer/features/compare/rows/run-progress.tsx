import { useStatus } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import { formatCount, formatDuration, formatNoun } from '#shared/model/format.ts'
import styles from './rows.module.css'
import type { RowRun } from './run-store.ts'

export interface RunProgressProps {
  readonly run: Extract<RowRun, { kind: 'running' }>
  readonly onCancel: () => void
}

/** How far a comparison has come. */
export function RunProgress({ run, onCancel }: RunProgressProps) {
  const { phase, rowsRead, rowsToRead, elapsedMs } = run
  const text =
    phase === 'matching'
      ? `Matching ${formatNoun(rowsRead, 'row')}`
      : rowsToRead === null
        ? 'Starting'
        : `${formatCount(rowsRead)} of ${formatNoun(rowsToRead, 'row')} read`
  useStatus(`Comparing rows: ${text}`)
  const isKnown = phase === 'reading' && rowsToRead !== null && rowsToRead > 0
  return (
    <div className={styles.progress} role="status">
      <ProgressBar label="Comparing rows" {...(isKnown ? { value: Math.min(1, rowsRead / rowsToRead) } : {})} />
      <span>
        {text} · {formatDuration(elapsedMs)}
      </span>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  )
}
