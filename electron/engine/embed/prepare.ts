import type { EngineContext, OpenDataset } from '../context.ts'
import { ORIGIN_KEY } from '../embedders/index.ts'
import { retryConflicts } from '../indices/index.ts'
import { addFillColumns, addKeys, dropColumns, HASH_COLUMN, KEY_COLUMN, nativeWriterFor } from '../lance/index.ts'
import { HELPERS, isSameRun, readRecord, toRecord } from './columns.ts'

interface Wanted {
  readonly source: string
  readonly target: string
  readonly dimension: number
  readonly origin: string
}

/** Adds what is missing of the vector column and the helper columns; goes on with those of an earlier run of the same kind. */
export async function prepareColumns(
  { paths }: EngineContext,
  dataset: OpenDataset,
  { source, target, dimension, origin }: Wanted,
  signal: AbortSignal,
): Promise<{ readonly isFresh: boolean }> {
  const writer = nativeWriterFor(paths.dataDir)
  const { schema, record } = await stateOf(dataset)
  const has = (name: string): boolean => schema.includes(name)
  if (isSameRun(record, { source, target, origin }) && has(target)) {
    if (!has(KEY_COLUMN)) await retryConflicts(signal, () => addKeys(writer, dataset))
    return { isFresh: record?.isFresh === true }
  }
  const others = HELPERS.filter(has)
  if (others.length > 0) await retryConflicts(signal, () => dropColumns(writer, dataset, others))
  const isFresh = !has(target)
  const vector = isFresh ? { name: target, dimension, metadata: { [ORIGIN_KEY]: origin } } : undefined
  const says = toRecord({ source, target, origin, isFresh })
  await retryConflicts(signal, () => addFillColumns(writer, dataset, vector, says))
  await retryConflicts(signal, () => addKeys(writer, dataset))
  return { isFresh }
}

/** Gives keys to the rows that came later as well, by giving all of them new ones. */
export async function addLateKeys({ paths }: EngineContext, dataset: OpenDataset, signal: AbortSignal): Promise<void> {
  const writer = nativeWriterFor(paths.dataDir)
  await retryConflicts(signal, () => dropColumns(writer, dataset, [KEY_COLUMN]))
  await retryConflicts(signal, () => addKeys(writer, dataset))
}

async function stateOf(dataset: OpenDataset): Promise<{
  readonly schema: readonly string[]
  readonly record: ReturnType<typeof readRecord>
}> {
  const manifest = await dataset.manifest(await dataset.resolve())
  const schema = manifest.schema.map(({ name }) => name)
  return { schema, record: schema.includes(HASH_COLUMN) ? readRecord(manifest) : null }
}
