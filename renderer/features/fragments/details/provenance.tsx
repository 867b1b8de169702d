import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import type { FragmentDetails, RowIdSummary } from '#shared/model/fragment-details.ts'
import styles from './fragment-details.module.css'
import { deadText, segmentText, versionsText } from './provenance-text.ts'

/** Where a fragment is used and what it carries besides rows. */
export function Provenance({ details }: { readonly details: FragmentDetails }) {
  const { indexSegments, read, rowIds, versions } = details
  const dead = deadText(details)
  const inVersions = versionsText(versions)
  return (
    <>
      {dead !== null && (
        <>
          <h4 className={styles.heading}>Dead columns</h4>
          <p className={styles.warn}>{dead}</p>
        </>
      )}
      {inVersions !== null && (
        <>
          <h4 className={styles.heading}>In versions</h4>
          <p>{inVersions}</p>
        </>
      )}
      <h4 className={styles.heading}>Index segments</h4>
      {indexSegments.length === 0 ? (
        <p className={styles.quiet}>No index covers this fragment.</p>
      ) : (
        <ul className={styles.list}>
          {indexSegments.map(({ uuid, name, type, columns }) => (
            <li key={uuid}>
              {name} <span className={styles.quiet}>{`${type} on ${columns.join(', ')}`}</span>
              <code className={styles.uuid}>{uuid}</code>
            </li>
          ))}
        </ul>
      )}
      {rowIds !== undefined && <RowIds rowIds={rowIds} />}
      <p className={styles.cost}>
        Read in {formatNoun(read.requests, 'request')}, {formatBytes(read.bytes)}.
      </p>
    </>
  )
}

function RowIds({ rowIds }: { readonly rowIds: RowIdSummary }) {
  const { bytes, moreSegments, segments } = rowIds
  return (
    <>
      <h4 className={styles.heading}>Stable row ids</h4>
      <p className={styles.quiet}>
        {formatNoun(segments.length + moreSegments, 'segment')}, {formatBytes(bytes)} in the manifest
      </p>
      <ul className={styles.list}>
        {segments.map((segment) => (
          <li key={`${segment.first} ${segment.last}`}>{segmentText(segment)}</li>
        ))}
        {moreSegments > 0 && <li className={styles.quiet}>and {formatCount(moreSegments)} more</li>}
      </ul>
    </>
  )
}
