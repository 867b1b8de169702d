import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import type { IndexEntry, IndexSegment } from '#shared/model/index-entry.ts'
import styles from './index-details.module.css'
import { rangesText } from './ranges.ts'

export interface SegmentListProps {
  readonly index: IndexEntry
  /** Fragments of the version. */
  readonly fragments: number
}

/** The parts an index consists of, with the fragments each covers. */
export function SegmentList({ index: { segments }, fragments }: SegmentListProps) {
  return (
    <>
      <h4 className={styles.heading}>{formatNoun(segments.length, 'segment')}</h4>
      <ul className={styles.list}>
        {segments.map((segment) => (
          <Segment key={segment.uuid} segment={segment} fragments={fragments} />
        ))}
      </ul>
    </>
  )
}

function Segment({ segment, fragments }: { readonly segment: IndexSegment; readonly fragments: number }) {
  const { uuid, datasetVersion, bytes, files, fragments: covered } = segment
  return (
    <li>
      <code>{uuid}</code> · built at version {formatCount(datasetVersion)} · {formatBytes(bytes)} in{' '}
      {formatNoun(files, 'file')} ·{' '}
      {covered === null ? (
        'fragments not recorded'
      ) : (
        <>
          {formatCount(covered.length)} of {formatNoun(fragments, 'fragment')}
          {covered.length > 0 && <span className={styles.quiet}>: {rangesText(covered, 12)}</span>}
        </>
      )}
    </li>
  )
}
