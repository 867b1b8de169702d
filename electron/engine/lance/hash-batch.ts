import type { Data } from 'apache-arrow'
import { absorb, finish, finishAll, LANES, newStates, resetStates } from './hash-state.ts'
import { absorberFor, absorbWhole, blobSizeAbsorber, isNeverNull, validityOf } from './hash-values.ts'
import { readTrailingUint64 } from './ipc-file.ts'
import { loadArrow } from './module.ts'

/** What of a batch is hashed; columns by their number in the batch, the trailing `_rowid` not counted. */
export interface HashPlan {
  readonly columns: number
  /** Columns that make the key; the others make the content. */
  readonly key: readonly number[]
  /** Blob columns, of which only the size counts. */
  readonly blobs: readonly number[]
}

/** The rows of one batch, decoded as far as hashing and comparing need it. */
export interface RowBatch {
  readonly rows: number
  /** `_rowid` of each row. */
  readonly ids: BigUint64Array
  /** The same as 32-bit words, low one first: numbers of 64 bits cost an allocation each. */
  readonly idWords: Int32Array
  /** All but the trailing `_rowid`. */
  readonly columns: readonly Data[]
}

/** Rows of a batch to hash, ascending; undefined = all. Those with content are among those with a key. */
export interface PickedRows {
  readonly key: Int32Array | undefined
  readonly content: Int32Array | undefined
}

/** Hashes of the rows of one batch, valid until the next batch is hashed; of rows not picked they mean nothing. */
export interface RowHashes {
  /** {@link LANES} words a row; without key columns not filled in. */
  readonly key: Int32Array
  /** {@link LANES} words a row. */
  readonly content: Int32Array
  /** 1 = some column of the row's key is null. */
  readonly nullKeys: Uint8Array
}

/** Hashes of the cells of one batch. */
export interface BatchCells {
  readonly ids: BigUint64Array
  /** Column by column, two words a row. */
  readonly cells: readonly Int32Array[]
  isNull(column: number, row: number): boolean
}

/** Hashes batches of one selection of columns. */
export interface BatchHasher {
  decode(file: Uint8Array): RowBatch
  hashRows(batch: RowBatch, picked?: PickedRows): RowHashes
  hashCells(file: Uint8Array): BatchCells
}

const MASK_BITS = 32

/** Reuses its memory from batch to batch. */
export function createBatchHasher(plan: HashPlan): BatchHasher {
  const isKey = Array.from({ length: plan.columns }, (_, column) => plan.key.includes(column))
  const blobs = new Set(plan.blobs)
  let capacity = 0
  let key = new Int32Array(0)
  let content = new Int32Array(0)
  let nulls = new Int32Array(0)
  let nullKeys = new Uint8Array(0)

  const prepare = (rows: number): void => {
    if (rows > capacity) {
      capacity = rows
      key = new Int32Array(rows * LANES)
      content = new Int32Array(rows * LANES)
      nulls = new Int32Array(rows)
      nullKeys = new Uint8Array(rows)
    }
    nullKeys.fill(0)
  }

  const decode = (file: Uint8Array): RowBatch => decodeBatch(file, plan.columns)

  return {
    decode,
    hashRows({ columns, rows }, picked = { key: undefined, content: undefined }) {
      prepare(rows)
      if (plan.key.length > 0) resetRows(key, rows, picked.key)
      resetRows(content, rows, picked.content)
      for (const [number, data] of columns.entries()) {
        // Which cells are null is hashed after the values of 32 columns, one bit each: a word a row, not one a cell.
        if (number % MASK_BITS === 0) nulls.fill(0)
        const target =
          isKey[number] === true ? { states: key, picked: picked.key } : { states: content, picked: picked.content }
        absorbColumn(data, blobs.has(number), { ...target, rows, nulls, bit: number % MASK_BITS })
        if (isKey[number] === true) markNulls(data, rows, nullKeys)
        if (number % MASK_BITS === MASK_BITS - 1 || number === columns.length - 1) {
          absorbNulls(nulls, rows, content, picked.content)
        }
      }
      if (plan.key.length > 0) finishRows(key, rows, picked.key)
      finishRows(content, rows, picked.content)
      return { key, content, nullKeys }
    },
    hashCells(file) {
      const { ids, columns, rows } = decode(file)
      const cells = columns.map((data, number) => hashColumn(data, blobs.has(number), rows))
      const present = columns.map(validityOf)
      return { ids, cells, isNull: (column, row) => present[column]?.(row) === false }
    },
  }
}

function decodeBatch(file: Uint8Array, columns: number): RowBatch {
  const batch = loadArrow().tableFromIPC(file).batches[0]
  const ids = batch === undefined ? new BigUint64Array(0) : readTrailingUint64(file)
  const idWords = new Int32Array(ids.buffer as ArrayBuffer, ids.byteOffset, ids.length * 2)
  return { rows: batch?.numRows ?? 0, ids, idWords, columns: batch?.data.children.slice(0, columns) ?? [] }
}

interface AbsorbTarget {
  readonly states: Int32Array
  readonly rows: number
  readonly picked: Int32Array | undefined
  /** Gets the bit of every cell that is null. */
  readonly nulls: Int32Array
  readonly bit: number
}

function absorbColumn(data: Data, isBlob: boolean, { states, rows, picked, nulls, bit }: AbsorbTarget): void {
  if (picked === undefined && !isBlob && isNeverNull(data)) return absorbWhole(data, states, rows)
  const absorbValue = isBlob ? blobSizeAbsorber(data) : absorberFor(data)
  const isPresent = validityOf(data)
  const count = picked?.length ?? rows
  for (let index = 0; index < count; index++) {
    const row = picked === undefined ? index : (picked[index] as number)
    if (isPresent(row)) absorbValue(states, row * LANES, row)
    else nulls[row] = (nulls[row] as number) | (1 << bit)
  }
}

function markNulls(data: Data, rows: number, marks: Uint8Array): void {
  if (isNeverNull(data)) return
  const isPresent = validityOf(data)
  for (let row = 0; row < rows; row++) if (!isPresent(row)) marks[row] = 1
}

function absorbNulls(nulls: Int32Array, rows: number, states: Int32Array, picked: Int32Array | undefined): void {
  const count = picked?.length ?? rows
  for (let index = 0; index < count; index++) {
    const row = picked === undefined ? index : (picked[index] as number)
    absorb(states, row * LANES, nulls[row] as number)
  }
}

function resetRows(states: Int32Array, rows: number, picked: Int32Array | undefined): void {
  if (picked === undefined) resetStates(states, 0, rows)
  else for (const row of picked) resetStates(states, row, row + 1)
}

function finishRows(states: Int32Array, rows: number, picked: Int32Array | undefined): void {
  if (picked === undefined) finishAll(states, rows)
  else for (const row of picked) finish(states, row * LANES)
}

/** Hashes of the values of one column, two words a row; null is a value like others. */
export function hashColumn(data: Data, isBlob: boolean, rows: number): Int32Array {
  const states = newStates(rows)
  const nulls = new Int32Array(rows)
  absorbColumn(data, isBlob, { states, rows, picked: undefined, nulls, bit: 0 })
  absorbNulls(nulls, rows, states, undefined)
  finishAll(states, rows)
  const cells = new Int32Array(rows * 2)
  for (let row = 0; row < rows; row++) {
    cells[row * 2] = states[row * LANES] as number
    cells[row * 2 + 1] = states[row * LANES + 1] as number
  }
  return cells
}
