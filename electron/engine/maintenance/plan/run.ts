import type { Output } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { JobEvent } from '#shared/model/job.ts'
import type { MaintenanceOperation, MaintenanceResult } from '#shared/model/maintenance.ts'
import type { EngineContext, OpenDataset } from '../../context.ts'
import { cleanupJob, compactJob, foldIndicesJob, purgeJob } from '../operation-jobs.ts'
import { startOperation } from '../start.ts'
import { judgeStep, STEP_ORDER } from './due.ts'
import { readPlan, writePlan, type SavedPlan } from './store.ts'

type By = 'person' | 'policy'

export interface RunOptions {
  readonly nowMs?: () => number
  /** Asked before each step; true ends the run there. */
  readonly isEnough?: () => boolean
}

/**
 * Runs what is due of a plan, step by step: each is judged when its turn has come, since those before change what there is
 * to do. The first that fails fails the run. `not-found` when there is no plan.
 */
export async function* runPlan(
  context: EngineContext,
  dataset: OpenDataset,
  by: By,
  signal: AbortSignal,
  { nowMs = Date.now, isEnough = () => false }: RunOptions = {},
): AsyncGenerator<Output<'maintenance.plan.run'>> {
  const saved = await readPlan(context, dataset.handle)
  if (saved === undefined) throw noPlan(dataset)
  const { plan } = saved
  const results: MaintenanceResult[] = []
  const kinds = STEP_ORDER.filter((kind) => hasStep(saved, kind))
  try {
    for (const [index, kind] of kinds.entries()) {
      if (isEnough()) break
      const step = await judgeStep(kind, { context, dataset, plan, nowMs: nowMs(), signal })
      if (step?.isDue !== true) continue
      for await (const event of start(context, dataset, step.operation, by, signal)) {
        if (event.kind === 'done') results.push(event.result)
        yield { kind: 'step', step: index + 1, steps: kinds.length, event }
      }
      // The caller is gone; what runs ends by itself.
      if (signal.aborted) return
    }
  } catch (error) {
    if (by === 'policy') await remember(context, dataset, { lastFailedMs: nowMs() })
    throw error
  }
  await remember(context, dataset, { lastRunMs: nowMs() })
  yield { kind: 'done', results }
}

function hasStep({ plan }: SavedPlan, kind: (typeof STEP_ORDER)[number]): boolean {
  const { purgeDeletions, compact, optimizeIndices, cleanup } = plan
  const parts = { 'purge-deletions': purgeDeletions, compact, 'optimize-indices': optimizeIndices, cleanup }
  return parts[kind] !== undefined
}

function start(
  context: EngineContext,
  { handle }: OpenDataset,
  operation: MaintenanceOperation,
  by: By,
  signal: AbortSignal,
): AsyncIterable<JobEvent<MaintenanceResult>> {
  const input = { dataset: handle }
  switch (operation.kind) {
    case 'purge-deletions':
      return startOperation(context, input, purgeJob(operation.fragments), signal, by)
    case 'compact':
      return startOperation(context, input, compactJob, signal, by)
    case 'optimize-indices':
      return startOperation(context, input, foldIndicesJob, signal, by)
    case 'cleanup':
      return startOperation(context, input, cleanupJob(operation), signal, by)
    default:
      throw new AppError({ code: 'internal', message: `A plan has no step ${operation.kind}.` })
  }
}

/** Notes what became of a plan, unless it was removed meanwhile. */
async function remember(
  context: EngineContext,
  { handle }: OpenDataset,
  what: Partial<Pick<SavedPlan, 'lastRunMs' | 'lastFailedMs'>>,
): Promise<void> {
  const saved = await readPlan(context, handle)
  if (saved !== undefined) await writePlan(context, handle, { ...saved, ...what })
}

function noPlan({ name }: OpenDataset): AppError {
  return new AppError({
    code: 'not-found',
    message: `${name} has no maintenance plan.`,
    hint: 'Set one first.',
  })
}
