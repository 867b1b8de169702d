import { formatNoun } from '#shared/model/format.ts'
import { type DatasetTab, showView } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import styles from '../maintenance.module.css'
import type { PlanRun } from '../store.ts'
import { resultLine } from '../words.ts'
import { operationTitle } from './plan.ts'

export interface PlanRunLineProps {
  readonly tab: DatasetTab
  readonly run: PlanRun
}

/** How far a run of the plan is, and what its steps did. */
export function PlanRunLine({ tab, run }: PlanRunLineProps) {
  const { isRunning, step, steps, title, results, error } = run
  return (
    <section aria-label="Run of the plan">
      <h3 className={styles.heading} role="status">
        {isRunning
          ? step === undefined || steps === undefined
            ? 'Looking what is due…'
            : `Step ${step} of ${steps}: ${title ?? ''}`
          : error?.code === 'cancelled'
            ? 'Cancelled'
            : error !== undefined
              ? 'Stopped at a step that failed'
              : results.length === 0
                ? 'Nothing was due'
                : `${formatNoun(results.length, 'step')} done`}
      </h3>
      <ol className={styles.steps} aria-label="Steps done">
        {results.map((result) => (
          <li key={result.kind}>
            <b>{operationTitle(result.kind)}</b>
            <span className={styles.quiet}>{resultLine(result)}</span>
          </li>
        ))}
      </ol>
      {error !== undefined && <ErrorNotice layout="line" error={error} />}
      {!isRunning && results.length > 0 && (
        <Button onClick={() => showView(tab.dataset, 'activity')}>Show in Activity</Button>
      )}
    </section>
  )
}
