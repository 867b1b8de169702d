import type { SchemaField } from '#shared/model/schema.ts'
import { openArrowFile, type ArrowFile } from './arrow-file.ts'
import { damageOf } from './corrupt.ts'
import type { FlatTable } from './flatbuffer.ts'

/** Buffers a type has of its own (Schema.fbs `Type`, numbered), besides those of its children. */
const OWN_BUFFERS: Readonly<Record<number, number>> = {
  1: 0, // Null
  2: 2, // Int
  3: 2, // FloatingPoint
  4: 3, // Binary
  5: 3, // Utf8
  6: 2, // Bool
  7: 2, // Decimal
  8: 2, // Date
  9: 2, // Time
  10: 2, // Timestamp
  11: 2, // Interval
  12: 2, // List
  13: 1, // Struct
  15: 2, // FixedSizeBinary
  16: 1, // FixedSizeList
  17: 2, // Map
  18: 2, // Duration
  19: 3, // LargeBinary
  20: 3, // LargeUtf8
  21: 2, // LargeList
}
const NAME = 0
const TYPE = 2
const DICTIONARY = 4
const CHILDREN = 5
const MAX_DEPTH = 64

/** Rows of a file and bytes of the Arrow buffers by field id. */
export interface ArrowSizes {
  readonly rows: number
  readonly bytes: ReadonlyMap<number, number>
}

/**
 * Sizes of the Arrow buffers of each field of some top-level columns in an Arrow IPC file, without decoding a value; a list
 * or struct has its own, apart from those of its children. Undefined when the file has types whose buffers cannot be
 * told apart (views, unions, dictionaries). Throws `corrupt-data`.
 */
export function measureArrow(file: Uint8Array, columns: readonly SchemaField[]): ArrowSizes | undefined {
  return damageOf('Arrow file', () => {
    const opened = openArrowFile(file)
    const byName = new Map(columns.map((column) => [column.name, column]))
    const bytes = new Map<number, number>()
    let rows = 0
    for (const batch of opened.batches) {
      if (batch.isZstd) return undefined
      rows += batch.rows
      if (!measureBatch(opened, batch.buffers, byName, bytes)) return undefined
    }
    return { rows, bytes }
  })
}

type Buffers = ArrowFile['batches'][number]['buffers']

function measureBatch(
  { fields }: ArrowFile,
  buffers: Buffers,
  byName: ReadonlyMap<string, SchemaField>,
  bytes: Map<number, number>,
): boolean {
  const cursor = { next: 0 }
  const take = (count: number): number => {
    const own = buffers.slice(cursor.next, cursor.next + count)
    cursor.next += count
    return own.reduce((sum, { length }) => sum + length, 0)
  }
  const add = (id: number, size: number): void => void bytes.set(id, (bytes.get(id) ?? 0) + size)
  return fields.every((field) => measureField(field, byName.get(field.text(NAME)), { take, add }, 0))
}

interface Measuring {
  take(buffers: number): number
  add(fieldId: number, bytes: number): void
}

/** False when the type's buffers are unknown. A schema field whose children differ from Arrow's counts as one leaf. */
function measureField(field: FlatTable, schema: SchemaField | undefined, measuring: Measuring, depth: number): boolean {
  const own = OWN_BUFFERS[field.uint8(TYPE)]
  if (own === undefined || field.table(DICTIONARY) !== undefined || depth > MAX_DEPTH) return false
  const size = measuring.take(own)
  if (schema !== undefined) measuring.add(schema.id, size)
  const children = field.tables(CHILDREN)
  const isAlike = schema !== undefined && schema.children.length === children.length
  return children.every((child, index) =>
    measureField(child, isAlike ? schema.children[index] : schema, measuring, depth + 1),
  )
}
