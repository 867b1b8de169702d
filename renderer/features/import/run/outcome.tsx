import { CircleCheck } from 'lucide-react'
import type { ImportResult } from '#shared/model/import/result.ts'
import { formatBytes, formatCount, formatDuration, formatNoun } from '#shared/model/format.ts'
import { askUndo } from '#renderer/features/history/index.ts'
import { askFiles, refreshEntry } from '#renderer/features/datasets/index.ts'
import { baseName, openLocation, showView } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import { startOver } from '../state/begin.ts'
import { closeImport, type Run } from '../state/store.ts'
import styles from './run.module.css'

/** What an import wrote, what it did not, and the way on. */
export function Outcome({ run, result }: { readonly run: Run; readonly result: ImportResult }) {
  const { location, rowsWritten, rowsSkipped, rowsRejected, rowsDeleted, filesDone, filesFailed, versions } = result
  const isNew = run.spec.target.kind === 'new'
  const facts = [
    { name: 'Rows written', value: formatCount(rowsWritten) },
    { name: 'Files', value: formatCount(filesDone) },
    { name: 'Read', value: formatBytes(result.bytesRead) },
    { name: 'Time', value: formatDuration(result.elapsedMs) },
    {
      name: 'Version',
      value: isNew
        ? `v${formatCount(versions.after)}`
        : `v${formatCount(versions.before)} → v${formatCount(versions.after)}`,
    },
    ...(rowsDeleted > 0 ? [{ name: 'Deleted', value: formatCount(rowsDeleted) }] : []),
    ...(rowsSkipped > 0 ? [{ name: 'Skipped', value: formatCount(rowsSkipped) }] : []),
    ...(rowsRejected > 0 ? [{ name: 'Rejected', value: formatCount(rowsRejected) }] : []),
  ]
  return (
    <section aria-label="Result" className={styles.running}>
      <h3 className={styles.title} role="status">
        <CircleCheck aria-hidden className={styles.ok} />
        {formatNoun(rowsWritten, 'row')} written to {baseName(location).replace(/\.lance$/, '')}
      </h3>
      <dl className={styles.figures}>
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {result.compacted && <p className={styles.quiet}>The fragments it left were compacted.</p>}
      {result.rejectFile !== undefined && <RejectFile path={result.rejectFile} rows={rowsRejected} />}
      {filesFailed.length > 0 && <FailedFiles failed={filesFailed} />}
      <div className={styles.buttons}>
        <Button kind="primary" autoFocus onClick={() => void open(location)}>
          Open dataset
        </Button>
        <Button onClick={() => void takeBack(location, isNew)}>{isNew ? 'Move to trash…' : 'Undo…'}</Button>
        <Button onClick={startOver}>New import</Button>
      </div>
    </section>
  )
}

function RejectFile({ path, rows }: { readonly path: string; readonly rows: number }) {
  return (
    <div className={styles.reject}>
      <p>
        {formatNoun(rows, 'row')} could not be read and {rows === 1 ? 'was' : 'were'} put aside, each with its line and
        the reason:
      </p>
      <p className={styles.file}>
        <code>{path}</code>
        <Button onClick={() => void copyText(path, 'Path')}>Copy path</Button>
      </p>
    </div>
  )
}

function FailedFiles({ failed }: Pick<ImportResultFiles, 'failed'>) {
  return (
    <div className={styles.reject}>
      <p>{formatNoun(failed.length, 'file')} could not be imported:</p>
      <ul className={styles.failed} aria-label="Files that failed">
        {failed.slice(0, 500).map(({ name, reason }) => (
          <li key={name}>
            <code>{name}</code> {reason}
          </li>
        ))}
        {failed.length > 500 && <li>and {formatNoun(failed.length - 500, 'other')}; the log has them all.</li>}
      </ul>
    </div>
  )
}

interface ImportResultFiles {
  readonly failed: ImportResult['filesFailed']
}

async function open(location: string): Promise<void> {
  closeImport()
  void refreshEntry(location)
  const opened = await openLocation(location)
  if (opened.kind === 'tab') showView(opened.dataset, 'data')
}

/** A new dataset goes into the trash, a changed one gets the state before; both ask first. */
async function takeBack(location: string, isNew: boolean): Promise<void> {
  closeImport()
  if (isNew) return askFiles({ kind: 'drop', dataset: { location, name: baseName(location).replace(/\.lance$/, '') } })
  const opened = await openLocation(location)
  if (opened.kind === 'tab') askUndo({ dataset: opened.dataset })
}
