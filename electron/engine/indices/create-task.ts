import type { IndexCreated } from '#shared/model/index-entry.ts'
import type { Task } from '../jobs/index.ts'
import { buildIndex, nativeWriterFor, type NewIndex } from '../lance/index.ts'
import { openView } from '../rows/index.ts'
import { requireIndexColumn } from './columns.ts'
import { requireIndex } from './find.ts'
import { listAt, liveRows } from './list.ts'
import { chooseQuery, measureQuery, toProof } from './proof.ts'
import { withBytesReported } from './watch-bytes.ts'

export interface CreateIndexInput {
  readonly location: string
  /** As checked by the engine. */
  readonly index: NewIndex
}

/** Builds an index, and asks the same query before and after. */
export const createIndexTask: Task<CreateIndexInput, IndexCreated> = async ({ location, index }, env) => {
  const { context, signal } = env
  const dataset = await context.datasets.open(location)
  env.report({ done: 0, total: null, unit: 'bytes', note: 'Asking a query without the index' })
  const before = await openView(context, { dataset: dataset.handle })
  const column = requireIndexColumn(before.manifest, index.column)
  const rows = before.manifest.fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
  const asked = {
    type: index.type,
    metric: index.params.metric ?? (column.vector === undefined ? undefined : 'l2'),
  } as const
  const query = await chooseQuery(before.table, column, asked, rows).catch(() => undefined)
  const without = query === undefined ? undefined : await measureQuery(before.table, query)
  signal.throwIfAborted()
  const began = performance.now()
  const versionAfter = await withBytesReported(dataset.store, env, { note: `Building ${index.type}` }, () =>
    buildIndex(nativeWriterFor(context.paths.dataDir), dataset, index, signal),
  )
  const buildMs = performance.now() - began
  const after = await openView(context, { dataset: dataset.handle, ref: { version: versionAfter } })
  const within = query === undefined ? undefined : await measureQuery(after.table, query)
  return {
    index: requireIndex(await listAt(dataset, after.at), index.name),
    versionBefore: before.at.version,
    versionAfter,
    buildMs,
    ...toProof(query, without, within),
  }
}
