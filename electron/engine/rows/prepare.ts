import type { Input } from '#shared/contract/index.ts'
import type { PrepareEvent } from '#shared/contract/rows.ts'
import type { CallContext } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { toFilter } from './filter.ts'
import type { RowLists } from './row-lists.ts'
import { checkOrder } from './sort.ts'
import { openView, READ_TIMEOUT_MS } from './view.ts'

const PROGRESS_MS = 200

/**
 * Computes a view ahead of paging and tells how far it is. Filters report matches as they are found; a sort only has an
 * elapsed time, since Lance answers when all of it is done. Ending the iteration gives the computation up.
 */
export async function* prepareView(
  context: EngineContext,
  lists: RowLists,
  input: Input<'rows.prepare'>,
  { signal }: CallContext,
): AsyncGenerator<PrepareEvent> {
  const started = performance.now()
  const elapsed = (): number => Math.round(performance.now() - started)
  const view = await openView(context, input)
  const filter = toFilter(input.filter)
  const orderBy = checkOrder(view.manifest, input.orderBy ?? [])
  if (filter === undefined && orderBy.length === 0) {
    const total = await view.table.countRows(undefined, READ_TIMEOUT_MS)
    yield { kind: 'ready', total, elapsedMs: elapsed() }
    return
  }
  const query = { key: view.key, table: view.table, filter, orderBy }
  const own = new AbortController()
  const computing = lists.get(query, AbortSignal.any([signal, own.signal]))
  // Observed below; this keeps a rejection during a yield from counting as unhandled.
  computing.catch(() => undefined)
  try {
    for (;;) {
      const list = await Promise.race([computing, delay(PROGRESS_MS)])
      if (list !== undefined) {
        yield { kind: 'ready', total: list.total, elapsedMs: elapsed() }
        return
      }
      yield { kind: 'progress', matched: lists.matchedSoFar(query) ?? 0, elapsedMs: elapsed() }
    }
  } finally {
    own.abort(signal.reason)
  }
}

function delay(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref()
  })
}
