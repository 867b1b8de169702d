import { GitBranch, Tag } from 'lucide-react'
import { formatBytes, formatCount, formatExactBytes } from '#shared/model/format.ts'
import type { VersionStorage } from '#shared/model/storage.ts'
import { formatAbsoluteTime, formatShortRelativeTime } from '#shared/model/time.ts'
import { type RowPlace, TableRow } from '#renderer/ui/table/table-row.tsx'
import styles from './version-sizes.module.css'
import type { Fate } from './words.ts'

export interface VersionSizeLineProps {
  readonly entry: VersionStorage
  readonly place: RowPlace
  readonly now: number
  /** Bytes of the longest bar. */
  readonly largest: number
  readonly fate: Fate
  readonly onChoose: () => void
}

export function VersionSizeLine(props: VersionSizeLineProps) {
  const { entry, place, now, largest, fate, onChoose } = props
  const share = largest === 0 ? 0 : entry.exclusiveBytes / largest
  return (
    <TableRow
      place={place}
      className={styles.row}
      data-fate={fate.kind}
      title={`Keep version ${entry.version} and newer`}
      onClick={onChoose}
    >
      <span role="gridcell" className={styles.version}>
        v{entry.version}
        {entry.tags.length > 0 && (
          <span className={styles.tag} title={`Tagged ${entry.tags.join(', ')}`}>
            <Tag aria-hidden />
            <span className={styles.name}>{entry.tags[0]}</span>
            {entry.tags.length > 1 && ` +${entry.tags.length - 1}`}
          </span>
        )}
      </span>
      <span
        role="gridcell"
        title={`${formatExactBytes(entry.exclusiveBytes)} in no other version, its manifest of ${formatExactBytes(entry.manifestBytes)} included`}
      >
        <span className={styles.track} aria-hidden>
          <span className={styles.bar} style={{ width: `max(2px, ${share * 100}%)` }} />
        </span>
        <span className={styles.bytes}>{formatBytes(entry.exclusiveBytes)}</span>
      </span>
      <span role="gridcell" className={styles.figure}>
        {formatCount(entry.exclusiveFiles)}
      </span>
      <span role="gridcell" className={styles.fate}>
        <FateText fate={fate} />
      </span>
      <span role="gridcell" className={styles.time} title={formatAbsoluteTime(entry.timestamp)}>
        {formatShortRelativeTime(entry.timestamp, now)}
      </span>
    </TableRow>
  )
}

function FateText({ fate }: { readonly fate: Fate }) {
  switch (fate.kind) {
    case 'goes':
      return 'would go'
    case 'refused':
      return 'stays: refused'
    case 'stays':
      return 'stays'
    case 'kept':
      return (
        <>
          {fate.by === 'tag' ? <Tag aria-hidden /> : <GitBranch aria-hidden />}
          <span className={styles.name} title={`kept by ${fate.by} ${fate.name}`}>
            kept by {fate.by} {fate.name}
          </span>
        </>
      )
  }
}
