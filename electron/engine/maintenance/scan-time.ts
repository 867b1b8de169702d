import type { EngineContext } from '../context.ts'
import type { OpenDataset } from '../context.ts'
import { freeBatches } from '../lance/index.ts'
import { bytesPerRow, openView, READ_TIMEOUT_MS, selectFields, toSelection, type View } from '../rows/index.ts'

/** A sample is at most so many rows and stored bytes: a second of work, and always the same rows. */
const MAX_ROWS = 20_000
const MAX_BYTES = 64 * 1024 * 1024
/** Timed reads; the fastest counts, one before them warms up. */
const RUNS = 3
const BATCH_ROWS = 4096

/** Rows to read, by their position among the live rows of main. */
export interface ScanSample {
  readonly from: number
  readonly rows: number
}

/** A bounded sample of a version from a position on; undefined when there are no rows. */
export function chooseSample(
  { manifest }: Pick<View, 'manifest'>,
  from: number,
  available: number,
): ScanSample | undefined {
  const perRow = Math.max(1, bytesPerRow(manifest))
  const rows = Math.min(available, MAX_ROWS, Math.max(1, Math.floor(MAX_BYTES / perRow)))
  return rows <= 0 ? undefined : { from, rows }
}

/** Milliseconds to read a sample in full; undefined when it cannot be read, which must not fail what it is to prove. */
export async function timeScan(
  context: EngineContext,
  dataset: OpenDataset,
  version: number,
  { from, rows }: ScanSample,
): Promise<number | undefined> {
  try {
    const view = await openView(context, { dataset: dataset.handle, ref: { version } })
    const select = toSelection(view.manifest, selectFields(view.manifest, undefined))
    let best = Number.POSITIVE_INFINITY
    for (let run = 0; run <= RUNS; run++) {
      const began = performance.now()
      let read = 0
      const limits = { timeoutMs: READ_TIMEOUT_MS, batchRows: BATCH_ROWS }
      for await (const file of view.table.page(select, { offset: from, limit: rows }, limits)) read += file.byteLength
      if (run > 0 && read > 0) best = Math.min(best, performance.now() - began)
      // Else the proof of a job would need more memory than the job.
      freeBatches()
    }
    return Number.isFinite(best) ? best : undefined
  } catch {
    return undefined
  }
}
