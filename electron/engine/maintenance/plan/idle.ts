import { toErrorValue } from '#shared/errors.ts'
import type { EngineContext, OpenDataset } from '../../context.ts'
import { jobsOf } from '../../jobs/index.ts'
import { runPlan } from './run.ts'
import { listPlanned, readPlan, type SavedPlan } from './store.ts'

/** Nobody has asked the engine anything for so long. */
const IDLE_MS = 5 * 60 * 1000
const LOOK_EVERY_MS = 60 * 1000
const AGAIN_AFTER_FAILURE_MS = 24 * 60 * 60 * 1000
/** A step may stay due however often it runs, as when indices keep fragments apart. */
const AGAIN_AFTER_RUN_MS = 60 * 60 * 1000

export interface IdleRuns {
  /** Somebody asked for something. */
  readonly touch: () => void
  /** Looks once and runs what is due; resolves when that is done. */
  look(): Promise<void>
  stop(): void
}

/**
 * Runs due plans of datasets open in this engine when nobody has asked it anything for five minutes and no job runs: only
 * plans a person has said so of. What runs is in the ledger as the policy's. A person who comes back has at most the step
 * that runs finished; a run that failed is not tried again before a day is over.
 */
export function startIdleRuns(
  context: EngineContext,
  { nowMs = Date.now, everyMs = LOOK_EVERY_MS }: { readonly nowMs?: () => number; readonly everyMs?: number } = {},
): IdleRuns {
  let touchedMs = nowMs()
  let isLooking = false
  const isIdle = (): boolean => nowMs() - touchedMs >= IDLE_MS
  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    try {
      for (const handle of isIdle() ? await listPlanned(context) : []) {
        const hasJobs = jobsOf(context)
          .list()
          .some(({ endedAt }) => endedAt === undefined)
        if (!isIdle() || hasJobs) return
        await runIfWanted(context, handle, nowMs, () => !isIdle())
      }
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(
    () => void look().catch((error: unknown) => context.log(`plan: ${toErrorValue(error).message}`)),
    everyMs,
  )
  timer.unref()
  return { touch: () => void (touchedMs = nowMs()), look, stop: () => clearInterval(timer) }
}

async function runIfWanted(
  context: EngineContext,
  handle: string,
  nowMs: () => number,
  isEnough: () => boolean,
): Promise<void> {
  const saved = await readPlan(context, handle)
  const dataset = findOpen(context, handle)
  if (saved?.plan.whenIdle !== true || dataset === undefined || isTooSoon(saved, nowMs())) return
  try {
    const events = runPlan(context, dataset, 'policy', new AbortController().signal, { nowMs, isEnough })
    for await (const event of events)
      if (event.kind === 'done' && event.results.length > 0) context.log(`plan: ran for ${dataset.location}`)
  } catch (error) {
    context.log(`plan: did not run for ${dataset.location}: ${toErrorValue(error).message}`)
  }
}

function isTooSoon({ lastRunMs = -Infinity, lastFailedMs = -Infinity }: SavedPlan, nowMs: number): boolean {
  return nowMs - lastRunMs < AGAIN_AFTER_RUN_MS || nowMs - lastFailedMs < AGAIN_AFTER_FAILURE_MS
}

function findOpen({ datasets }: EngineContext, handle: string): OpenDataset | undefined {
  try {
    return datasets.get(handle)
  } catch {
    return undefined
  }
}
