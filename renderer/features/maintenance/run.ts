import { type ErrorValue, toErrorValue } from '#shared/errors.ts'
import type { MaintenanceResult } from '#shared/model/maintenance.ts'
import { type JobEnding, type JobHandlers, startJob } from '#renderer/features/jobs/index.ts'
import { findTab, getApi, showCommit } from '#renderer/features/workspace/index.ts'
import { memoryCeiling } from './memory.ts'
import type { AskedOperation } from './operations.ts'
import { readAgain } from './queries.ts'
import { openOperation, type PlanRun, setOutcome, setPlanRun } from './store.ts'
import { resultLine } from './words.ts'

/** For who started an operation elsewhere than in this view. */
export interface RunListener {
  /** Told when it ended; with the error unless it was done. */
  onEnd(error?: ErrorValue): void
  /** What the toast offers. */
  readonly action: NonNullable<JobEnding['action']>
}

/** Runs an operation as a job. What came of it stays in the view. */
export function runOperation(dataset: string, operation: AskedOperation, listener?: RunListener): void {
  const { kind } = operation
  setOutcome(dataset, kind, undefined)
  start(dataset, operation, {
    onDone: (result) => {
      setOutcome(dataset, kind, { kind: 'done', result })
      void readAgain(dataset)
      listener?.onEnd()
      const show = { label: 'Show', run: () => openOperation(dataset, kind) }
      return { text: resultLine(result), action: listener?.action ?? show }
    },
    onError: (error: ErrorValue) => {
      listener?.onEnd(error)
      setOutcome(dataset, kind, { kind: 'failed', error })
      void readAgain(dataset)
    },
  })
}

function start(dataset: string, operation: AskedOperation, handlers: JobHandlers<MaintenanceResult>): void {
  const common = { dataset, ...memoryCeiling() }
  switch (operation.kind) {
    case 'compact':
      return startJob('maintenance.compact', common, handlers)
    case 'optimize-indices':
      return startJob('maintenance.optimizeIndices', common, handlers)
    case 'migrate-manifests':
      return startJob('maintenance.migrateManifests', common, handlers)
    case 'purge-deletions': {
      const { kind: _, ...input } = operation
      return startJob('maintenance.purgeDeletions', { ...common, ...input }, handlers)
    }
    case 'refragment': {
      const { kind: _, ...input } = operation
      return startJob('maintenance.refragment', { ...common, ...input }, handlers)
    }
    case 'delete-rows': {
      const { kind: _, ...input } = operation
      return startJob('maintenance.deleteRows', { ...common, ...input }, handlers)
    }
    case 'cleanup': {
      const { kind: _, ...input } = operation
      return startJob('maintenance.cleanup', { ...common, ...input }, handlers)
    }
    case 'copy': {
      const { kind: _, ...input } = operation
      return startJob('maintenance.copy', { ...common, ...input }, handlers)
    }
  }
}

/** Runs the due steps of a dataset's plan, one job after the other, whatever is on screen meanwhile. */
export async function runPlan(dataset: string): Promise<void> {
  let run: PlanRun = { isRunning: true, results: [] }
  const tell = (part: Partial<PlanRun>): void => {
    run = { ...run, ...part }
    setPlanRun(dataset, run)
  }
  tell({})
  try {
    for await (const event of getApi().stream('maintenance.plan.run', { dataset })) {
      if (event.kind === 'done') {
        tell({ isRunning: false, results: event.results })
        continue
      }
      const { step, steps } = event
      tell({ step, steps, title: event.event.job.title })
      if (event.event.kind === 'done') {
        tell({ results: [...run.results, event.event.result] })
        showNewest(dataset, event.event.result.versionAfter)
      }
    }
  } catch (thrown) {
    tell({ error: toErrorValue(thrown) })
  } finally {
    tell({ isRunning: false })
    await readAgain(dataset)
  }
}

/** Steps write to main: who looks back, or at a branch, is left where they are. */
function showNewest(dataset: string, version: number): void {
  const tab = findTab(dataset)
  if (tab?.timeTravel === false && tab.branch === undefined) showCommit(dataset, undefined, version)
}
