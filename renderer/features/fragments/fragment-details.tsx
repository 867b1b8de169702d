import { Table2, X } from 'lucide-react'
import type { DataFileEntry, FragmentEntry } from '#shared/model/fragment.ts'
import { formatBytes, formatCount, formatExactBytes, formatNoun } from '#shared/model/format.ts'
import { type DatasetTab, inspect, requestRow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import styles from './fragment-details.module.css'

export interface FragmentDetailsProps {
  readonly tab: DatasetTab
  readonly fragment: FragmentEntry
}

/** The files of one fragment, and the way to its rows. */
export function FragmentDetails({ tab, fragment }: FragmentDetailsProps) {
  const { deletionFile, liveRows, rowStart } = fragment
  const range =
    liveRows === 0
      ? 'no live rows'
      : `rows ${formatCount(rowStart)} – ${formatCount(rowStart + liveRows - 1)} of the Data view`
  return (
    <section className={styles.details} aria-label={`Fragment ${fragment.id}`}>
      <header className={styles.header}>
        <h3 className={styles.title}>Fragment {fragment.id}</h3>
        <span className={styles.range}>{range}</span>
        <Button disabled={liveRows === 0} onClick={() => requestRow(tab.dataset, rowStart)}>
          <Table2 aria-hidden />
          Show its rows
        </Button>
        <IconButton label="Close details" onClick={() => inspect(tab.dataset, null)}>
          <X aria-hidden />
        </IconButton>
      </header>
      <ul className={styles.files} aria-label="Files">
        {fragment.files.map((file) => (
          <FileLine key={file.path} file={file} />
        ))}
        {deletionFile !== undefined && (
          <li className={styles.file}>
            <span className={styles.path}>{deletionFile.path}</span>
            <span className={styles.facts}>
              {deletionFile.type} deletion file · {formatNoun(deletionFile.deletedRows, 'deleted row')}
            </span>
          </li>
        )}
      </ul>
      <p className={styles.indices}>
        {fragment.indices.length === 0
          ? 'No index covers this fragment.'
          : `Covered by ${fragment.indices.join(', ')}.`}
      </p>
    </section>
  )
}

function FileLine({ file }: { readonly file: DataFileEntry }) {
  const size = file.bytes === null ? 'size not in the manifest' : formatBytes(file.bytes)
  return (
    <li className={styles.file}>
      <span className={styles.path}>{file.path}</span>
      <span className={styles.facts} title={file.bytes === null ? undefined : formatExactBytes(file.bytes)}>
        {size} · format {file.formatVersion} · {formatNoun(file.columns.length, 'column')}
      </span>
      <span className={styles.columns} title={file.columns.join(', ')}>
        {file.columns.join(', ')}
      </span>
    </li>
  )
}
