import type { SchemaField } from '#shared/model/schema.ts'
import type { EngineContext, OpenDataset, ResolvedRef } from '../context.ts'
import { measureArrow } from '../format/arrow-sizes.ts'
import type { Manifest } from '../format/types.ts'
import { nativeTablesFor, type NativeTable } from '../lance/index.ts'
import { checkReadable, whyUnreadable } from '../rows/index.ts'
import { countLiveRows, type ArrowBytes } from './arrow-bytes.ts'
import { forEachOf } from './for-each.ts'

const MAX_SAMPLE_ROWS = 2048
const MIN_SAMPLE_ROWS = 16
/** Stretches of rows the sample is made of, spread evenly over all. */
const STRETCHES = 4
/** Stored bytes a sample may touch; decoded they are a few times as much. */
const SAMPLE_BYTES = 4 * 1024 * 1024
const TIMEOUT_MS = 15_000
/** With more columns than this, one that fails takes all of them along rather than cost a read each. */
const MAX_SINGLE = 64

/**
 * Sizes of columns in Arrow buffers, scaled up from a sample of their rows. Fields that cannot be read, or measured, are
 * missing. Reads through the native module; an abort stops it between batches.
 */
export async function sampleArrowBytes(
  context: EngineContext,
  state: { readonly dataset: OpenDataset; readonly at: ResolvedRef; readonly manifest: Manifest },
  columns: readonly SchemaField[],
  storedBytes: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, ArrowBytes>> {
  const { manifest } = state
  const readable = columns.filter((column) => whyUnreadable(manifest, column) === undefined)
  const rows = countLiveRows(manifest)
  const sizes = new Map<number, ArrowBytes>()
  if (readable.length === 0 || rows === 0) return sizes
  let table: NativeTable
  try {
    checkReadable(manifest)
    table = await openTable(context, state)
  } catch {
    return sizes
  }
  const plan = planSample(rows, storedBytes)
  const measure = (some: readonly SchemaField[]): Promise<ReadonlyMap<number, ArrowBytes> | undefined> =>
    measureSample(table, some, plan, rows, signal)
  const together = await measure(readable)
  if (together !== undefined) return together
  if (readable.length > MAX_SINGLE) return sizes
  await forEachOf(readable, 2, signal, async (column) => {
    for (const [id, size] of (await measure([column])) ?? []) sizes.set(id, size)
  })
  return sizes
}

async function openTable(
  context: EngineContext,
  { dataset, at, manifest }: { readonly dataset: OpenDataset; readonly at: ResolvedRef; readonly manifest: Manifest },
): Promise<NativeTable> {
  const { handle, location } = dataset
  return nativeTablesFor(context.paths.dataDir).open({
    handle,
    location,
    ...at,
    stamp: `${manifest.timestamp} ${manifest.transactionFile}`,
    onlyManifest: await dataset.shadowedManifest(at),
  })
}

interface Stretch {
  readonly offset: number
  readonly limit: number
}

/** As many rows as the bytes allow, from several places: rows of different times often differ in size. */
function planSample(rows: number, storedBytes: number): readonly Stretch[] {
  const affordable = Math.floor(SAMPLE_BYTES / Math.max(1, storedBytes / rows))
  const sample = Math.min(rows, MAX_SAMPLE_ROWS, Math.max(MIN_SAMPLE_ROWS, affordable))
  if (sample === rows) return [{ offset: 0, limit: rows }]
  const limit = Math.max(1, Math.floor(sample / STRETCHES))
  return Array.from({ length: STRETCHES }, (_, index) => ({
    offset: Math.floor(((rows - limit) * index) / (STRETCHES - 1)),
    limit,
  }))
}

/** Undefined when these columns cannot be read together, or not be told apart. */
async function measureSample(
  table: NativeTable,
  columns: readonly SchemaField[],
  plan: readonly Stretch[],
  rows: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, ArrowBytes> | undefined> {
  const select = columns.map(({ name }) => ({ name }))
  const bytes = new Map<number, number>()
  let sampled = 0
  try {
    for (const stretch of plan) {
      for await (const file of table.page(select, stretch, { timeoutMs: TIMEOUT_MS, signal })) {
        const measured = measureArrow(file, columns)
        if (measured === undefined) return undefined
        sampled += measured.rows
        for (const [id, size] of measured.bytes) bytes.set(id, (bytes.get(id) ?? 0) + size)
      }
    }
  } catch {
    signal.throwIfAborted()
    return undefined
  }
  if (sampled === 0) return undefined
  const scale = rows / sampled
  return new Map([...bytes].map(([id, size]) => [id, { bytes: Math.round(size * scale), isEstimated: scale > 1 }]))
}
