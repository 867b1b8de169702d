import { formatBytes, formatExactBytes } from '#shared/model/format.ts'
import type { StorageFile } from '#shared/model/storage.ts'
import { formatAbsoluteTime, formatShortRelativeTime } from '#shared/model/time.ts'
import { type RowPlace, TableRow } from '#renderer/ui/table/table-row.tsx'
import { ClassChip } from '../class-chip.tsx'
import { kindName } from '../class-words.ts'
import styles from './file-list.module.css'

export interface FileLineProps {
  readonly file: StorageFile
  readonly place: RowPlace
  readonly now: number
  readonly onSelect: () => void
  readonly onOpen: () => void
}

export function FileLine({ file, place, now, onSelect, onOpen }: FileLineProps) {
  const cut = file.path.lastIndexOf('/') + 1
  return (
    <TableRow place={place} aria-selected={place.isActive} onClick={onSelect} onDoubleClick={onOpen}>
      <span role="gridcell" className={styles.path} title={file.path}>
        <span className={styles.folder}>{file.path.slice(0, cut)}</span>
        {file.path.slice(cut)}
      </span>
      <span role="gridcell" className={styles.figure} title={formatExactBytes(file.bytes)}>
        {formatBytes(file.bytes)}
      </span>
      <span role="gridcell" className={styles.cell}>
        {kindName(file.kind)}
      </span>
      <span role="gridcell" className={styles.chipCell}>
        <ClassChip choice={file} />
      </span>
      <span role="gridcell" className={styles.cell} title={formatAbsoluteTime(file.modifiedAt)}>
        {formatShortRelativeTime(file.modifiedAt, now)}
      </span>
    </TableRow>
  )
}
