import { Table2 } from 'lucide-react'
import {
  deadText,
  DeletionStrip,
  useFragmentDetails,
  useFragments,
  versionsText,
} from '#renderer/features/fragments/index.ts'
import { type DatasetTab, requestRow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatCount, formatExactBytes, formatNoun, formatShare } from '#shared/model/format.ts'
import type { DataFileDetails, FragmentDetails } from '#shared/model/fragment-details.ts'
import type { DataFileEntry, FragmentEntry } from '#shared/model/fragment.ts'
import { type Fact, Facts } from './facts.tsx'
import styles from './facts.module.css'

export interface FragmentFactsProps {
  readonly tab: DatasetTab
  readonly fragmentId: number
}

/** Rows, bytes and files of one fragment of the version on screen: from the manifest, then what its files say. */
export function FragmentFacts({ tab, fragmentId }: FragmentFactsProps) {
  const fragments = useFragments(tab)
  const { data: details } = useFragmentDetails(tab, fragmentId)
  if (fragments.isError)
    return <ErrorNotice error={toErrorValue(fragments.error)} onRetry={() => void fragments.refetch()} />
  if (fragments.data === undefined) return <LoadingState label="Reading fragments" />
  const title = `Fragment ${fragmentId}`
  const fragment = fragments.data.find((candidate) => candidate.id === fragmentId)
  if (fragment === undefined) return <EmptyState title={title}>Version {tab.version} has no such fragment.</EmptyState>
  const { files, deletionFile, liveRows, physicalRows, rowStart } = fragment
  const bitmap = details?.deletions?.bitmap
  return (
    <Facts title={title} facts={[...factsOf(fragment), ...detailFacts(details)]}>
      <div className={styles.actions}>
        <Button disabled={liveRows === 0} onClick={() => requestRow(tab.dataset, rowStart)}>
          <Table2 aria-hidden />
          Show its rows
        </Button>
      </div>
      <h3 className={styles.heading}>{formatNoun(files.length, 'data file')}</h3>
      <ul className={styles.files}>
        {files.map((file) => (
          <FileFacts key={file.path} file={file} details={details?.files.find(({ path }) => path === file.path)} />
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
              {details?.deletions?.problem !== undefined && (
                <small className={styles.less}>{details.deletions.problem.message}</small>
              )}
            </li>
          </ul>
          {bitmap !== undefined && physicalRows > 0 && (
            <div className={styles.drawing}>
              <DeletionStrip bitmap={bitmap} rows={physicalRows} deletedRows={deletionFile.deletedRows} />
            </div>
          )}
        </>
      )}
    </Facts>
  )
}

interface FileFactsProps {
  readonly file: DataFileEntry
  readonly details: DataFileDetails | undefined
}

function FileFacts({ file, details }: FileFactsProps) {
  return (
    <li>
      {file.path}
      <small title={file.columns.join(', ')}>
        {file.bytes === null ? 'size not in the manifest' : formatBytes(file.bytes)} · format {file.formatVersion} ·{' '}
        {formatNoun(file.columns.length, 'column')}
      </small>
      {details?.problem !== undefined && <small className={styles.less}>{details.problem.message}</small>}
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

/** What only the files and the other versions can tell; nothing until they are read. */
function detailFacts(details: FragmentDetails | undefined): readonly Fact[] {
  if (details === undefined) return []
  const versions = versionsText(details.versions)
  const dead = deadText(details)
  return [
    ...(versions === null ? [] : [{ name: 'In versions', value: versions }]),
    ...(dead === null ? [] : [{ name: 'Dead columns', value: dead }]),
  ]
}
