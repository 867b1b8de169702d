import { CHOSEN_ROWS_MAX } from '#shared/model/maintenance.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { GridSelection } from '#renderer/grid/types.ts'
import { selectedRuns } from '../copy/plan.ts'

/** View rows [start, end). */
interface Run {
  readonly start: number
  readonly end: number
}

/** How the rows of a selection are deleted: one by one, by a filter that means the same, or not at all. */
export type DeletePlan =
  | { readonly kind: 'chosen'; readonly count: number; readonly runs: readonly Run[] }
  | { readonly kind: 'filter'; readonly count: number; readonly filter: string }
  | { readonly kind: 'too-many'; readonly count: number }

/** Rows of a selection. More than can be named one by one are deleted only when they are all there are in view. */
export function planDelete(selection: GridSelection, rowCount: number, filter: string): DeletePlan {
  const runs = selectedRuns(selection)
    .map(({ start, end }) => ({ start, end: Math.min(end, rowCount) }))
    .filter(({ start, end }) => end > start)
  const count = runs.reduce((sum, { start, end }) => sum + end - start, 0)
  if (count <= CHOSEN_ROWS_MAX) return { kind: 'chosen', count, runs }
  return count === rowCount
    ? { kind: 'filter', count, filter: filter === '' ? 'true' : filter }
    : { kind: 'too-many', count }
}

/** The version of main a state is; undefined for a branch, or a tag, which says no version. */
export function mainVersion(at: Ref): number | undefined {
  return 'version' in at && !('branch' in at) ? at.version : undefined
}

/** What decides whether rows of a tab can be deleted. */
export interface DeletePlace {
  readonly branch?: string | undefined
  readonly timeTravel: boolean
  readonly readOnly: boolean
}

/** Why no rows can be deleted where the tab is, in a few words; undefined when they can. */
export function deleteRefusal({ branch, timeTravel, readOnly }: DeletePlace): string | undefined {
  if (branch !== undefined) return 'this is a branch'
  if (timeTravel) return 'this is an older version'
  return readOnly ? 'the folder is read-only' : undefined
}
