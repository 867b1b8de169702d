import { AppError } from '#shared/errors.ts'
import { formatBytes, formatCount } from '#shared/model/format.ts'
import {
  concatIpcFiles,
  freeBatches,
  readWhole,
  readWithBlobs,
  type NativeTable,
  type NewDataset,
} from '../lance/index.ts'

/** Rows per batch read; small enough for wide rows. */
const BATCH_ROWS = 4096
/** With dictionaries every batch becomes a fragment. */
const BATCH_ROWS_WITH_DICTIONARIES = 65_536
/** Rows of a fragment are held until it is written: without a wanted size as many as make this much. */
const FRAGMENT_BYTES = 64 * 1024 * 1024
/** Lance reads ahead whatever it is asked for, so it is asked for so much at a time. */
const WINDOW_BYTES = 16 * 1024 * 1024
/** A wanted fragment that takes more memory is refused. */
const MAX_FRAGMENT_BYTES = 1024 * 1024 * 1024
const BATCH_TIMEOUT_MS = 120_000

export interface CopyRows {
  readonly rows: number
  /** Position of the first one; absent = 0. */
  readonly from?: number | undefined
  /** Undefined = by bytes. */
  readonly rowsPerFragment: number | undefined
  readonly maxRowsPerFragment: number
  readonly hasDictionaries: boolean
  readonly storedBytesPerRow: number
  /** Columns of blobs, whose bytes are copied. */
  readonly blobs: readonly string[]
  readonly signal: AbortSignal
  /** Told the rows written so far. */
  onRows(done: number): void
}

/** Writes the rows of a version into a new dataset, a fragment at a time; how many were written. */
export async function copyRows(
  source: NativeTable,
  target: NewDataset,
  {
    rows,
    from = 0,
    rowsPerFragment,
    maxRowsPerFragment,
    hasDictionaries,
    storedBytesPerRow,
    blobs,
    signal,
    onRows,
  }: CopyRows,
): Promise<number> {
  const limit = rowsPerFragment ?? maxRowsPerFragment
  const windowRows = Math.max(1, Math.floor(WINDOW_BYTES / Math.max(1, storedBytesPerRow)))
  const batchRows = Math.min(windowRows, hasDictionaries ? BATCH_ROWS_WITH_DICTIONARIES : BATCH_ROWS)
  const enoughBytes = rowsPerFragment === undefined ? FRAGMENT_BYTES : Number.POSITIVE_INFINITY
  let done = 0
  while (done < rows) {
    const held: Buffer[] = []
    let heldBytes = 0
    let heldRows = 0
    const wanted = Math.min(limit, rows - done)
    while (heldRows < wanted && heldBytes < enoughBytes) {
      const window = { offset: from + done + heldRows, limit: Math.min(windowRows, wanted - heldRows) }
      const before = heldRows
      for await (const file of readWindow(source, window, batchRows, blobs)) {
        signal.throwIfAborted()
        held.push(file.bytes)
        heldBytes += file.bytes.byteLength
        heldRows += file.rows
        if (rowsPerFragment !== undefined && heldBytes > MAX_FRAGMENT_BYTES) throw tooLarge(rowsPerFragment, heldRows)
      }
      if (heldRows === before) break
    }
    if (heldRows === 0) break
    await write(target, held)
    held.length = 0
    freeBatches()
    done += heldRows
    onRows(done)
  }
  return done
}

function readWindow(
  source: NativeTable,
  window: { readonly offset: number; readonly limit: number },
  batchRows: number,
  blobs: readonly string[],
): AsyncGenerator<{ readonly bytes: Buffer; readonly rows: number }> {
  if (blobs.length > 0) return readWithBlobs(source, window, blobs, BATCH_TIMEOUT_MS)
  return readWhole(source, window, { batchRows: Math.min(batchRows, window.limit), timeoutMs: BATCH_TIMEOUT_MS })
}

/** One commit where the batches can be joined; with dictionaries one for each batch. */
async function write(target: NewDataset, files: readonly Buffer[]): Promise<void> {
  const joined = concatIpcFiles(files)
  if (joined !== undefined) return target.add(joined)
  for (const file of files) await target.add(file)
}

function tooLarge(rowsPerFragment: number, rows: number): AppError {
  return new AppError({
    code: 'too-large',
    message: `A fragment of ${formatCount(rowsPerFragment)} rows does not fit: ${formatCount(rows)} rows take ${formatBytes(MAX_FRAGMENT_BYTES)} of memory. Nothing was written.`,
    hint: 'Ask for fewer rows per fragment.',
    detail: { rowsPerFragment },
  })
}
