import { Popover } from '@base-ui/react/popover'
import { Button } from '#renderer/ui/button.tsx'
import { chipText, isEnded } from './job-words.ts'
import { JobLine } from './job-line.tsx'
import styles from './jobs.module.css'
import { clearEnded } from './store.ts'
import { useJobs } from './use-jobs.ts'

/** Jobs in the status bar: the one at work, and all of them at a click. Absent while there are none. */
export function JobsChip() {
  const jobs = useJobs()
  const text = chipText(jobs)
  if (text === null) return null
  const isWorking = jobs.some((job) => !isEnded(job))
  const hasFailed = !isWorking && jobs.some(({ state }) => state === 'failed')
  return (
    <Popover.Root>
      <Popover.Trigger
        className={styles.chip}
        data-working={isWorking}
        data-failed={hasFailed}
        aria-label={`Jobs: ${text}`}
      >
        <span className={styles.dot} aria-hidden />
        <span className={styles.chipText}>{text}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="end" sideOffset={6} className={styles.positioner}>
          <Popover.Popup className={styles.popup} aria-label="Jobs">
            <div className={styles.head}>
              <b className={styles.grow}>Jobs</b>
              {jobs.some(isEnded) && (
                <Button kind="link" onClick={clearEnded}>
                  Clear ended
                </Button>
              )}
            </div>
            <ul className={styles.list} aria-label="Jobs of this run">
              {jobs.map((job) => (
                <JobLine key={job.id} job={job} />
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
