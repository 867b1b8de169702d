import { formatBytes, formatExactBytes } from '#shared/model/format.ts'
import type { StorageFile } from '#shared/model/storage.ts'
import { formatAbsoluteTime, formatShortRelativeTime } from '#shared/model/time.ts'
import { ClassChip } from '../class-chip.tsx'
import { kindName } from '../class-words.ts'
import styles from './file-list.module.css'

export interface FileLineProps {
  readonly file: StorageFile
  /** 0-based position in the list. */
  readonly index: number
  readonly top: number
  readonly now: number
  readonly isSelected: boolean
  readonly onSelect: () => void
  readonly onOpen: () => void
}

export function FileLine({ file, index, top, now, isSelected, onSelect, onOpen }: FileLineProps) {
  const cut = file.path.lastIndexOf('/') + 1
  return (
    <div
      id={`storage-file-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onSelect}
      onDoubleClick={onOpen}
    >
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
    </div>
  )
}
