import { formatDuration } from '#shared/model/format.ts'
import {
  CancelButton,
  elapsedMs,
  type KnownJob,
  progressShare,
  progressText,
  useTick,
} from '#renderer/features/jobs/index.ts'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import styles from '../indices-view.module.css'

/** A job that changes the indices of the dataset in sight. */
export function WorkingLine({ job }: { readonly job: KnownJob }) {
  const now = useTick(job.state === 'running')
  const share = progressShare(job.progress)
  const progress = progressText(job.progress)
  const seconds = Math.floor(elapsedMs(job, now) / 1000)
  return (
    <div className={styles.working} role="group" aria-label={job.title}>
      <ProgressBar label={`Progress of ${job.title}`} {...(share === undefined ? {} : { value: share })} />
      <span className={styles.grow}>
        <b>{job.title}</b> · {job.state === 'queued' ? 'waiting for its turn' : formatDuration(seconds * 1000)}
        {progress === '' ? '' : ` · ${progress}`}
      </span>
      <CancelButton job={job} />
    </div>
  )
}
