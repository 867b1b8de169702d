import { SquareCheck, Tag } from 'lucide-react'
import type { MouseEvent } from 'react'
import {
  formatBytes,
  formatBytesDelta,
  formatCount,
  formatDelta,
  formatExactBytes,
  formatNoun,
} from '#shared/model/format.ts'
import { formatAbsoluteTime, formatShortRelativeTime } from '#shared/model/time.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import { Chip } from '#renderer/ui/chip.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { type RowPlace, TableRow } from '#renderer/ui/table/table-row.tsx'
import { laneOf } from '#renderer/features/history/index.ts'
import type { VersionRow } from './version-rows.ts'
import styles from './version-list.module.css'

export interface VersionLineProps {
  readonly row: VersionRow
  readonly place: RowPlace
  readonly now: number
  readonly isCurrent: boolean
  readonly isPicked: boolean
  readonly onChoose: (event: MouseEvent) => void
}

/** One version, or one run of versions that no longer exist. */
export function VersionLine(props: VersionLineProps) {
  const { row, place, now, isCurrent, isPicked, onChoose } = props
  const isGap = row.kind === 'gap'
  return (
    <TableRow
      place={place}
      aria-selected={isCurrent}
      className={cx(isGap && styles.gap, isPicked && styles.picked)}
      onClick={onChoose}
    >
      {isGap ? (
        <span role="gridcell" className={styles.gapText}>
          {gapText(row.oldest, row.newest)}
        </span>
      ) : (
        <Cells entry={row.entry} now={now} isPicked={isPicked} />
      )}
    </TableRow>
  )
}

function gapText(oldest: number, newest: number): string {
  return oldest === newest ? `Version ${oldest} was cleaned up` : `Versions ${oldest} – ${newest} were cleaned up`
}

interface CellsProps extends Pick<VersionLineProps, 'now' | 'isPicked'> {
  readonly entry: VersionEntry
}

function Cells({ entry, now, isPicked }: CellsProps) {
  const isBroken = entry.problem !== undefined
  return (
    <>
      <span role="gridcell" className={styles.version}>
        v{entry.version}
        {isPicked && <SquareCheck className={styles.pickMark} role="img" aria-label="picked" />}
      </span>
      <span role="gridcell">
        <span className={styles.operation} data-lane={laneOf(entry.operation)} title={entry.operation}>
          {entry.operation}
        </span>
      </span>
      <span
        role="gridcell"
        className={cx(styles.sentence, isBroken && styles.problem)}
        title={entry.problem ?? entry.sentence}
      >
        <span className={styles.text}>{entry.problem ?? entry.sentence}</span>
        {entry.tags.length > 0 && <Tags tags={entry.tags} />}
      </span>
      <span role="gridcell" className={styles.figure} title={isBroken || entry.rowsPartial ? 'Not known' : undefined}>
        {isBroken || entry.rowsPartial ? '?' : formatCount(entry.rows)}
      </span>
      <Delta value={isBroken ? null : entry.rowsDelta} format={formatDelta} />
      <Delta
        value={isBroken ? null : entry.fragmentsDelta}
        format={formatDelta}
        title={isBroken ? undefined : formatNoun(entry.fragments, 'fragment')}
      />
      <Delta
        value={isBroken ? null : entry.dataBytesDelta}
        format={formatBytesDelta}
        title={isBroken ? undefined : describeBytes(entry)}
      />
      <span role="gridcell" className={styles.time} title={formatAbsoluteTime(entry.timestamp)}>
        {formatShortRelativeTime(entry.timestamp, now)}
        <span className={styles.absolute}>{formatAbsoluteTime(entry.timestamp)}</span>
      </span>
    </>
  )
}

/** Tags beside the sentence, which gives way to them; more than two are counted. */
function Tags({ tags }: { readonly tags: readonly string[] }) {
  const shown = tags.length > 2 ? tags.slice(0, 1) : tags
  const all = `${tags.length === 1 ? 'Tag' : 'Tags'}: ${tags.join(', ')}`
  return (
    <span className={styles.tags} title={all}>
      {shown.map((tag) => (
        <Chip key={tag} tone="accent" className={styles.tag}>
          <Tag aria-label="Tag" />
          <span className={styles.tagName}>{tag}</span>
        </Chip>
      ))}
      {shown.length < tags.length && (
        <Chip tone="accent" className={styles.tag} aria-label={all}>
          +{tags.length - shown.length}
        </Chip>
      )}
    </span>
  )
}

interface DeltaProps {
  /** Null when there is nothing to compare with. */
  readonly value: number | null
  readonly format: (value: number) => string
  readonly title?: string | undefined
}

function Delta({ value, format, title }: DeltaProps) {
  const tone = value === null || value === 0 ? styles.flat : value > 0 ? styles.more : styles.less
  return (
    <span role="gridcell" className={cx(styles.figure, tone)} title={title}>
      {value === null ? '–' : format(value)}
    </span>
  )
}

function describeBytes({ dataBytes, dataBytesPartial }: VersionEntry): string {
  if (dataBytesPartial) return 'The writer did not record the size of every file'
  return `${formatBytes(dataBytes)} (${formatExactBytes(dataBytes)})`
}
