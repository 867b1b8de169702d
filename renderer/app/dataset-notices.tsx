import { FileX } from 'lucide-react'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import { formatNoun } from '#shared/model/format.ts'
import styles from './banner.module.css'

/** As many are listed in a summary at most. */
const LISTED_MAX = 20

/** What is wrong with the version on screen, although it can be shown. */
export function DatasetNotices({ summary }: { readonly summary: DatasetSummary }) {
  const { missingFiles = [] } = summary
  if (missingFiles.length === 0) return null
  const them = missingFiles.length === 1 ? 'it' : 'them'
  return (
    <div className={styles.warn} role="alert" aria-label="Missing data files" title={missingFiles.join('\n')}>
      <FileX aria-hidden />
      <span className={styles.text}>
        <b>{missingText(missingFiles)}</b> Rows in {them} cannot be read. Restore {them} from a backup, or look at a
        version without {them}.
      </span>
    </div>
  )
}

function missingText(files: readonly string[]): string {
  const [first] = files
  if (files.length === 1) return `The data file ${first} is missing.`
  const atLeast = files.length >= LISTED_MAX ? 'At least ' : ''
  return `${atLeast}${formatNoun(files.length, 'data file')} are missing, ${first} first.`
}
