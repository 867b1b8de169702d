import type { Api } from '#renderer/bridge/host.ts'
import {
  findTab,
  getApi,
  inspect,
  queryClient,
  refOf,
  requestRow,
  type RowHistoryTarget,
  switchBranch,
  travelTo,
  versionKey,
} from '#renderer/features/workspace/index.ts'
import { decodePage, exactValue } from '#shared/model/arrow/index.ts'
import type { BlameEvent } from '#shared/model/compare.ts'
import type { Ref } from '#shared/model/ref.ts'

/** Shows the window at the version of an event, and the row as that version left it, its history beside it. */
export async function showEvent(
  dataset: string,
  { branch, version, rowIdAfter }: Pick<BlameEvent, 'branch' | 'version' | 'rowIdAfter'>,
  history: RowHistoryTarget,
): Promise<void> {
  const place = { dataset, version, ...(branch === undefined ? {} : { branch }) }
  const ref = refOf(place)
  // All that is needed first, so that the window moves in one step.
  const [rowNumber] = await Promise.all([
    findRowNumber(getApi(), dataset, ref, rowIdAfter).catch(() => null),
    queryClient.prefetchQuery({
      queryKey: versionKey('summary', place),
      queryFn: ({ signal }) => getApi().call('datasets.summary', { dataset, ref }, { signal }),
      structuralSharing: false,
    }),
  ])
  if (findTab(dataset)?.branch !== branch) await switchBranch(dataset, branch)
  if (findTab(dataset)?.version !== version) travelTo(dataset, version)
  const column = history.column === undefined ? {} : { column: history.column }
  inspect(dataset, { kind: 'row', rowId: rowIdAfter, rowNumber, ...column, history })
  // Whoever looks at something else than rows goes on looking at it.
  if (rowNumber !== null && findTab(dataset)?.view === 'data') requestRow(dataset, rowNumber)
}

/**
 * Number of a row in storage order, by counting the ids below it; null where ids are not in that order, as after
 * rewrites of rows that keep their ids.
 */
export async function findRowNumber(api: Api, dataset: string, ref: Ref, rowId: string): Promise<number | null> {
  const { count } = await api.call('rows.count', { dataset, ref, filter: `_rowid < ${rowId}` })
  const { arrow, order } = await api.call('rows.page', { dataset, ref, columns: [], offset: count, limit: 1 })
  const ids = decodePage(arrow, order).column('_rowid')
  if (ids === undefined || ids.rowCount === 0) return null
  const found = exactValue(ids, 0)
  return found.kind === 'integer' && String(found.value) === rowId ? count : null
}
