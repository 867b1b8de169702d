import type { IndexParams, IndexType } from '#shared/model/index-entry.ts'
import { loadArrow, loadLanceDb } from './module.ts'
import type { NativeOptimizeStats, NativeQuery, NativeTableHandle } from './native-api.ts'
import type { NativeTable } from './native-table.ts'
import type { NativeWriter, WriteTarget } from './native-writer.ts'

/** An index to be built, its parameters checked: Lance aborts the process over some that are wrong. */
export interface NewIndex {
  readonly name: string
  /** Names of nested fields are joined by dots. */
  readonly column: string
  readonly type: IndexType
  readonly params: IndexParams
  readonly replace: boolean
}

/** Builds an index on main and waits for it; the version with it. Aborting cancels the work inside Lance. */
export function buildIndex(
  writer: NativeWriter,
  target: WriteTarget,
  { name, column, type, params, replace }: NewIndex,
  signal: AbortSignal,
): Promise<number> {
  return writer.onMain(target, async (main) => {
    signal.throwIfAborted()
    const job = await main.createIndexAsync(toNativeIndex(type, params), column, replace, null, name)
    const cancel = (): void => void job.cancel()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      await job.wait()
    } catch (error) {
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', cancel)
    }
    return main.version()
  })
}

/** Takes an index out of the newest version of main; the version without it. */
export function dropIndex(writer: NativeWriter, target: WriteTarget, name: string): Promise<number> {
  return writer.onMain(target, async (main) => {
    await main.dropIndex(name)
    return main.version()
  })
}

/** No version is older than that, so Lance removes none. Any later time would delete history. */
const PRUNE_NOTHING_BEFORE_MS = 0

/** Compacts main and folds rows into its indices, as LanceDB does both in one; removes no version and no file. */
export function foldIndices(
  writer: NativeWriter,
  target: WriteTarget,
): Promise<NativeOptimizeStats['compaction'] & { readonly version: number }> {
  return writer.onMain(target, async (main) => {
    const { compaction } = await main.optimize(PRUNE_NOTHING_BEFORE_MS)
    return { ...compaction, version: await main.version() }
  })
}

/** LanceDB's own index objects; their native part is a plain property hidden from the public types. */
function toNativeIndex(type: IndexType, params: IndexParams): object {
  return (makeIndex(type, params) as unknown as { readonly inner: object }).inner
}

function makeIndex(type: IndexType, { metric, ...params }: IndexParams): object {
  const { Index } = loadLanceDb()
  // Undefined means the default there, though its types do not say so; hamming is missing in some of them.
  const options = { ...params, ...(metric === undefined ? {} : { distanceType: metric }) } as never
  switch (type) {
    case 'BTREE':
      return Index.btree()
    case 'BITMAP':
      return Index.bitmap()
    case 'LABEL_LIST':
      return Index.labelList()
    case 'FTS':
      return Index.fts(options)
    case 'FM':
      return Index.fm()
    case 'IVF_FLAT':
      return Index.ivfFlat(options)
    case 'IVF_PQ':
      return Index.ivfPq(options)
    case 'IVF_RQ':
      return Index.ivfRq(options)
    case 'HNSW_PQ':
      return Index.hnswPq(options)
    case 'HNSW_SQ':
      return Index.hnswSq(options)
  }
}

/** Rows a filter is timed for; reading more would measure reading. */
const TIMED_ROWS = 10

/** Milliseconds until Lance has given the first rows of a filter. */
export function timeFilter(table: NativeTable, filter: string, timeoutMs: number): Promise<number> {
  return table.run('filter', timeoutMs, async (handle) => {
    const query = toFilterQuery(handle, filter)
    const began = performance.now()
    const batches = await query.execute(undefined, timeoutMs)
    while ((await batches.next()) !== null);
    return performance.now() - began
  })
}

/** The plan of {@link timeFilter}'s query as Lance prints it. */
export function explainFilter(table: NativeTable, filter: string, timeoutMs: number): Promise<string> {
  return table.run('filter', timeoutMs, (handle) => toFilterQuery(handle, filter).explainPlan(false))
}

function toFilterQuery(handle: NativeTableHandle, filter: string): NativeQuery {
  const query = handle.query()
  query.selectColumns([])
  query.withRowId()
  query.onlyIf(filter)
  query.limit(TIMED_ROWS)
  return query
}

/** A value of a sampled column that can be counted and compared; lists as their items. */
export type SampledValue = string | number | bigint | boolean | readonly (string | number | bigint | boolean)[]

/** Values of the first column without its nulls; bytes as hex, and what cannot be compared left out. */
export function decodeSample(file: Uint8Array): readonly SampledValue[] {
  const vector = loadArrow().tableFromIPC(file).getChildAt(0)
  if (vector === null) return []
  return [...vector].flatMap((value: unknown): SampledValue[] => {
    const plain = toPlain(value)
    if (plain !== undefined) return [plain]
    if (value === null || value === undefined || typeof value !== 'object' || !(Symbol.iterator in value)) return []
    return [[...(value as Iterable<unknown>)].flatMap((item) => toPlain(item) ?? [])]
  })
}

function toPlain(value: unknown): string | number | bigint | boolean | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  const isPlain = ['string', 'number', 'bigint', 'boolean'].includes(typeof value)
  return isPlain ? (value as string | number | bigint | boolean) : undefined
}

/** Reads every page of an index of a table. */
export function readIndex(table: NativeTable, name: string, timeoutMs: number): Promise<void> {
  return table.run('read', timeoutMs, (handle) => handle.prewarmIndex(name))
}
