import { tableFromIPC, type Table } from '@uwdata/flechette'
import { AppError } from '#shared/errors.ts'
import type { ReaderOptions, RecordBatch, Table as ParquetTable } from 'parquet-wasm/esm'
import { brokeParser } from '../../parsing/index.ts'
import { unreadable } from '../errors.ts'
import { EXACT } from '../typed/text.ts'
import type { TypedRows } from '../typed/read.ts'
import { openFileBlob, type FileBlob } from './file-blob.ts'
import { loadParquet, reserveMemory } from './module.ts'

const BATCH_BYTES = 16 * 1024 ** 2
const BATCH_ROWS = 65_536
/** A row group is read piece by piece, of so many batches but for the first, so that others work on one while the next is read. */
const BATCHES_A_PIECE = 2
/** Where pages have no index a piece costs a copy of the whole row group: pieces are as many at most, and so large at least. */
const PIECES_WITHOUT_INDEX = 4
const BATCHES_WITHOUT_INDEX = 8
/** With an index only the pages of a piece are read, and some at its edges. */
export const MOST_OF_GROUP = 0.9

export interface RowGroup {
  readonly rows: number
  /** Unpacked, as the file says. */
  readonly byteLength: number
  /** As it lies in the file. */
  readonly packedLength: number
  /** The same of some columns. */
  packedLengthOf(columns: readonly string[]): number
}

export interface OpenParquet extends Pick<FileBlob, 'bytesFetched' | 'keep'> {
  /** Fails with `unreadable-source`, or `too-large` where a row group cannot be held. */
  read(options: ReaderOptions): Promise<ParquetTable>
  readonly rows: number
  readonly groups: readonly RowGroup[]
}

/** Opens a Parquet file; only its footer is read. Fails with `unreadable-source`. */
export async function openParquet(path: string, name: string): Promise<OpenParquet> {
  const { ParquetFile } = await loadParquet()
  const { blob, refusal, bytesFetched, keep } = await openFileBlob(path, name)
  return wrapped(name, async () => {
    const file = await ParquetFile.fromFile(blob)
    const metadata = file.metadata()
    const groups = metadata.rowGroups().map((group) => ({
      rows: group.numRows(),
      byteLength: group.totalByteSize(),
      packedLength: group.compressedSize(),
      packedLengthOf: (columns: readonly string[]) =>
        group
          .columns()
          .filter((column) => columns.includes(column.columnPath()[0] ?? ''))
          .reduce((sum, column) => sum + column.compressedSize(), 0),
    }))
    const read = (options: ReaderOptions): Promise<ParquetTable> =>
      wrapped(name, () => Promise.race([file.read(options), refusal]))
    return { read, groups, rows: groups.reduce((sum, { rows }) => sum + rows, 0), bytesFetched, keep }
  })
}

export interface RowsWanted {
  readonly columns: readonly string[] | undefined
  /** Row groups that end before this row are passed over. */
  readonly skipRows: number
  /** Nothing is read from here on. */
  readonly endRow: number
}

/** Rows of a file from row `skipRows` on. */
export async function* parquetRows(
  parquet: OpenParquet,
  { columns, skipRows, endRow }: RowsWanted,
  name: string,
): AsyncGenerator<TypedRows> {
  let rowStart = 0
  let bytesBefore = 0
  for (const [index, group] of parquet.groups.entries()) {
    if (rowStart >= endRow) return
    const range = { start: Math.max(0, skipRows - rowStart), end: Math.min(group.rows, endRow - rowStart) }
    let row = range.start
    for await (const bytes of groupRows(parquet, index, { columns, ...range }, name)) {
      const table = decode(bytes, name)
      const bytesRead = Math.floor(bytesBefore + (group.packedLength * (row + table.numRows)) / Math.max(1, group.rows))
      yield { table, rowStart: rowStart + row, byteLength: bytes.length, bytesRead }
      row += table.numRows
    }
    if (row < range.end) throw unreadable(name, 'one of its row groups does not have the rows it says.')
    rowStart += group.rows
    bytesBefore += group.packedLength
  }
}

interface GroupRange {
  readonly columns: readonly string[] | undefined
  /** Rows of the group. */
  readonly start: number
  readonly end: number
}

/** Rows of a row group as Arrow IPC streams of a batch each. */
async function* groupRows(
  { read, groups, bytesFetched, keep }: OpenParquet,
  index: number,
  { columns, start, end }: GroupRange,
  name: string,
): AsyncGenerator<Uint8Array> {
  const group = groups[index] as RowGroup
  const perRow = group.byteLength / Math.max(1, group.rows)
  const batchSize = Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH_BYTES / Math.max(1, perRow))))
  const packedLength = columns === undefined ? group.packedLength : group.packedLengthOf(columns)
  const base = { rowGroups: [index], batchSize, ...(columns === undefined ? {} : { columns: [...columns] }) }
  let perPiece = batchSize
  // Until it is known whether the next piece asks for the same.
  keep(end - start > perPiece)
  try {
    for (let row = start; row < end;) {
      const limit = Math.min(perPiece, end - row)
      reserveMemory(packedLength + limit * perRow)
      const fetchedBefore = bytesFetched()
      const table = await read({ ...base, offset: row, limit })
      const isIndexed = bytesFetched() - fetchedBefore <= packedLength * MOST_OF_GROUP
      if (isIndexed) keep(false)
      perPiece = isIndexed
        ? batchSize * BATCHES_A_PIECE
        : Math.max(batchSize * BATCHES_WITHOUT_INDEX, Math.ceil(group.rows / PIECES_WITHOUT_INDEX))
      try {
        for (let batch = 0; batch < table.numBatches; batch++) {
          yield await wrapped(name, () => (table.recordBatch(batch) as RecordBatch).intoIPCStream())
        }
      } finally {
        table.free()
      }
      row += limit
    }
  } finally {
    keep(false)
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
    if (cause instanceof AppError) throw cause
    if (cause instanceof Error && cause.name === 'RuntimeError')
      throw brokeParser(name, 'is damaged, or needs more memory than a file is given', cause)
    const text = typeof cause === 'string' ? cause : cause instanceof Error ? cause.message : String(cause)
    throw unreadable(name, `${text.slice(0, 300)}.`)
  }
}
