import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import type { CleanupOperation, MaintenancePlan, PlanState } from '#shared/model/maintenance.ts'
import type { EngineContext, OpenDataset } from '../../context.ts'
import { listAt, liveRows } from '../../indices/index.ts'
import { previewCompaction, summarizeOwnPlan, type Snapshot } from '../../storage/index.ts'
import { gather, toWanted } from '../cleanup/gather.ts'
import { snapshotsOf } from '../cleanup/forecast.ts'

export type PlanStep = PlanState['steps'][number]
export type StepKind = 'purge-deletions' | 'compact' | 'optimize-indices' | 'cleanup'

/** The order steps make sense in: each leaves less for those after it, and cleanup frees what they replaced. */
export const STEP_ORDER: readonly StepKind[] = ['purge-deletions', 'compact', 'optimize-indices', 'cleanup']

const DAY_MS = 24 * 60 * 60 * 1000

export interface Asked {
  readonly context: EngineContext
  readonly dataset: OpenDataset
  readonly plan: MaintenancePlan
  readonly nowMs: number
  readonly signal: AbortSignal
}

/** Holds one step of a plan against the dataset as it is now; undefined when the plan has no such step. */
export function judgeStep(kind: StepKind, asked: Asked): Promise<PlanStep> | undefined {
  const { plan } = asked
  switch (kind) {
    case 'purge-deletions':
      return plan.purgeDeletions && judgePurge(asked, plan.purgeDeletions.deletedPercentAbove)
    case 'compact':
      return plan.compact && judgeCompact(asked, plan.compact.smallFragmentsAbove)
    case 'optimize-indices':
      return plan.optimizeIndices && judgeIndices(asked, plan.optimizeIndices.coveragePercentBelow)
    case 'cleanup':
      return plan.cleanup && judgeCleanup(asked, plan.cleanup)
  }
}

async function judgePurge({ dataset }: Asked, limit: number): Promise<PlanStep> {
  const { fragments } = await dataset.manifest(await dataset.resolve())
  const all = fragments.reduce((sum, { physicalRows }) => sum + physicalRows, 0)
  const deleted = all - fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
  const percent = all === 0 ? 0 : (deleted / all) * 100
  const isDue = deleted > 0 && percent > limit
  return {
    operation: { kind: 'purge-deletions' },
    isDue,
    reason: `${showPercent(percent)} of the stored rows are deleted, ${isDue ? 'more' : 'not more'} than ${showPercent(limit)}.`,
  }
}

async function judgeCompact({ dataset }: Asked, limit: number): Promise<PlanStep> {
  const { fragmentsRemoved } = await previewCompaction(dataset, await dataset.resolve())
  const isDue = fragmentsRemoved > limit
  return {
    operation: { kind: 'compact' },
    isDue,
    reason: `${formatNoun(fragmentsRemoved, 'small fragment')} can be merged, ${isDue ? 'more' : 'not more'} than ${limit}.`,
  }
}

async function judgeIndices({ dataset }: Asked, limit: number): Promise<PlanStep> {
  const operation = { kind: 'optimize-indices' } as const
  const at = await dataset.resolve()
  const rows = (await dataset.manifest(at)).fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
  const covered = (await listAt(dataset, at)).flatMap(({ name, kind, unindexedRows }) => {
    if (kind === 'system' || unindexedRows === null || rows === 0) return []
    return [{ name, percent: ((rows - unindexedRows) / rows) * 100 }]
  })
  const [worst] = covered.toSorted((a, b) => a.percent - b.percent)
  if (worst === undefined) return { operation, isDue: false, reason: 'No index says which rows it covers.' }
  const isDue = worst.percent < limit
  return {
    operation,
    isDue,
    reason: `Index ${worst.name} covers ${showPercent(worst.percent)} of the rows, ${isDue ? 'less' : 'not less'} than ${showPercent(limit)}.`,
  }
}

async function judgeCleanup(asked: Asked, rule: NonNullable<MaintenancePlan['cleanup']>): Promise<PlanStep> {
  const { context, dataset, signal } = asked
  const snapshot = await snapshotsOf(context)(dataset, signal)
  const operation = toCleanup(snapshot, rule, asked.nowMs)
  const { plan } = await gather(context, dataset, snapshot, toWanted(operation), signal)
  const { bytesFreed, versionsRemoved } = summarizeOwnPlan(plan)
  const isDue = versionsRemoved.length > 0
  const what = [
    ...(rule.keepDays === undefined ? [] : [`older than ${formatNoun(rule.keepDays, 'day')}`]),
    ...(rule.keepLast === undefined ? [] : [`before the last ${formatCount(rule.keepLast)}`]),
  ].join(' and ')
  return {
    operation,
    isDue,
    reason: isDue
      ? `${formatNoun(versionsRemoved.length, 'version')} ${what} can go, which frees ${formatBytes(bytesFreed)}.`
      : `There is no version ${what} that can go.`,
  }
}

/** By age, by number, or both: then only what is too old and too many goes. */
function toCleanup(
  { references }: Snapshot,
  { keepDays, keepLast }: NonNullable<MaintenancePlan['cleanup']>,
  nowMs: number,
): CleanupOperation {
  if (keepDays === undefined) return { kind: 'cleanup', keepLast }
  const byAgeMs = nowMs - keepDays * DAY_MS
  const versions = references.lines[0]?.versions ?? []
  const firstKept = keepLast === undefined ? undefined : versions[Math.max(0, versions.length - keepLast)]
  const byCountMs = firstKept === undefined ? byAgeMs : Number(firstKept.timeNs / 1_000_000n)
  return { kind: 'cleanup', olderThan: new Date(Math.min(byAgeMs, byCountMs)).toISOString() }
}

function showPercent(percent: number): string {
  return `${percent < 10 ? Number(percent.toFixed(1)) : Math.floor(percent)} %`
}
