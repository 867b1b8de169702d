import { formatBytes, formatCount, formatExactBytes, formatShare } from '#shared/model/format.ts'
import type { StorageClassUsage, StorageUsage } from '#shared/model/storage.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Swatch } from '../class-chip.tsx'
import { classKey, classTitle, wordsOf } from '../class-words.ts'
import { type ClassChoice, isSameClass } from '../sub-views.ts'
import styles from './class-table.module.css'
import { choiceOf, sortClasses } from './usage.ts'

export interface ClassTableProps {
  readonly usage: StorageUsage
  readonly choice: ClassChoice | undefined
  /** The class chosen, also when it was chosen before. */
  readonly onChoose: (choice: ClassChoice) => void
}

/** The classes with what they mean and what would free them. A class filters the files. */
export function ClassTable({ usage, choice, onChoose }: ClassTableProps) {
  return (
    <div className={styles.scroller}>
      <table className={styles.table} aria-label="Classes of files">
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col" className={cx(styles.number, styles.bytes)}>
              Bytes
            </th>
            <th scope="col" className={cx(styles.number, styles.share)}>
              Share
            </th>
            <th scope="col" className={cx(styles.number, styles.files)}>
              Files
            </th>
          </tr>
        </thead>
        {sortClasses(usage.classes).map((entry) => (
          <ClassLines
            key={classKey(entry)}
            entry={entry}
            totalBytes={usage.totalBytes}
            isChosen={isSameClass(entry, choice)}
            onChoose={() => onChoose(choiceOf(entry))}
          />
        ))}
        <tfoot>
          <tr>
            <th scope="row">Whole directory</th>
            <td className={styles.number} title={formatExactBytes(usage.totalBytes)}>
              {formatBytes(usage.totalBytes)}
            </td>
            <td className={styles.number}>100%</td>
            <td className={styles.number}>{formatCount(usage.totalFiles)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

interface ClassLinesProps {
  readonly entry: StorageClassUsage
  readonly totalBytes: number
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function ClassLines({ entry, totalBytes, isChosen, onChoose }: ClassLinesProps) {
  const { meaning, freedBy } = wordsOf(entry.class)
  return (
    <tbody className={styles.entry} data-chosen={isChosen} onClick={onChoose}>
      <tr>
        <th scope="row">
          <button
            type="button"
            className={styles.title}
            aria-pressed={isChosen}
            title={isChosen ? 'Show the files of all classes' : 'Show only the files of this class'}
          >
            <Swatch choice={entry} />
            {classTitle(entry)}
          </button>
        </th>
        <td className={styles.number} title={formatExactBytes(entry.bytes)}>
          {formatBytes(entry.bytes)}
        </td>
        <td className={styles.number}>{formatShare(entry.bytes, totalBytes)}</td>
        <td className={styles.number}>{formatCount(entry.files)}</td>
      </tr>
      <tr>
        <td colSpan={4} className={styles.meaning}>
          {meaning} <span className={styles.freed}>{freedBy}</span>
        </td>
      </tr>
    </tbody>
  )
}
