import { formatBytes, formatCount, formatDuration, formatNoun } from '#shared/model/format.ts'
import type { ImportRecord } from '#shared/model/import/result.ts'
import { progressShare, progressText, useTick, useTimeLeft } from '#renderer/features/jobs/index.ts'
import { baseName } from '#renderer/features/workspace/index.ts'
import { useEffect, useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import { startOver } from '../state/begin.ts'
import { useLiveRecords } from '../state/queries.ts'
import { cancelImport, findRecord, pauseImport, resumeImport } from '../state/runs.ts'
import { importStore, patchRun, type Run, setStage, useImport } from '../state/store.ts'
import { Outcome } from './outcome.tsx'
import { OtherFamilies } from './other-families.tsx'
import { RunLog } from './run-log.tsx'
import styles from './run.module.css'

/** One import of this window: how far it is, the ways to stop it, its log, and what came of it. */
export function RunPanel({ runKey }: { readonly runKey: number }) {
  const run = useImport((state) => state.runs[runKey])
  const isLive = run?.state === 'running' || run?.state === 'pausing'
  const records = useLiveRecords(isLive)
  const record = run === undefined ? undefined : findRecord(run, records.data ?? [])
  const importId = record?.id
  useEffect(() => {
    // The journal names the import; only then can it be paused.
    if (importId !== undefined) patchRun(runKey, { importId })
  }, [runKey, importId])
  if (run === undefined) return null
  return (
    <div className={styles.panel}>
      <div className={styles.main}>
        {isLive && <Running run={run} record={record} />}
        {run.state === 'done' && run.result !== undefined && <Outcome run={run} result={run.result} />}
        {(run.state === 'paused' || run.state === 'cancelled' || run.state === 'failed') && (
          <Stopped run={run} record={record} />
        )}
        {!isLive && <OtherFamilies run={run} />}
      </div>
      <RunLog importId={run.importId} isLive={isLive} />
    </div>
  )
}

interface RunningProps {
  readonly run: Run
  readonly record: ImportRecord | undefined
}

function Running({ run, record }: RunningProps) {
  const { job, state } = run
  const now = useTick(true)
  const share = progressShare(job?.progress)
  const startedMs = Date.parse(job?.startedAt ?? job?.queuedAt ?? '')
  const seconds = Number.isNaN(startedMs) ? 0 : Math.max(0, Math.floor((now - startedMs) / 1000))
  const isPausing = state === 'pausing'
  const left = useTimeLeft(job, now)
  // The journal knows what is committed; what is on its way the job tells.
  const onItsWay = job?.progress?.unit === 'bytes' ? job.progress.done : 0
  const read = record === undefined ? undefined : Math.max(record.bytesRead, onItsWay)
  return (
    <section aria-label="Progress" className={styles.running}>
      <h3 className={styles.title}>{job?.title ?? `Import into ${baseName(run.location)}`}</h3>
      <ProgressBar label="Progress of the import" {...(share === undefined ? {} : { value: share })} />
      <p role="status" aria-label="Import in progress" className={styles.now}>
        {isPausing
          ? 'Pausing: what is being written is committed first.'
          : job === undefined || job.state === 'queued'
            ? 'Waiting for its turn'
            : progressText(job.progress) || 'Starting'}
      </p>
      <dl className={styles.figures}>
        <Figure name="Rows committed" value={record === undefined ? '…' : formatCount(record.rowsWritten)} />
        <Figure
          name="Files"
          value={record === undefined ? '…' : `${formatCount(record.filesDone)} of ${formatCount(record.files)}`}
        />
        <Figure name="Read" value={read === undefined ? '…' : formatBytes(read)} />
        <Figure
          name="Rate"
          value={
            record === undefined || seconds < 1 || record.rowsWritten === 0
              ? '…'
              : `${formatNoun(Math.round(record.rowsWritten / seconds), 'row')}/s`
          }
        />
        <Figure name="Time" value={`${formatDuration(seconds * 1000)}${left === '' ? '' : `, ${left}`}`} />
        {job?.rssBytes !== undefined && <Figure name="Memory" value={formatBytes(job.rssBytes)} />}
      </dl>
      <RunButtons run={run} />
    </section>
  )
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function RunButtons({ run }: { readonly run: Run }) {
  const [isAsking, setAsking] = useState(false)
  const isPausing = run.state === 'pausing'
  if (isAsking) {
    return (
      <div className={styles.buttons} role="group" aria-label="Cancel the import?">
        <span className={styles.quiet}>
          What is committed stays; the rest is not written. Pausing lets it go on later.
        </span>
        <Button kind="danger" autoFocus onClick={() => cancelImport(run)}>
          Cancel import
        </Button>
        <Button onClick={() => setAsking(false)}>Go on</Button>
      </div>
    )
  }
  return (
    <div className={styles.buttons}>
      <Button disabled={run.importId === undefined || isPausing} onClick={() => void pauseImport(run)}>
        Pause
      </Button>
      <Button disabled={isPausing} onClick={() => setAsking(true)}>
        Cancel…
      </Button>
      <span className={styles.quiet}>Closing this window does not stop it.</span>
    </div>
  )
}

function committedText({ rowsWritten, filesDone, files }: ImportRecord): string {
  const rows = `${formatNoun(rowsWritten, 'row')} ${rowsWritten === 1 ? 'is' : 'are'} committed`
  return files === 1 ? rows : `${rows}, ${formatCount(filesDone)} of ${formatNoun(files, 'file')} whole,`
}

function Stopped({ run, record }: RunningProps) {
  const { state, error } = run
  const back = (): void => {
    const { last } = importStore.getState()
    if (last === undefined) startOver()
    else setStage(last)
  }
  return (
    <section aria-label="Result" className={styles.running}>
      <h3 className={styles.title} role="status">
        {state === 'paused' ? 'Paused' : state === 'cancelled' ? 'Cancelled' : 'Not finished'}
      </h3>
      {error !== undefined && <ErrorNotice layout="line" title="The import failed" error={error} />}
      {record !== undefined && (
        <p>
          {record.rowsWritten === 0
            ? 'Nothing is committed yet.'
            : `${committedText(record)} in ${baseName(run.location).replace(/\.lance$/, '')}.`}
          {record.rowsWritten > 0 && state !== 'paused' && ' Undo takes them back: open the dataset, then Activity.'}
        </p>
      )}
      <div className={styles.buttons}>
        {record !== undefined && state !== 'cancelled' && (
          <Button kind="primary" onClick={() => resumeImport(record)}>
            {state === 'paused' ? 'Resume' : 'Go on from the last commit'}
          </Button>
        )}
        <Button onClick={back}>Back to the review</Button>
        <Button onClick={startOver}>New import</Button>
      </div>
    </section>
  )
}
