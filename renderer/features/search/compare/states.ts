import { formatRef, type Ref } from '#shared/model/ref.ts'
import type { SearchQuery } from '../query/draft.ts'

/** The same question for another state: a row it starts from is the row on screen, whatever became of it there. */
export function inState(query: SearchQuery, onScreen: Ref, state: Ref | null | undefined): SearchQuery {
  const { vector } = query
  if (vector === undefined || !('rowId' in vector) || isOnScreen(state, onScreen)) return query
  return { ...query, vector: { ref: onScreen, ...vector } }
}

/** True for a configuration that searches what is on screen. */
export function isOnScreen(state: Ref | null | undefined, onScreen: Ref): boolean {
  return state === null || state === undefined || formatRef(state) === formatRef(onScreen)
}

/** Keys that stand in one of several rankings only; there are none where there is nothing to compare with. */
export function loneKeys(rankings: readonly (readonly string[])[]): ReadonlySet<string> {
  if (rankings.length < 2) return new Set()
  const counts = new Map<string, number>()
  for (const key of rankings.flatMap((keys) => [...new Set(keys)])) counts.set(key, (counts.get(key) ?? 0) + 1)
  return new Set([...counts].flatMap(([key, count]) => (count === 1 ? [key] : [])))
}
