import { ArrowDownToLine } from 'lucide-react'
import type { Copier } from '#renderer/features/data/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import styles from './queue.module.css'

export interface RecordsBarProps {
  readonly title: string
  readonly rows: number
  readonly fresh: number
  readonly isFollowing: boolean
  readonly onFollow: (isFollowing: boolean) => void
  readonly onFirstNew: () => void
}

/** What is shown, how much of it is new, and whether its end is followed. */
export function RecordsBar({ title, rows, fresh, isFollowing, onFollow, onFirstNew }: RecordsBarProps) {
  return (
    <div className={styles.bar}>
      <span className={styles.title}>{title}</span>
      <span className={styles.figure}>{formatNoun(rows, 'record')}</span>
      {fresh > 0 && <span className={styles.figure}>{formatCount(fresh)} new since you last looked</span>}
      <span className={styles.space} />
      {fresh > 0 && (
        <Button kind="ghost" onClick={onFirstNew}>
          First new
        </Button>
      )}
      <Button
        aria-pressed={isFollowing}
        kind="ghost"
        className={cx(isFollowing && styles.following)}
        title="Stay at the newest record as records land"
        onClick={() => onFollow(!isFollowing)}
      >
        <ArrowDownToLine aria-hidden /> Follow
      </Button>
    </div>
  )
}

/** A copy that takes a while. */
export function CopyLine({ copier: { progress, cancel } }: { readonly copier: Copier }) {
  if (progress === null) return null
  return (
    <div className={styles.copying} role="status">
      <ProgressBar label="Copying" value={progress.cellsDone / Math.max(1, progress.cells)} />
      Copying {formatCount(progress.cellsDone)} of {formatNoun(progress.cells, 'cell')}
      <Button onClick={cancel}>Cancel</Button>
    </div>
  )
}
