import type { Data, Field, RecordBatch, Schema } from 'apache-arrow'
import { AppError } from '#shared/errors.ts'
import { canonicalJson } from './canonical-json.ts'
import { castFor, isSameType, nulls, type Cast } from './cast-data.ts'
import { pickRows } from './gather.ts'
import { createBatchHasher, type BatchHasher, type RowHashes } from './hash-batch.ts'
import { loadArrow } from './module.ts'
import { isBlobField, vectorField, type RowsSchema } from './rows-schema.ts'

/** Rows on their way into a dataset. Opaque outside of this folder but for `rows`. */
export interface RowsBatch {
  readonly rows: number
  /** For this folder. */
  readonly schema: Schema
  readonly columns: readonly Data[]
  /** The Arrow IPC file it came as, while nothing of it was changed. */
  readonly file: Buffer | undefined
}

/** The batches of an Arrow IPC file. */
export function decodeRows(file: Uint8Array): readonly RowsBatch[] {
  const { schema, batches } = loadArrow().tableFromIPC(file)
  const whole = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  return batches
    .filter(({ numRows }) => numRows > 0)
    .map((batch: RecordBatch) => ({
      rows: batch.numRows,
      schema,
      columns: batch.data.children,
      file: batches.length === 1 ? whole : undefined,
    }))
}

/** The batch as an Arrow IPC file. */
export function encodeRows({ rows, schema, columns, file }: RowsBatch): Buffer {
  if (file !== undefined) return file
  const { makeData, RecordBatch: Batch, Struct, Table, tableToIPC } = loadArrow()
  const type = new Struct(schema.fields)
  // A column that is there twice is copied: Arrow's writer takes neighbouring pieces of one buffer for one piece.
  const children = columns.map((column, index) =>
    columns.indexOf(column) === index ? column : pickRows(column, { starts: [0], ends: [rows] }),
  )
  const data = makeData({ type, length: rows, nullCount: 0, children })
  const bytes = tableToIPC(new Table(schema, [new Batch(schema, data)]), 'file')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Brings batches into the columns of a dataset, as {@link import('./rows-schema.ts').matchColumns} found them to fit. */
export function createAligner(
  target: RowsSchema,
  /** Column of the dataset to column of the rows; absent or null = null. */
  sources: ReadonlyMap<string, string | null>,
): (batch: RowsBatch) => RowsBatch {
  let known: Schema | undefined
  let steps: readonly ((batch: RowsBatch) => Data)[] = []
  let isIdentity = false
  const learn = (schema: Schema): void => {
    known = schema
    const plans = target.arrow.fields.map((field) => planOf(field, schema, sources.get(field.name) ?? null))
    steps = plans.map(({ step }) => step)
    isIdentity =
      plans.length === schema.fields.length &&
      plans.every(({ from, isSame }, index) => isSame && from === index) &&
      target.arrow.fields.every(({ name }, index) => schema.fields[index]?.name === name)
  }
  return (batch) => {
    if (known !== batch.schema) learn(batch.schema)
    if (isIdentity) return batch
    return { rows: batch.rows, schema: target.arrow, columns: steps.map((step) => step(batch)), file: undefined }
  }
}

interface ColumnStep {
  readonly from: number
  readonly isSame: boolean
  readonly step: (batch: RowsBatch) => Data
}

function planOf(field: Field, schema: Schema, source: string | null): ColumnStep {
  const from = source === null ? -1 : schema.fields.findIndex(({ name }) => name === source)
  const column = schema.fields[from]
  if (column === undefined) return { from, isSame: false, step: ({ rows }) => nulls(field.type, rows) }
  const cast: Cast | undefined = castFor(column.type, field.type)
  if (cast === undefined) {
    throw new AppError({
      code: 'schema-mismatch',
      message: `Its column "${column.name}" is ${String(column.type)}, which cannot become ${String(field.type)} without loss.`,
      hint: 'Import it by itself, or into a column of its own.',
    })
  }
  // The type and what Lance makes of it: a text that is JSON is stored as such.
  const isSame = isSameType(column.type, field.type) && hasSameExtension(column, field)
  return { from, isSame, step: ({ columns }) => cast(columns[from] as Data) }
}

/** Rows by number, ascending. */
export function pickFromBatch(batch: RowsBatch, picked: Int32Array): RowsBatch {
  if (picked.length === batch.rows) return batch
  const starts: number[] = []
  const ends: number[] = []
  for (const row of picked) {
    if (ends.at(-1) === row) ends[ends.length - 1] = row + 1
    else {
      starts.push(row)
      ends.push(row + 1)
    }
  }
  const columns = batch.columns.map((data) => pickRows(data, { starts, ends }))
  return { rows: picked.length, schema: batch.schema, columns, file: undefined }
}

/** Memory the columns take, about. */
export function sizeOfBatch({ columns, file }: RowsBatch): number {
  return file?.byteLength ?? columns.reduce((sum, data) => sum + data.byteLength, 0)
}

/** Texts of a column; undefined when the batch has none of this name or it holds no texts. */
export function textsOf(batch: RowsBatch, column: string): readonly (string | null)[] | undefined {
  const index = batch.schema.fields.findIndex(({ name }) => name === column)
  const data = batch.columns[index]
  const { DataType: is, Vector } = loadArrow()
  if (data === undefined || (!is.isUtf8(data.type) && !is.isLargeUtf8(data.type))) return undefined
  return Array.from(new Vector([data]) as Iterable<string | null>)
}

/** The batch with vectors in one of its columns; null where there is none. */
export function withVectors(
  batch: RowsBatch,
  column: string,
  dimension: number,
  vectors: readonly (readonly number[] | null)[],
): RowsBatch {
  const { makeData } = loadArrow()
  const made = vectorField({ name: column, dimension, metadata: {} })
  const values = new Float32Array(batch.rows * dimension)
  const nullBitmap = new Uint8Array(Math.ceil(batch.rows / 8))
  let nullCount = 0
  for (let row = 0; row < batch.rows; row++) {
    const vector = vectors[row] ?? null
    if (vector === null) {
      nullCount++
      continue
    }
    values.set(vector, row * dimension)
    nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) | (1 << (row & 7))
  }
  const item = (made.type.children as readonly Field[])[0] as Field
  const child = makeData({ type: item.type, length: values.length, nullCount: 0, data: values } as never)
  const nulls = nullCount > 0 ? { nullBitmap } : {}
  const data: Data = makeData({ type: made.type, length: batch.rows, nullCount, ...nulls, child } as never)
  const index = batch.schema.fields.findIndex(({ name }) => name === column)
  const field = batch.schema.fields[index]
  const cast = field === undefined ? undefined : castFor(made.type, field.type)
  if (cast === undefined) throw new Error(`no column ${column} for vectors of ${dimension} numbers`)
  return { ...batch, columns: batch.columns.with(index, cast(data)), file: undefined }
}

/** 128 bits a row, the same for equal rows within this process. */
export interface RowDigests {
  /** Four words a row; valid until the next batch is digested. */
  readonly words: Int32Array
  /** 1 = some column of the row's key is null. */
  readonly nullKeys: Uint8Array
}

export interface RowDigester {
  /** Columns it looks at. */
  readonly columns: readonly string[]
  digest(batch: RowsBatch): RowDigests
  /** Of a file read from a dataset: exactly the columns, and `_rowid` at its end. */
  digestStored(file: Uint8Array): RowDigests & { readonly rows: number }
}

/** Digests rows by some of their columns; `content` = by all but blobs and the one named. */
export function createRowDigester(
  schema: RowsSchema,
  by: readonly string[] | 'content',
  without?: string,
): RowDigester {
  const compared = schema.arrow.fields.filter((field) => !isBlobField(field) && field.name !== without)
  const columns = by === 'content' ? compared.map(({ name }) => name) : [...by]
  const json = new Set(schema.columns.filter(({ type }) => type === 'json').map(({ name }) => name))
  const comparable = (data: Data, index: number): Data => (json.has(columns[index] ?? '') ? canonicalJson(data) : data)
  // In the content of a row a null is a value like others; in a key it makes the row unlike any other.
  const isKey = by !== 'content'
  const key = isKey ? columns.map((_, index) => index) : []
  const hasher: BatchHasher = createBatchHasher({ columns: columns.length, key, blobs: [] })
  const digestsOf = ({ key: keys, content, nullKeys }: RowHashes): RowDigests => ({
    words: isKey ? keys : content,
    nullKeys,
  })
  const none = { ids: new BigUint64Array(0), idWords: new Int32Array(0) }
  return {
    columns,
    digest(batch) {
      const picked = columns.map((name) => {
        const data = batch.columns[batch.schema.fields.findIndex((field) => field.name === name)]
        if (data === undefined) throw new Error(`no column ${name} in the rows`)
        return data
      })
      return digestsOf(hasher.hashRows({ rows: batch.rows, ...none, columns: picked.map(comparable) }))
    },
    digestStored(file) {
      const batch = hasher.decode(file)
      const hashes = hasher.hashRows({ ...batch, columns: batch.columns.map(comparable) })
      return { ...digestsOf(hashes), rows: batch.rows }
    },
  }
}

function hasSameExtension(a: Field, b: Field): boolean {
  const key = 'ARROW:extension:name'
  return a.metadata.get(key) === b.metadata.get(key)
}
