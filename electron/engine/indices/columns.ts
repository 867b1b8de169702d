import { AppError } from '#shared/errors.ts'
import type { IndexType } from '#shared/model/index-entry.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Manifest } from '../format/types.ts'
import { closeMatches, isAddressable, quoteIdentifier } from '../lance/index.ts'

/** A column an index is to be built on. */
export interface IndexColumn {
  /** Names joined by dots, as Lance takes it. */
  readonly path: string
  /** The column in SQL. */
  readonly sql: string
  readonly field: SchemaField
  /** Set where each row holds a vector, or a list of them. */
  readonly vector?: VectorShape
}

export interface VectorShape {
  readonly dimension: number
  /** Bytes of one number. */
  readonly elementBytes: number
  /** Several vectors a row. */
  readonly isMulti: boolean
  /** Vectors of bytes, which Lance compares bit by bit. */
  readonly isBytes: boolean
}

/** The column of a name, or of a dotted path into structs; `unknown-column` with names like it otherwise. */
export function requireIndexColumn({ schema }: Manifest, path: string): IndexColumn {
  const found = findField(schema, path)
  if (found !== undefined) {
    const vector = toVectorShape(found.field)
    const sql = found.names.map(quoteIdentifier).join('.')
    return { path, sql, field: found.field, ...(vector === undefined ? {} : { vector }) }
  }
  const similar = closeMatches(path, [...allPaths(schema, '')])
  throw new AppError({
    code: 'unknown-column',
    message: `There is no column "${path}" in this version.`,
    hint:
      similar.length > 0 ? `Did you mean ${similar.map((name) => `"${name}"`).join(' or ')}?` : 'Reload the schema.',
    detail: { column: path },
  })
}

function findField(
  fields: readonly SchemaField[],
  path: string,
): { readonly field: SchemaField; readonly names: readonly string[] } | undefined {
  for (const field of fields) {
    if (field.name === path) return { field, names: [field.name] }
    if (field.kind !== 'struct' || !path.startsWith(`${field.name}.`)) continue
    const below = findField(field.children, path.slice(field.name.length + 1))
    if (below !== undefined) return { field: below.field, names: [field.name, ...below.names] }
  }
  return undefined
}

function* allPaths(fields: readonly SchemaField[], before: string): Generator<string> {
  for (const { name, kind, children } of fields) {
    yield `${before}${name}`
    if (kind === 'struct') yield* allPaths(children, `${before}${name}.`)
  }
}

const ELEMENT_BYTES: Readonly<Record<string, number>> = { halffloat: 2, float: 4, double: 8, uint8: 1 }

function toVectorShape(field: SchemaField): VectorShape | undefined {
  const [inner] = field.children
  const isMulti = field.logicalType === 'list' && inner?.logicalType.startsWith('fixed_size_list:') === true
  const { logicalType, dimension } = isMulti ? inner : field
  const element = /^fixed_size_list:(\w+):\d+$/.exec(logicalType)?.[1] ?? ''
  const elementBytes = ELEMENT_BYTES[element]
  if (dimension === undefined || elementBytes === undefined) return undefined
  return { dimension, elementBytes, isMulti, isBytes: element === 'uint8' }
}

const VECTOR_TYPES: readonly IndexType[] = ['IVF_FLAT', 'IVF_PQ', 'IVF_RQ', 'HNSW_PQ', 'HNSW_SQ']
/** What LanceDB 0.39 builds, type by type of column. */
const SCALAR_TYPES: readonly (readonly [RegExp, readonly IndexType[]])[] = [
  [/^(u?int(8|16|32|64)|bool)$/, ['BTREE', 'BITMAP']],
  [/^(halffloat|float|double)$/, ['BTREE']],
  [/^string$/, ['BTREE', 'BITMAP', 'FTS', 'FM']],
  [/^large_string$/, ['BITMAP', 'FTS', 'FM']],
  [/^(large_)?binary$/, ['BITMAP', 'FM']],
  [/^(fixed_size_binary|date32|date64|time32|time64|timestamp):/, ['BTREE']],
]
/** Lists of these are labels: what a bitmap can hold. */
const LABELS = /^(u?int(8|16|32|64)|bool|(large_)?string|(large_)?binary)$/

/** Types of index LanceDB builds on a column. */
export function typesFor({ path, field, vector }: IndexColumn): readonly IndexType[] {
  if (!isAddressable(path) || field.kind === 'blob' || field.kind === 'json') return []
  if (vector !== undefined) return vector.isBytes && !vector.isMulti ? ['IVF_FLAT'] : VECTOR_TYPES
  if (/^(large_)?list$/.test(field.logicalType)) {
    const item = field.children[0]?.logicalType ?? ''
    if (!LABELS.test(item)) return []
    return item === 'string' || item === 'large_string' ? ['LABEL_LIST', 'FTS'] : ['LABEL_LIST']
  }
  return SCALAR_TYPES.find(([pattern]) => pattern.test(field.logicalType))?.[1] ?? []
}

/** Why a type cannot be built on a column; undefined when it can. */
export function whyNot(type: IndexType, column: IndexColumn): string | undefined {
  const { field, vector } = column
  if (typesFor(column).includes(type)) return undefined
  if (!isAddressable(column.path)) return `LanceDB cannot address "${column.path}": its name has a backtick.`
  if (vector?.isBytes === true && VECTOR_TYPES.includes(type)) {
    return `Of vectors of bytes Lance builds only IVF_FLAT, not ${type}.`
  }
  if (field.kind === 'struct') return `"${column.path}" is a struct; an index is built on one of its fields.`
  return `Lance builds no ${type} index on ${field.type}.`
}
