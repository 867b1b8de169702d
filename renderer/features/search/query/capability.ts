import { isSearchedByVector } from '#renderer/features/data/index.ts'
import type { IndexSummary } from '#shared/model/dataset.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** A column that can be searched by vector. */
export interface VectorColumn {
  readonly name: string
  readonly dimension: number | null
  /** Several vectors per row. */
  readonly isMulti: boolean
  /** Types of the indices on it, in capitals without separators: `IVFPQ`. */
  readonly indexTypes: readonly string[]
}

export interface TextColumn {
  readonly name: string
  readonly isIndexed: boolean
}

/** What a dataset can be searched by. */
export interface Capability {
  readonly vectors: readonly VectorColumn[]
  readonly texts: readonly TextColumn[]
}

/** Searchable columns of a version, in schema order. Columns with a backtick cannot be addressed and are left out. */
export function capabilityOf(schema: readonly SchemaField[], indices: readonly IndexSummary[]): Capability {
  const typesOn = (column: string): readonly string[] =>
    indices.filter(({ columns }) => columns.includes(column)).map(({ type }) => plainType(type))
  const fields = schema.filter(({ name }) => !name.includes('`'))
  return {
    vectors: fields.flatMap((field) => {
      if (!isSearchedByVector(field)) return []
      const vector = field.kind === 'list' ? (field.children[0] ?? field) : field
      const { dimension = null } = vector
      return [{ name: field.name, dimension, isMulti: vector !== field, indexTypes: typesOn(field.name) }]
    }),
    texts: fields
      .filter(isText)
      .map(({ name }) => ({ name, isIndexed: typesOn(name).some((type) => /FTS|INVERTED/.test(type)) })),
  }
}

function plainType(type: string): string {
  return type.toUpperCase().replaceAll(/[^A-Z]/g, '')
}

function isText(field: SchemaField): boolean {
  return field.kind === 'string' || (field.kind === 'list' && field.children[0]?.kind === 'string')
}

/** The vector column a draft searches; undefined when there is none. */
export function vectorColumnOf(
  { column }: { readonly column: string },
  { vectors }: Capability,
): VectorColumn | undefined {
  return vectors.find(({ name }) => name === column) ?? vectors[0]
}
