import { GitBranch, Tag } from 'lucide-react'
import { formatBytes, formatCount, formatExactBytes } from '#shared/model/format.ts'
import type { VersionStorage } from '#shared/model/storage.ts'
import { formatAbsoluteTime, formatShortRelativeTime } from '#shared/model/time.ts'
import { cx } from '#renderer/ui/cx.ts'
import styles from './version-sizes.module.css'
import type { Fate } from './words.ts'

export interface VersionSizeLineProps {
  readonly entry: VersionStorage
  /** 0-based position in the list. */
  readonly index: number
  readonly top: number
  readonly now: number
  /** Bytes of the longest bar. */
  readonly largest: number
  readonly fate: Fate
  readonly isFocused: boolean
  readonly onChoose: () => void
}

export function VersionSizeLine(props: VersionSizeLineProps) {
  const { entry, index, top, now, largest, fate, isFocused, onChoose } = props
  const share = largest === 0 ? 0 : entry.exclusiveBytes / largest
  return (
    <div
      id={`storage-version-${index}`}
      role="row"
      aria-rowindex={index + 2}
      className={cx(styles.row, isFocused && styles.focused)}
      data-fate={fate.kind}
      style={{ transform: `translateY(${top}px)` }}
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
        className={styles.size}
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
    </div>
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
