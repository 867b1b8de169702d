import type { Data } from 'apache-arrow'
import { absorb, finishAll, LANES, newStates, resetStates } from './hash-state.ts'
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

/** Hashes of the rows of one batch, valid until the next batch is hashed. */
export interface RowHashes {
  readonly rows: number
  /** `_rowid` of each row. */
  readonly ids: BigUint64Array
  /** The same as 32-bit words, low one first: numbers of 64 bits cost an allocation each. */
  readonly idWords: Int32Array
  /** {@link LANES} words a row. */
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
  hashRows(file: Uint8Array): RowHashes
  hashCells(file: Uint8Array): BatchCells
}

const MASK_BITS = 32

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
    resetStates(key, rows)
    resetStates(content, rows)
    nullKeys.fill(0)
  }

  return {
    hashRows(file) {
      const { ids, columns, rows } = decode(file, plan.columns)
      prepare(rows)
      for (const [number, data] of columns.entries()) {
        // Which cells are null is hashed after the values of 32 columns, one bit each: a word a row, not one a cell.
        if (number % MASK_BITS === 0) nulls.fill(0)
        const states = isKey[number] === true ? key : content
        absorbColumn(data, blobs.has(number), rows, states, nulls, number % MASK_BITS)
        if (isKey[number] === true) markNulls(data, rows, nullKeys)
        if (number % MASK_BITS === MASK_BITS - 1 || number === columns.length - 1) absorbNulls(nulls, rows, content)
      }
      finishAll(key, rows)
      finishAll(content, rows)
      const idWords = new Int32Array(ids.buffer as ArrayBuffer, ids.byteOffset, ids.length * 2)
      return { rows, ids, idWords, key, content, nullKeys }
    },
    hashCells(file) {
      const { ids, columns, rows } = decode(file, plan.columns)
      const cells = columns.map((data, number) => hashColumn(data, blobs.has(number), rows))
      const present = columns.map(validityOf)
      return { ids, cells, isNull: (column, row) => present[column]?.(row) === false }
    },
  }
}

interface Decoded {
  readonly ids: BigUint64Array
  readonly rows: number
  readonly columns: readonly Data[]
}

function decode(file: Uint8Array, columns: number): Decoded {
  const batch = loadArrow().tableFromIPC(file).batches[0]
  if (batch === undefined) return { ids: new BigUint64Array(0), rows: 0, columns: [] }
  return { ids: readTrailingUint64(file), rows: batch.numRows, columns: batch.data.children.slice(0, columns) }
}

function absorbColumn(
  data: Data,
  isBlob: boolean,
  rows: number,
  states: Int32Array,
  nulls: Int32Array,
  bit: number,
): void {
  if (!isBlob && isNeverNull(data)) return absorbWhole(data, states, rows)
  const absorbValue = isBlob ? blobSizeAbsorber(data) : absorberFor(data)
  const isPresent = validityOf(data)
  for (let row = 0, at = 0; row < rows; row++, at += LANES) {
    if (isPresent(row)) absorbValue(states, at, row)
    else nulls[row] = (nulls[row] as number) | (1 << bit)
  }
}

function markNulls(data: Data, rows: number, marks: Uint8Array): void {
  if (isNeverNull(data)) return
  const isPresent = validityOf(data)
  for (let row = 0; row < rows; row++) if (!isPresent(row)) marks[row] = 1
}

function absorbNulls(nulls: Int32Array, rows: number, states: Int32Array): void {
  for (let row = 0, at = 0; row < rows; row++, at += LANES) absorb(states, at, nulls[row] as number)
}

function hashColumn(data: Data, isBlob: boolean, rows: number): Int32Array {
  const states = newStates(rows)
  const nulls = new Int32Array(rows)
  absorbColumn(data, isBlob, rows, states, nulls, 0)
  absorbNulls(nulls, rows, states)
  finishAll(states, rows)
  const cells = new Int32Array(rows * 2)
  for (let row = 0; row < rows; row++) {
    cells[row * 2] = states[row * LANES] as number
    cells[row * 2 + 1] = states[row * LANES + 1] as number
  }
  return cells
}
