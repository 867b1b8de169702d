import { tableFromIPC, type Table } from '@uwdata/flechette'
import type { ParquetFile, RecordBatch } from 'parquet-wasm/esm'
import { brokeParser } from '../../parsing/index.ts'
import { unreadable } from '../errors.ts'
import { EXACT } from '../typed/text.ts'
import type { TypedRows } from '../typed/read.ts'
import { openFileBlob } from './file-blob.ts'
import { loadParquet, reserveMemory } from './module.ts'

const BATCH_BYTES = 16 * 1024 ** 2
const BATCH_ROWS = 65_536
/** Row groups up to this size, unpacked, are read at once, which is faster; larger ones batch by batch. */
const MAX_WHOLE_BYTES = 128 * 1024 ** 2

export interface RowGroup {
  readonly rows: number
  /** Unpacked, as the file says. */
  readonly byteLength: number
  /** As it lies in the file. */
  readonly packedLength: number
}

export interface OpenParquet {
  readonly file: ParquetFile
  readonly rows: number
  readonly groups: readonly RowGroup[]
}

/** Opens a Parquet file; only its footer is read. Fails with `unreadable-source`. */
export async function openParquet(path: string, name: string): Promise<OpenParquet> {
  const { ParquetFile } = await loadParquet()
  const blob = await openFileBlob(path)
  return wrapped(name, async () => {
    const file = await ParquetFile.fromFile(blob)
    const metadata = file.metadata()
    const groups = metadata.rowGroups().map((group) => ({
      rows: group.numRows(),
      byteLength: group.totalByteSize(),
      packedLength: group.compressedSize(),
    }))
    return { file, groups, rows: groups.reduce((sum, { rows }) => sum + rows, 0) }
  })
}

export interface RowsWanted {
  readonly columns: readonly string[] | undefined
  /** Row groups that end before this row are passed over. */
  readonly skipRows: number
  /** Nothing is read from here on. */
  readonly endRow: number
}

/** Rows of a file from the row group on that has row `skipRows`. */
export async function* parquetRows(
  { file, groups }: OpenParquet,
  { columns, skipRows, endRow }: RowsWanted,
  name: string,
): AsyncGenerator<TypedRows> {
  let rowStart = 0
  let bytesRead = 0
  for (const [index, group] of groups.entries()) {
    if (rowStart >= endRow) return
    if (rowStart + group.rows > skipRows) {
      const wanted = Math.min(group.rows, endRow - rowStart)
      const perRow = group.byteLength / Math.max(1, group.rows)
      const batchSize = Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH_BYTES / Math.max(1, perRow))))
      const options = {
        rowGroups: [index],
        batchSize,
        ...(columns === undefined ? {} : { columns: [...columns] }),
        ...(wanted === group.rows ? {} : { limit: wanted }),
      }
      if (wanted === group.rows) reserveMemory(group.packedLength + group.byteLength)
      let done = 0
      for await (const batch of readGroup(file, group, options, name)) {
        const bytes = await wrapped(name, () => batch.intoIPCStream())
        const table = decode(bytes, name)
        done += table.numRows
        const progress = (group.packedLength * done) / Math.max(1, group.rows)
        yield {
          table,
          rowStart: rowStart + done - table.numRows,
          byteLength: bytes.length,
          bytesRead: Math.floor(bytesRead + progress),
        }
      }
      if (done !== wanted) throw unreadable(name, 'one of its row groups does not have the rows it says.')
    }
    rowStart += group.rows
    bytesRead += group.packedLength
  }
}

async function* readGroup(
  file: ParquetFile,
  group: RowGroup,
  options: { readonly rowGroups: number[]; readonly batchSize: number; readonly limit?: number },
  name: string,
): AsyncGenerator<RecordBatch> {
  if (group.byteLength <= MAX_WHOLE_BYTES) {
    const table = await wrapped(name, () => file.read(options))
    const { numBatches } = table
    try {
      for (let index = 0; index < numBatches; index++) {
        const batch = table.recordBatch(index)
        if (batch !== undefined) yield batch
      }
    } finally {
      table.free()
    }
    return
  }
  const reader = (
    (await wrapped(name, () => file.stream({ ...options, concurrency: 1 }))) as ReadableStream<RecordBatch>
  ).getReader()
  try {
    for (;;) {
      const { done, value } = await wrapped(name, () => reader.read())
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function decode(bytes: Uint8Array, name: string): Table {
  try {
    return tableFromIPC(bytes, EXACT)
  } catch (cause) {
    throw unreadable(name, `its columns cannot be decoded: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

/** Errors of the Rust side are strings; a panic is a trap, after which its memory is in no state to go on. */
export async function wrapped<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'RuntimeError')
      throw brokeParser(name, 'is damaged, or needs more memory than a file is given', cause)
    const text = typeof cause === 'string' ? cause : cause instanceof Error ? cause.message : String(cause)
    throw unreadable(name, `${text.slice(0, 300)}.`)
  }
}
