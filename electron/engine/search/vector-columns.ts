import { AppError } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Manifest } from '../format/types.ts'

/** A column that can be searched by vector. */
export interface VectorColumn {
  readonly name: string
  readonly dimension: number
  /** A list of vectors a row. */
  readonly isMulti: boolean
  /** Vectors of bytes, which Lance compares bit by bit. */
  readonly isBytes: boolean
  /** Largest number its vectors can hold. */
  readonly largest: number
}

const MAX_FLOAT = 3.402_823_466_385_288_6e38
const MAX_HALF = 65_504

/** Element types Lance 12 searches; int8, int64 and booleans are refused. */
const SEARCHABLE = /^fixed_size_list:(halffloat|float|double|uint8|lance\.bfloat16)(?::|$)/

/** Top-level columns that can be searched by vector, in schema order. */
export function vectorColumns(manifest: Manifest): readonly VectorColumn[] {
  return manifest.schema.flatMap((field) => toVectorColumn(field) ?? [])
}

function toVectorColumn(field: SchemaField): VectorColumn | undefined {
  const inner = field.children[0]
  const isMulti = field.logicalType.startsWith('list') && inner?.logicalType.startsWith('fixed_size_list') === true
  const vector = isMulti ? inner : field
  if (vector?.dimension === undefined || !SEARCHABLE.test(vector.logicalType)) return undefined
  return {
    name: field.name,
    dimension: vector.dimension,
    isMulti,
    isBytes: vector.logicalType.startsWith('fixed_size_list:uint8'),
    // Lance takes queries in single precision, also for columns of double.
    largest: vector.logicalType.startsWith('fixed_size_list:halffloat') ? MAX_HALF : MAX_FLOAT,
  }
}

/**
 * The column to search: the named one, or the only one of that many dimensions. `invalid-vector` says which there are.
 * Without a dimension (the vectors come from a row) the first will do when there is only one.
 */
export function chooseVectorColumn(
  manifest: Manifest,
  name: string | undefined,
  dimension: number | undefined,
): VectorColumn {
  const columns = vectorColumns(manifest)
  const known = columns.map((column) => `"${column.name}" (${column.dimension})`).join(', ')
  if (columns.length === 0) {
    throw invalidVector(
      'No column of this version can be searched by vector.',
      'Columns of half, single or double precision vectors can be searched, and of bytes.',
    )
  }
  if (name !== undefined) {
    const column = columns.find((candidate) => candidate.name === name)
    if (column === undefined) {
      const exists = manifest.schema.some((field) => field.name === name)
      if (exists) throw invalidVector(`The column "${name}" cannot be searched by vector.`, `These can: ${known}.`)
      throw new AppError({
        code: 'unknown-column',
        message: `There is no column "${name}" in this version.`,
        hint: `Columns that can be searched by vector: ${known}.`,
        detail: { column: name },
      })
    }
    if (dimension !== undefined && column.dimension !== dimension) {
      throw invalidVector(
        `The vector has ${formatNoun(dimension, 'number')}, and the vectors of "${name}" have ${column.dimension}.`,
        'Use a vector made by the same model as the column.',
      )
    }
    return column
  }
  const fitting = dimension === undefined ? columns : columns.filter((column) => column.dimension === dimension)
  const [only, another] = fitting
  if (only === undefined) {
    throw invalidVector(`No column holds vectors of ${dimension} numbers.`, `There are: ${known}.`)
  }
  if (another !== undefined) {
    throw invalidVector('Several columns could be searched.', `Say which one: ${known}.`)
  }
  return only
}

export function invalidVector(message: string, hint: string): AppError {
  return new AppError({ code: 'invalid-vector', message, hint })
}
