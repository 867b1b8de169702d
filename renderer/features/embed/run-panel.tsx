import { JobProgress, useActiveJobs } from '#renderer/features/jobs/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Caution } from '#renderer/ui/caution.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import styles from './embed.module.css'
import type { Run } from './run.ts'
import { resultSentence } from './words.ts'

/** An embedding under way, or what came of it. */
export function RunPanel({ dataset, run }: { readonly dataset: string; readonly run: Run }) {
  switch (run.kind) {
    case 'running':
      return <Progress dataset={dataset} giveUp={run.giveUp} />
    case 'done':
      return (
        <div role="status" className={styles.done}>
          <p>{resultSentence(run.result)}</p>
          {run.result.refusal !== undefined && <Caution>The first text that was refused: {run.result.refusal}</Caution>}
          <p className={styles.text}>
            The column “{run.result.column}” is in version {run.result.versionAfter}. Nothing else of the rows was
            written.
          </p>
        </div>
      )
    case 'failed':
      return run.error.code === 'cancelled' ? (
        <div role="status">
          <Caution>
            It was cancelled. What was committed stays, and so do two helper columns whose names begin with _tiltyard
            until it goes on to its end. Undo takes all of it back.
          </Caution>
        </div>
      ) : (
        <ErrorNotice
          layout="line"
          title={run.hasBegun ? 'It stopped before it was done' : 'It did not start, and nothing was written'}
          error={run.error}
        />
      )
  }
}

function Progress({ dataset, giveUp }: { readonly dataset: string; readonly giveUp: () => void }) {
  const job = useActiveJobs(dataset).find(({ operation }) => operation === 'embed.column')
  if (job === undefined) {
    return (
      <div className={styles.progress}>
        <Spinner label="Asking the embedder for a first vector" />
        <Button onClick={giveUp}>Give up</Button>
      </div>
    )
  }
  return (
    <div className={styles.progress}>
      <JobProgress job={job} />
      <p className={styles.text}>It goes on when this is closed, and after a stop it can be gone on with.</p>
    </div>
  )
}
