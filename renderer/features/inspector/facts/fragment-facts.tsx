import { Table2 } from 'lucide-react'
import { useFragments } from '#renderer/features/fragments/index.ts'
import { type DatasetTab, requestRow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatCount, formatExactBytes, formatNoun, formatShare } from '#shared/model/format.ts'
import type { DataFileEntry, FragmentEntry } from '#shared/model/fragment.ts'
import { type Fact, Facts } from './facts.tsx'
import styles from './facts.module.css'

export interface FragmentFactsProps {
  readonly tab: DatasetTab
  readonly fragmentId: number
}

/** Rows, bytes and files of one fragment of the version on screen, from the manifest. */
export function FragmentFacts({ tab, fragmentId }: FragmentFactsProps) {
  const fragments = useFragments(tab)
  if (fragments.isError)
    return <ErrorNotice error={toErrorValue(fragments.error)} onRetry={() => void fragments.refetch()} />
  if (fragments.data === undefined) return <LoadingState label="Reading fragments" />
  const title = `Fragment ${fragmentId}`
  const fragment = fragments.data.find((candidate) => candidate.id === fragmentId)
  if (fragment === undefined) return <EmptyState title={title}>Version {tab.version} has no such fragment.</EmptyState>
  const { files, deletionFile, liveRows, rowStart } = fragment
  return (
    <Facts title={title} facts={factsOf(fragment)}>
      <div className={styles.actions}>
        <Button disabled={liveRows === 0} onClick={() => requestRow(tab.dataset, rowStart)}>
          <Table2 aria-hidden />
          Show its rows
        </Button>
      </div>
      <h3 className={styles.heading}>{formatNoun(files.length, 'data file')}</h3>
      <ul className={styles.files}>
        {files.map((file) => (
          <FileFacts key={file.path} file={file} />
        ))}
      </ul>
      {deletionFile !== undefined && (
        <>
          <h3 className={styles.heading}>Deletion file</h3>
          <ul className={styles.files}>
            <li>
              {deletionFile.path}
              <small>
                {deletionFile.type} · {formatNoun(deletionFile.deletedRows, 'deleted row')}
              </small>
            </li>
          </ul>
        </>
      )}
    </Facts>
  )
}

function FileFacts({ file }: { readonly file: DataFileEntry }) {
  return (
    <li>
      {file.path}
      <small title={file.columns.join(', ')}>
        {file.bytes === null ? 'size not in the manifest' : formatBytes(file.bytes)} · format {file.formatVersion} ·{' '}
        {formatNoun(file.columns.length, 'column')}
      </small>
    </li>
  )
}

function factsOf({ bytes, deletedRows, indices, liveRows, physicalRows, rowStart }: FragmentEntry): readonly Fact[] {
  return [
    { name: 'Live rows', value: <span className={styles.figure}>{formatCount(liveRows)}</span> },
    {
      name: 'Deleted rows',
      value: (
        <span className={styles.figure}>
          {formatCount(deletedRows)}
          {deletedRows > 0 && (
            <span className={styles.note}>
              {formatShare(deletedRows, physicalRows)} of {formatCount(physicalRows)}
            </span>
          )}
        </span>
      ),
    },
    ...(liveRows === 0
      ? []
      : [
          {
            name: 'In the Data view',
            value: `rows ${formatCount(rowStart)} to ${formatCount(rowStart + liveRows - 1)}`,
          },
        ]),
    {
      name: 'Bytes',
      value: (
        <span className={styles.figure} title={bytes === null ? undefined : formatExactBytes(bytes)}>
          {bytes === null ? 'not in the manifest' : formatBytes(bytes)}
        </span>
      ),
    },
    { name: 'Indices', value: indices.length === 0 ? 'none covers it' : indices.join(', ') },
  ]
}
