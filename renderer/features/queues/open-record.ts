import { findTab, openLocation, requestRow, showCommit, switchBranch } from '#renderer/features/workspace/index.ts'
import type { RecordPlace } from './log-page.ts'

/** Brings the tab of a record's bucket to the front, at its row: on main, and not before the version it is in. */
export async function openRecord({ location, version, row }: Pick<RecordPlace, 'location' | 'version' | 'row'>) {
  const opened = await openLocation(location)
  if (opened.kind !== 'tab') return
  const { dataset } = opened
  if (findTab(dataset)?.branch !== undefined) await switchBranch(dataset, undefined)
  const tab = findTab(dataset)
  if (tab === undefined) return
  if (tab.timeTravel || tab.version < version) showCommit(dataset, undefined, Math.max(version, tab.latestVersion))
  requestRow(dataset, row)
}
