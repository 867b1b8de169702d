import { useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import type { MaintenancePlan, PlanState } from '#shared/model/maintenance.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import { WriteButton } from '#renderer/features/versions/index.ts'
import { type DatasetTab, getApi } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { showToast } from '#renderer/ui/toasts.ts'
import styles from '../maintenance.module.css'
import { rememberPlan, usePlan } from '../queries.ts'
import { runPlan } from '../run.ts'
import { usePlanRun } from '../store.ts'
import { useWork } from '../use-work.ts'
import { operationTitle, toDraft, toPlan } from './plan.ts'
import { PlanRules } from './plan-rules.tsx'
import { PlanRunLine } from './plan-run-line.tsx'

export interface PlanPartProps {
  readonly tab: DatasetTab
  readonly refusal: string | undefined
}

/** The policy of a dataset: what is done when, what of it is due now, and running that. */
export function PlanPart({ tab, refusal }: PlanPartProps) {
  const plan = usePlan(tab)
  if (plan.isError) {
    return (
      <ErrorNotice
        title="The plan could not be read"
        error={toErrorValue(plan.error)}
        onRetry={() => void plan.refetch()}
      />
    )
  }
  if (plan.data === undefined) return <LoadingState label="Holding the plan against the dataset" />
  return <Loaded key={JSON.stringify(plan.data.plan)} tab={tab} refusal={refusal} state={plan.data} />
}

function Loaded({ tab, refusal, state }: PlanPartProps & { readonly state: PlanState }) {
  const [draft, setDraft] = useState(() => toDraft(state.plan))
  const [isSaving, setSaving] = useState(false)
  const edited = toPlan(draft)
  const isSame = JSON.stringify(edited) === JSON.stringify(typeof edited === 'string' ? '' : inOrder(state.plan))
  const save = (plan: MaintenancePlan | null): void => {
    setSaving(true)
    getApi()
      .call('maintenance.plan.set', { dataset: tab.dataset, plan })
      .then((now) => rememberPlan(tab, now))
      .catch((error: unknown) => {
        const { message } = toErrorValue(error)
        showToast({ kind: 'bad', title: 'The plan could not be saved', text: message })
      })
      .finally(() => setSaving(false))
  }
  return (
    <div className={styles.part}>
      <p className={styles.quiet}>
        {state.plan === null
          ? 'This dataset has no plan. Choose the steps and when each is due; nothing runs by itself unless that is switched on.'
          : 'Steps run in this order, each only when it is due at its turn. Tagged and branched versions always stay.'}
      </p>
      <PlanRules draft={draft} onDraft={(part) => setDraft((old) => ({ ...old, ...part }))} />
      <div className={styles.actions}>
        <Button
          kind={state.plan === null ? 'primary' : 'plain'}
          disabled={typeof edited === 'string' || isSame || isSaving}
          onClick={() => {
            if (typeof edited !== 'string') save(edited)
          }}
        >
          Save plan
        </Button>
        {state.plan !== null && (
          <Button disabled={isSaving} onClick={() => save(null)}>
            Remove plan
          </Button>
        )}
        {typeof edited === 'string' && <span className={styles.refusal}>{edited}</span>}
      </div>
      {state.plan !== null && <Steps tab={tab} refusal={refusal} state={state} isEdited={!isSame} />}
    </div>
  )
}

interface StepsProps extends PlanPartProps {
  readonly state: PlanState
  readonly isEdited: boolean
}

function Steps({ tab, refusal, state, isEdited }: StepsProps) {
  const run = usePlanRun(tab.dataset)
  const isBusy = useWork(tab.dataset).length > 0
  const due = state.steps.filter(({ isDue }) => isDue)
  const why =
    refusal ??
    (run?.isRunning === true || isBusy
      ? 'A job is at work on this dataset.'
      : isEdited
        ? 'Save the plan first.'
        : due.length === 0
          ? 'No step is due.'
          : undefined)
  return (
    <>
      <h3 className={styles.heading}>Now</h3>
      <ol className={styles.steps} aria-label="Steps of the plan">
        {state.steps.map(({ operation, isDue, reason }) => (
          <li key={operation.kind}>
            <Chip tone={isDue ? 'accent' : 'quiet'}>{isDue ? 'due' : 'not due'}</Chip>
            <b>{operationTitle(operation.kind)}</b>
            <span className={styles.quiet}>{reason}</span>
          </li>
        ))}
      </ol>
      <div className={styles.actions}>
        <WriteButton kind="primary" refusal={why} onClick={() => void runPlan(tab.dataset)}>
          Run due steps now
        </WriteButton>
        <span className={styles.quiet}>
          {state.lastRunAt === undefined ? 'It has not run yet.' : `Last run ${formatAbsoluteTime(state.lastRunAt)}.`}
        </span>
      </div>
      {run !== undefined && <PlanRunLine tab={tab} run={run} />}
    </>
  )
}

/** A plan with its parts in the order a draft is turned into, to be compared. */
function inOrder(plan: MaintenancePlan | null): MaintenancePlan | null {
  if (plan === null) return null
  const again = toPlan(toDraft(plan))
  return typeof again === 'string' ? plan : again
}
