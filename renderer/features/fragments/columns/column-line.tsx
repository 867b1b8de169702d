import { formatBytes, formatCount, formatExactBytes, formatShare } from '#shared/model/format.ts'
import type { ColumnStorage } from '#shared/model/fragment-details.ts'
import { Chip } from '#renderer/ui/chip.tsx'
import { type RowPlace, TableRow } from '#renderer/ui/table/table-row.tsx'
import { totalBytes } from './column-sorting.ts'
import styles from './column-table.module.css'
import { ratioText } from './column-text.ts'

export interface ColumnLineProps {
  readonly column: ColumnStorage
  readonly place: RowPlace
  /** Bytes of the largest column and of all. */
  readonly largest: number
  readonly whole: number
  readonly onSelect: () => void
}

export function ColumnLine({ column, place, largest, whole, onSelect }: ColumnLineProps) {
  const { arrowBytes, blobBytes = 0, bytes, encodings, isArrowEstimated, isDead, unreadableFiles } = column
  const total = totalBytes(column)
  return (
    <TableRow place={place} aria-selected={place.isActive} onClick={onSelect}>
      <span role="gridcell" className={styles.name} title={column.column}>
        <span>{column.column}</span>
        {isDead && <Chip tone="warn">dead</Chip>}
        {unreadableFiles > 0 && <Chip tone="bad">incomplete</Chip>}
      </span>
      <span role="gridcell" className={styles.type} title={column.type}>
        {column.type ?? '–'}
      </span>
      <span
        role="gridcell"
        className={styles.bytes}
        title={
          blobBytes === 0
            ? `${formatExactBytes(bytes)}, ${formatShare(total, whole)}`
            : `${formatExactBytes(bytes)} in data files, ${formatExactBytes(blobBytes)} in blob files`
        }
      >
        <span className={styles.bar} aria-hidden>
          <span className={isDead ? styles.deadPart : styles.part} style={{ width: `${(bytes / largest) * 100}%` }} />
          {blobBytes > 0 && <span className={styles.blobPart} style={{ width: `${(blobBytes / largest) * 100}%` }} />}
        </span>
        {formatBytes(total)}
        <span className={styles.share}>{formatShare(total, whole)}</span>
      </span>
      <span role="gridcell" className={styles.figure}>
        {ratioText(column)}
      </span>
      <span
        role="gridcell"
        className={styles.figure}
        title={
          arrowBytes === null
            ? 'Not known'
            : `${formatExactBytes(arrowBytes)}${isArrowEstimated ? ', estimated from a sample of rows' : ''}`
        }
      >
        {arrowBytes === null ? '–' : `${isArrowEstimated ? '≈ ' : ''}${formatBytes(arrowBytes)}`}
      </span>
      <span role="gridcell" className={styles.figure}>
        {formatCount(column.pages)}
      </span>
      <span role="gridcell" className={styles.figure}>
        {formatCount(column.files)}
      </span>
      <span role="gridcell" className={styles.encodings} title={encodings.join(', ')}>
        {encodings.join(', ') || '–'}
      </span>
    </TableRow>
  )
}
