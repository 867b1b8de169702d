import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { describeCell, getCell, readCell } from './cells.ts'
import { fetchPage, toFilter } from './page.ts'
import { prepareView } from './prepare.ts'
import { RowLists, type RowListLimits } from './row-lists.ts'
import { SourceCache } from './source-cache.ts'
import { validateFilter } from './validate-filter.ts'
import { fetchValues } from './values.ts'
import { openView, READ_TIMEOUT_MS } from './view.ts'

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
    'rows.page': (input, call) => fetchPage(context, lists, input, call),
    'rows.prepare': (input, call) => prepareView(context, lists, input, call),
    'rows.count': async (input) => {
      const { table } = await openView(context, input)
      return { count: await table.countRows(toFilter(input.filter), READ_TIMEOUT_MS) }
    },
    'rows.validateFilter': (input) => validateFilter(context, input),
    'rows.values': (input, call) => fetchValues(context, input, call),
    'cells.get': (input) => getCell(context, sources, input),
    'cells.describe': (input) => describeCell(context, sources, input),
    'cells.read': (input) => readCell(context, sources, input),
  }
}
