import type { Input, Output } from '#shared/contract/index.ts'
import type { CallContext } from '#shared/rpc/server.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { EngineContext } from '../context.ts'
import { batchRowsFor } from './batch-rows.ts'
import { toFilter } from './filter.ts'
import type { RowLists } from './row-lists.ts'
import { checkOrder } from './sort.ts'
import { collectFields, takeFields, type Read } from './take.ts'
import { openView, READ_TIMEOUT_MS, selectFields, toSelection, type View } from './view.ts'
import { viewOrder } from './view-order.ts'

type PageInput = Input<'rows.page'>
type Page = Output<'rows.page'>

/** One page. Without filter and sort it is one native read at any depth; otherwise ids of the computed view are taken. */
export async function fetchPage(
  context: EngineContext,
  lists: RowLists,
  input: PageInput,
  { signal }: CallContext,
): Promise<Page> {
  const view = await openView(context, input)
  const fields = selectFields(view.manifest, input.columns)
  const filter = toFilter(input.filter)
  const orderBy = checkOrder(view.manifest, input.orderBy ?? [])
  signal.throwIfAborted()
  if (filter === undefined && orderBy.length === 0) {
    const total = await view.table.countRows(undefined, READ_TIMEOUT_MS)
    return readWindow(view, fields, { ...input, filter, total }, signal)
  }
  const list = await lists.get({ key: view.key, table: view.table, filter, orderBy }, signal)
  if (list.kind === 'count') return readWindow(view, fields, { ...input, filter, total: list.total }, signal)
  return takeRows(view, fields, list.ids.slice(input.offset, input.offset + input.limit), list.total, signal)
}

async function readWindow(
  view: View,
  fields: readonly SchemaField[],
  window: {
    readonly offset: number
    readonly limit: number
    readonly filter: string | undefined
    readonly total: number
  },
  signal: AbortSignal,
): Promise<Page> {
  const { offset, filter, total } = window
  const limit = Math.max(0, Math.min(window.limit, total - offset))
  if (limit === 0) return { total, arrow: [], previews: [] }
  const limits = { timeoutMs: READ_TIMEOUT_MS, batchRows: batchRowsFor(view.manifest, fields, limit), signal }
  const read: Read = (wanted) => view.table.page(toSelection(view.manifest, wanted), { offset, limit, filter }, limits)
  const page = await collectFields(fields, read)
  return { total, arrow: page.arrow, previews: page.previews }
}

async function takeRows(
  view: View,
  fields: readonly SchemaField[],
  ids: readonly bigint[],
  total: number,
  signal: AbortSignal,
): Promise<Page> {
  if (ids.length === 0) return { total, arrow: [], previews: [] }
  const { arrow, previews, answered } = await takeFields(view, fields, ids, signal)
  const order = viewOrder(ids, answered)
  return { total, arrow, previews, ...(order === undefined ? {} : { order }) }
}
