import { openCompare } from '#renderer/features/compare/index.ts'
import { type DatasetTab, refOf } from '#renderer/features/workspace/index.ts'
import { pairOf } from '../state/picks.ts'
import { getHistoryView, setPicks } from '../state/view-store.ts'

type Place = Pick<DatasetTab, 'dataset' | 'branch'>

/** Compares two versions of the tab's branch, the older one first. The picks are used up by it. */
export function compareVersions(tab: Place, a: number, b: number): void {
  const at = (version: number) => refOf({ ...tab, version })
  openCompare(tab.dataset, at(Math.min(a, b)), at(Math.max(a, b)))
  setPicks(tab, [])
}

/** Compares the two picked versions; false while there are not two. */
export function comparePicked(tab: Place): boolean {
  const pair = pairOf(getHistoryView(tab).picks)
  if (pair === null) return false
  compareVersions(tab, pair.older, pair.newer)
  return true
}
