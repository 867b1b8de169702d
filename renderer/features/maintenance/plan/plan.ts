import type { MaintenanceKind, MaintenancePlan } from '#shared/model/maintenance.ts'
import { OPERATIONS } from '../operations.ts'
import { parseWhole } from '../whole.ts'

/** A plan as it is edited; numbers are texts as typed, kept while their step is off. */
export interface PlanDraft {
  readonly compact: boolean
  readonly smallFragments: string
  readonly purge: boolean
  readonly deletedPercent: string
  readonly fold: boolean
  readonly coveragePercent: string
  readonly cleanup: boolean
  /** Empty = age does not matter. */
  readonly keepDays: string
  /** Empty = the number does not matter. */
  readonly keepLast: string
  readonly whenIdle: boolean
}

/** The draft of a plan; of none, one to begin with. */
export function toDraft(plan: MaintenancePlan | null): PlanDraft {
  const has = (part: unknown): boolean => plan !== null && part !== undefined
  const text = (value: number | undefined): string => (value === undefined ? '' : String(value))
  return {
    compact: plan === null || has(plan.compact),
    smallFragments: text(plan?.compact?.smallFragmentsAbove ?? 50),
    purge: plan === null || has(plan.purgeDeletions),
    deletedPercent: text(plan?.purgeDeletions?.deletedPercentAbove ?? 10),
    fold: plan === null || has(plan.optimizeIndices),
    coveragePercent: text(plan?.optimizeIndices?.coveragePercentBelow ?? 95),
    cleanup: has(plan?.cleanup),
    keepDays: plan?.cleanup === undefined ? '14' : text(plan.cleanup.keepDays),
    keepLast: text(plan?.cleanup?.keepLast),
    whenIdle: plan?.whenIdle ?? false,
  }
}

/** The plan a draft describes, or in words what is wrong with it. */
export function toPlan(draft: PlanDraft): MaintenancePlan | string {
  const { compact, purge, fold, cleanup, whenIdle } = draft
  if (!compact && !purge && !fold && !cleanup) return 'No step is chosen.'
  const smallFragmentsAbove = parseWhole(draft.smallFragments, 1, 1_000_000)
  if (compact && smallFragmentsAbove === undefined) return 'Small fragments: a whole number from 1 on.'
  const deletedPercentAbove = parsePercent(draft.deletedPercent)
  if (purge && deletedPercentAbove === undefined) return 'Deleted rows: a percentage from 0 to 100.'
  const coveragePercentBelow = parsePercent(draft.coveragePercent)
  if (fold && coveragePercentBelow === undefined) return 'Coverage: a percentage from 0 to 100.'
  const keepDays = parseWhole(draft.keepDays, 0, 36_500)
  const keepLast = parseWhole(draft.keepLast, 1, 1_000_000)
  if (cleanup && keepDays === undefined && draft.keepDays.trim() !== '') return 'Days kept: a whole number.'
  if (cleanup && keepLast === undefined && draft.keepLast.trim() !== '')
    return 'Versions kept: a whole number from 1 on.'
  if (cleanup && keepDays === undefined && keepLast === undefined) return 'Clean up: say the days, the number, or both.'
  return {
    ...(compact && smallFragmentsAbove !== undefined ? { compact: { smallFragmentsAbove } } : {}),
    ...(purge && deletedPercentAbove !== undefined ? { purgeDeletions: { deletedPercentAbove } } : {}),
    ...(fold && coveragePercentBelow !== undefined ? { optimizeIndices: { coveragePercentBelow } } : {}),
    ...(cleanup
      ? {
          cleanup: {
            ...(keepDays === undefined ? {} : { keepDays }),
            ...(keepLast === undefined ? {} : { keepLast }),
          },
        }
      : {}),
    whenIdle,
  }
}

/** 0 to 100 from what was typed, with or without a percent sign. */
export function parsePercent(text: string): number | undefined {
  const digits = text.trim().replace(/\s*%$/, '')
  if (!/^\d{1,3}(\.\d{1,6})?$/.test(digits)) return undefined
  const value = Number(digits)
  return value <= 100 ? value : undefined
}

/** `Compact`, as the list of operations names it. */
export function operationTitle(kind: MaintenanceKind): string {
  return OPERATIONS.find((one) => one.kind === kind)?.title ?? kind
}
