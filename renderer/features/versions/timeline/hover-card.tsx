import { formatBytes, formatCount, formatDelta } from '#shared/model/format.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import type { Flag } from './flags.ts'
import styles from './timeline.module.css'

export interface HoverCardProps {
  readonly entry: VersionEntry
  readonly flag: Flag | undefined
  readonly x: number
  /** Width of the timeline, to stay within. */
  readonly width: number
}

const HALF_PX = 175

/** What the version under the pointer did. */
export function HoverCard({ entry, flag, x, width }: HoverCardProps) {
  const isBroken = entry.problem !== undefined
  return (
    <div className={styles.card} style={{ left: Math.max(HALF_PX, Math.min(x, width - HALF_PX)) }} aria-hidden>
      <b>Version {entry.version}</b> · {formatAbsoluteTime(entry.timestamp)}
      <div className={isBroken ? styles.problem : undefined}>{entry.problem ?? entry.sentence}</div>
      {!isBroken && (
        <div className={styles.quiet}>
          {formatCount(entry.rows)} rows
          {entry.rowsDelta === null || entry.rowsDelta === 0 ? '' : ` (${formatDelta(entry.rowsDelta)})`} ·{' '}
          {formatBytes(entry.dataBytes)}
        </div>
      )}
      {entry.tags.length > 0 && <div className={styles.quiet}>Tags: {entry.tags.join(', ')}</div>}
      {flag !== undefined && flag.branches.length > 0 && (
        <div className={styles.quiet}>Branches from here: {flag.branches.join(', ')}</div>
      )}
    </div>
  )
}
