import { INDEX_TYPES, type IndexEntry, type IndexType, type IndicesOptimized } from '#shared/model/index-entry.ts'
import { AppError } from '#shared/errors.ts'
import type { Task } from '../jobs/index.ts'
import { foldIndices, nativeWriterFor } from '../lance/index.ts'
import { openView, type View } from '../rows/index.ts'
import { requireIndexColumn } from './columns.ts'
import { listAt, liveRows } from './list.ts'
import { chooseQuery, measureQuery, toProof, type ProofQuery } from './proof.ts'
import { withBytesReported } from './watch-bytes.ts'

export interface OptimizeInput {
  readonly location: string
}

/** Lance gives a compaction up when another program changed the same fragments; on a fresh handle it may go through. */
const MAX_TRIES = 3

/** Folds rows into the indices of main, and asks the same query before and after. */
export const optimizeIndicesTask: Task<OptimizeInput, IndicesOptimized> = async ({ location }, env) => {
  const { context } = env
  const dataset = await context.datasets.open(location)
  const before = await openView(context, { dataset: dataset.handle })
  const known = await listAt(dataset, before.at)
  const query = await chooseFor(before, known).catch(() => undefined)
  const without = query === undefined ? undefined : await measureQuery(before.table, query)
  env.signal.throwIfAborted()
  const began = performance.now()
  const folded = await withBytesReported(dataset.store, env, { note: 'Compacting fragments and folding rows in' }, () =>
    retryConflicts(env.signal, () => foldIndices(nativeWriterFor(context.paths.dataDir), dataset)),
  )
  const elapsedMs = performance.now() - began
  const after = await openView(context, { dataset: dataset.handle, ref: { version: folded.version } })
  const within = query === undefined ? undefined : await measureQuery(after.table, query)
  const now = new Map((await listAt(dataset, after.at)).map((index) => [index.name, index]))
  return {
    versionBefore: before.at.version,
    versionAfter: folded.version,
    elapsedMs,
    indices: known
      .filter(({ kind }) => kind !== 'system')
      .map(({ name, unindexedRows, segments }) => ({
        name,
        unindexedBefore: unindexedRows,
        unindexedAfter: now.get(name)?.unindexedRows ?? null,
        segmentsBefore: segments.length,
        segmentsAfter: now.get(name)?.segments.length ?? 0,
      })),
    fragmentsRemoved: folded.fragmentsRemoved,
    fragmentsAdded: folded.fragmentsAdded,
    ...toProof(query, without, within),
  }
}

/** Runs a commit that opens a fresh handle each time, again while it conflicts with another program: three times at most. */
export async function retryConflicts<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run()
    } catch (error) {
      const isConflict = error instanceof AppError && error.code === 'commit-conflict'
      if (!isConflict || tries >= MAX_TRIES) throw error
      signal.throwIfAborted()
    }
  }
}

/** A query of the index that leaves out most rows. */
async function chooseFor({ manifest, table }: View, indices: readonly IndexEntry[]): Promise<ProofQuery | undefined> {
  const [worst] = indices
    .filter(({ type, unindexedRows }) => isBuildable(type) && (unindexedRows ?? 0) > 0)
    .toSorted((a, b) => (b.unindexedRows ?? 0) - (a.unindexedRows ?? 0))
  const path = worst?.columns[0]
  if (worst === undefined || path === undefined || !isBuildable(worst.type)) return undefined
  const rows = manifest.fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
  return chooseQuery(table, requireIndexColumn(manifest, path), { type: worst.type, metric: worst.metric }, rows)
}

function isBuildable(type: string): type is IndexType {
  return (INDEX_TYPES as readonly string[]).includes(type)
}
