import type { Contract, Input, Output } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { abortable } from './abortable.ts'
import { describeCell, getCell, readCell } from './cells.ts'
import { toFilter } from './filter.ts'
import { fetchPage } from './page.ts'
import { prepareView } from './prepare.ts'
import { RowLists, type RowListLimits } from './row-lists.ts'
import { SourceCache } from './source-cache.ts'
import { validateFilter } from './validate-filter.ts'
import { fetchValues } from './values.ts'
import { COUNT_TIMEOUT_MS, openView } from './view.ts'

type RowsOperations =
  | 'rows.page'
  | 'rows.prepare'
  | 'rows.count'
  | 'rows.validateFilter'
  | 'rows.values'
  | 'cells.get'
  | 'cells.describe'
  | 'cells.read'

/** Reading rows and cells. Keeps computed views and values being read in ranges; all else is stateless. */
export function createRowsHandlers(
  context: EngineContext,
  limits?: RowListLimits,
): Pick<Handlers<Contract>, RowsOperations> {
  const lists = new RowLists(limits)
  const sources = new SourceCache()
  return {
    'rows.page': (input, call) => abortable(call.signal, fetchPage(context, lists, input, call)),
    'rows.prepare': (input, call) => prepareView(context, lists, input, call),
    'rows.count': (input, call) => abortable(call.signal, countRows(context, input)),
    'rows.validateFilter': (input, call) => abortable(call.signal, validateFilter(context, input)),
    'rows.values': (input, call) => abortable(call.signal, fetchValues(context, input, call)),
    'cells.get': (input, call) => abortable(call.signal, getCell(context, sources, input)),
    'cells.describe': (input, call) => abortable(call.signal, describeCell(context, sources, input)),
    'cells.read': (input, call) => abortable(call.signal, readCell(context, sources, input)),
  }
}

async function countRows(context: EngineContext, input: Input<'rows.count'>): Promise<Output<'rows.count'>> {
  const { table } = await openView(context, input)
  return { count: await table.countRows(toFilter(input.filter), COUNT_TIMEOUT_MS) }
}
