import { useEffect } from 'react'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import { settleRewrite, useRewriteRequest } from '#renderer/features/fragments/index.ts'
import { JobProgress } from '#renderer/features/jobs/index.ts'
import type { ViewProps } from '#renderer/features/workspace/index.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import styles from '#renderer/ui/view.module.css'
import { formatFragments } from './fragment-choice.ts'
import { LeftoversPart } from './leftovers/leftovers-part.tsx'
import { OperationsPart } from './operations/operations-part.tsx'
import { PlanPart } from './plan/plan-part.tsx'
import { useMaintenanceRefusal } from './refusal.ts'
import { openOperation, showPart, usePart } from './store.ts'
import { useWork } from './use-work.ts'

const PARTS = [
  { id: 'operations', label: 'Operations' },
  { id: 'plan', label: 'Plan' },
  { id: 'leftovers', label: 'Leftovers' },
] as const

/** Keeping a dataset small and quick: operations with forecast and proof, a plan of them, and what stopped writes left. */
export function MaintenanceView({ tab, summary }: ViewProps) {
  const part = usePart(tab.dataset)
  const refusal = useMaintenanceRefusal(tab)
  const jobs = useWork(tab.dataset)
  useRewriteWish(tab.dataset)
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <Segmented
          label="Part of the maintenance view"
          options={PARTS}
          value={part}
          onChange={(next) => showPart(tab.dataset, next)}
        />
        {refusal === undefined ? (
          <span className={styles.about}>
            {formatNoun(summary.fragments, 'fragment')} · {formatNoun(summary.rows, 'row')} ·{' '}
            {formatCount(summary.deletedRows)} deleted · newest version {formatCount(tab.latestVersion)}
          </span>
        ) : (
          <span className={styles.refusal} role="note">
            {refusal}
          </span>
        )}
      </div>
      {jobs.map((job) => (
        <JobProgress key={job.id} job={job} />
      ))}
      {part === 'operations' && <OperationsPart tab={tab} refusal={refusal} />}
      {part === 'plan' && <PlanPart tab={tab} refusal={refusal} />}
      {part === 'leftovers' && <LeftoversPart tab={tab} refusal={refusal} />}
    </div>
  )
}

/** Fills in the fragments chosen in the Fragments view. */
function useRewriteWish(dataset: string): void {
  const wish = useRewriteRequest(dataset)
  useEffect(() => {
    if (wish === undefined) return
    settleRewrite(dataset)
    openOperation(dataset, 'refragment', { pick: 'ids', fragments: formatFragments(wish) })
  }, [dataset, wish])
}
