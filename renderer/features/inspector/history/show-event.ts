import { findTab, inspect, type RowHistoryTarget, switchBranch, travelTo } from '#renderer/features/workspace/index.ts'
import type { BlameEvent } from '#shared/model/compare.ts'

/** Shows the window at the version of an event, and the row as that version left it, its history beside it. */
export async function showEvent(
  dataset: string,
  { branch, version, rowIdAfter }: Pick<BlameEvent, 'branch' | 'version' | 'rowIdAfter'>,
  history: RowHistoryTarget,
): Promise<void> {
  if (findTab(dataset)?.branch !== branch) await switchBranch(dataset, branch)
  if (findTab(dataset)?.version !== version) travelTo(dataset, version)
  const column = history.column === undefined ? {} : { column: history.column }
  inspect(dataset, { kind: 'row', rowId: rowIdAfter, rowNumber: null, ...column, history })
}
