import { AppError } from '#shared/errors.ts'
import type { MaintenancePlan, PlanState } from '#shared/model/maintenance.ts'
import type { EngineContext, OpenDataset } from '../../context.ts'
import { judgeStep, STEP_ORDER } from './due.ts'
import { readPlan, writePlan, type SavedPlan } from './store.ts'

/** The plan of a dataset held against it as it is. */
export async function getPlan(
  context: EngineContext,
  dataset: OpenDataset,
  signal: AbortSignal,
  nowMs = Date.now(),
): Promise<PlanState> {
  return judge(context, dataset, await readPlan(context, dataset.handle), signal, nowMs)
}

/** Sets a plan, or removes it with null. Refuses with `invalid-input` a cleanup that does not say what to keep. */
export async function setPlan(
  context: EngineContext,
  dataset: OpenDataset,
  plan: MaintenancePlan | null,
  signal: AbortSignal,
): Promise<PlanState> {
  if (plan?.cleanup !== undefined && plan.cleanup.keepDays === undefined && plan.cleanup.keepLast === undefined) {
    throw new AppError({
      code: 'invalid-input',
      message: 'The plan does not say which versions a cleanup keeps.',
      hint: 'Give the days, the number of versions, or both.',
    })
  }
  if (plan === null) {
    await writePlan(context, dataset.handle, undefined)
    return { plan: null, steps: [] }
  }
  const former = await readPlan(context, dataset.handle)
  // A changed plan may run again at once, whatever became of the former.
  const saved = { plan, ...(former?.lastRunMs === undefined ? {} : { lastRunMs: former.lastRunMs }) }
  await writePlan(context, dataset.handle, saved)
  return judge(context, dataset, saved, signal, Date.now())
}

async function judge(
  context: EngineContext,
  dataset: OpenDataset,
  saved: SavedPlan | undefined,
  signal: AbortSignal,
  nowMs: number,
): Promise<PlanState> {
  if (saved === undefined) return { plan: null, steps: [] }
  const { plan, lastRunMs } = saved
  const steps = []
  for (const kind of STEP_ORDER) {
    signal.throwIfAborted()
    const step = await judgeStep(kind, { context, dataset, plan, nowMs, signal })
    if (step !== undefined) steps.push(step)
  }
  return { plan, steps, ...(lastRunMs === undefined ? {} : { lastRunAt: new Date(lastRunMs).toISOString() }) }
}
