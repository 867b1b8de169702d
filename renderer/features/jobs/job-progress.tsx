import { formatBytes, formatDuration } from '#shared/model/format.ts'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import { CancelButton } from './job-line.tsx'
import styles from './job-progress.module.css'
import { elapsedMs, type KnownJob, progressShare, progressText } from './job-words.ts'
import { useTick } from './use-jobs.ts'
import { useTimeLeft } from './use-time-left.ts'

/** A job that writes the dataset in sight: how far it is, what it takes, and the way to stop it. */
export function JobProgress({ job }: { readonly job: KnownJob }) {
  const now = useTick(job.state === 'running')
  const left = useTimeLeft(job, now)
  const share = progressShare(job.progress)
  const facts = [
    job.state === 'queued' ? 'waiting for its turn' : formatDuration(Math.floor(elapsedMs(job, now) / 1000) * 1000),
    progressText(job.progress),
    left,
    job.rssBytes === undefined ? '' : `${formatBytes(job.rssBytes)} of memory`,
  ].filter((fact) => fact !== '')
  return (
    <div className={styles.line} role="group" aria-label={job.title}>
      <ProgressBar label={`Progress of ${job.title}`} {...(share === undefined ? {} : { value: share })} />
      <span className={styles.facts}>
        <b>{job.title}</b> · {facts.join(' · ')}
      </span>
      <CancelButton job={job} />
    </div>
  )
}
