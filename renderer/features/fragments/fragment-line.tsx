import type { FragmentEntry } from '#shared/model/fragment.ts'
import { formatBytes, formatCount, formatExactBytes, formatNoun, formatShare } from '#shared/model/format.ts'
import { type RowPlace, TableRow } from '#renderer/ui/table/table-row.tsx'
import styles from './fragment-table.module.css'
import { deletedShare } from './sorting.ts'
import { formatVersionsOf } from './totals.ts'

export interface FragmentLineProps {
  readonly fragment: FragmentEntry
  readonly place: RowPlace
  readonly indexCount: number
  readonly onSelect: () => void
  readonly isMarked: boolean
  /** `isStretched`: all from the last mark on. */
  readonly onMark: (isStretched: boolean) => void
}

export function FragmentLine({ fragment, place, indexCount, onSelect, isMarked, onMark }: FragmentLineProps) {
  const { bytes, deletedRows, physicalRows, files, indices } = fragment
  return (
    <TableRow place={place} aria-selected={place.isActive} onClick={onSelect}>
      <span role="gridcell" className={styles.id}>
        <input
          type="checkbox"
          aria-label={`Mark fragment ${fragment.id}`}
          tabIndex={-1}
          checked={isMarked}
          onChange={() => undefined}
          onClick={(event) => {
            event.stopPropagation()
            onMark(event.shiftKey)
          }}
        />
        {fragment.id}
      </span>
      <span role="gridcell" className={styles.figure}>
        {formatCount(fragment.liveRows)}
      </span>
      <span
        role="gridcell"
        className={styles.deleted}
        title={`${formatNoun(deletedRows, 'deleted row')} of ${formatCount(physicalRows)}`}
      >
        <DeletedBar share={deletedShare(fragment)} />
        {deletedRows === 0 ? '0' : `${formatCount(deletedRows)} · ${formatShare(deletedRows, physicalRows)}`}
      </span>
      <span role="gridcell" className={styles.figure}>
        {formatCount(files.length)}
      </span>
      <span
        role="gridcell"
        className={styles.figure}
        title={bytes === null ? 'Not in the manifest' : formatExactBytes(bytes)}
      >
        {bytes === null ? 'unknown' : formatBytes(bytes)}
      </span>
      <span role="gridcell">{formatVersionsOf(fragment).join(', ')}</span>
      <span role="gridcell" title={indices.join(', ')}>
        {indexCount === 0
          ? '–'
          : `${indices.length} of ${indexCount}${indices.length > 0 ? ` · ${indices.join(', ')}` : ''}`}
      </span>
    </TableRow>
  )
}

function DeletedBar({ share }: { readonly share: number }) {
  return (
    <svg className={styles.bar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden>
      <rect className={styles.barLive} width="100" height="8" />
      {share > 0 && (
        <rect
          className={styles.barDeleted}
          x={100 - Math.max(2, share * 100)}
          width={Math.max(2, share * 100)}
          height="8"
        />
      )}
    </svg>
  )
}
