import { useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import { factsText, isEnded, type KnownJob, progressShare, progressText } from './job-words.ts'
import styles from './jobs.module.css'
import { cancelJob, useTick } from './use-jobs.ts'

/** One job: what it does, how far it is, and how it ended. */
export function JobLine({ job }: { readonly job: KnownJob }) {
  const now = useTick(job.state === 'running')
  const share = progressShare(job.progress)
  const progress = progressText(job.progress)
  return (
    <li className={styles.job} data-state={job.state}>
      <div className={styles.head}>
        <span className={styles.title}>{job.title}</span>
        <span className={styles.dataset}>{job.datasetName}</span>
        {!isEnded(job) && <CancelButton job={job} />}
      </div>
      {job.state === 'running' && (
        <ProgressBar label={`Progress of ${job.title}`} {...(share === undefined ? {} : { value: share })} />
      )}
      {!isEnded(job) && progress !== '' && <p className={styles.facts}>{progress}</p>}
      <p className={styles.facts}>{factsText(job, now)}</p>
      {job.error !== undefined && job.state === 'failed' && (
        <p className={styles.error}>
          {job.error.message} {job.error.hint !== undefined && <span className={styles.facts}>{job.error.hint}</span>}
        </p>
      )}
    </li>
  )
}

/** Cancel; where the job writes, it is asked once more. */
export function CancelButton({ job }: { readonly job: KnownJob }) {
  const [isAsking, setAsking] = useState(false)
  if (!job.writes || job.state === 'queued') {
    return <Button onClick={() => void cancelJob(job.id)}>Cancel</Button>
  }
  if (!isAsking) return <Button onClick={() => setAsking(true)}>Cancel…</Button>
  return (
    <span className={styles.ask} role="group" aria-label={`Cancel ${job.title}?`}>
      <span className={styles.facts}>Lose what is not committed? The dataset stays whole.</span>
      <Button kind="danger" autoFocus onClick={() => void cancelJob(job.id)}>
        Cancel job
      </Button>
      <Button onClick={() => setAsking(false)}>Go on</Button>
    </span>
  )
}
