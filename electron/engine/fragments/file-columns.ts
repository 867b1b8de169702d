import type { ColumnInFile } from '#shared/model/fragment-details.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { DataFileMetadata, FileColumn } from '../format/data-file.ts'
import { fieldPaths } from '../format/schema.ts'
import type { ManifestDataFile } from '../format/types.ts'

/** The fields of a schema by id, with their dotted paths. */
export interface FieldIndex {
  readonly paths: ReadonlyMap<number, string>
  readonly fields: ReadonlyMap<number, SchemaField>
}

/** Fields inside others included. */
export function indexFields(schema: readonly SchemaField[]): FieldIndex {
  const fields = new Map<number, SchemaField>()
  const visit = (field: SchemaField): void => {
    fields.set(field.id, field)
    field.children.forEach(visit)
  }
  schema.forEach(visit)
  return { paths: fieldPaths(schema), fields }
}

/**
 * Columns of a data file by field. DataFile.fields and .column_indices name the first column of each field; columns in
 * between belong to the field before. A field id the schema lacks (dropped or retyped columns, and -2) is dead.
 */
export function nameColumns(
  file: Pick<ManifestDataFile, 'fields' | 'columnIndices'>,
  metadata: Pick<DataFileMetadata, 'columns'>,
  index: FieldIndex,
): readonly ColumnInFile[] {
  const columns = metadata.columns ?? []
  const firsts = file.fields
    .map((fieldId, at) => ({ fieldId, first: file.columnIndices[at] ?? -1 }))
    .filter(({ first }) => first >= 0 && first < columns.length)
    .toSorted((a, b) => a.first - b.first)
  return firsts.map(({ fieldId, first }, at) => {
    const own = columns.slice(first, Math.max(first + 1, firsts[at + 1]?.first ?? columns.length))
    return toColumn(fieldId, own, index)
  })
}

function toColumn(fieldId: number, columns: readonly FileColumn[], { paths, fields }: FieldIndex): ColumnInFile {
  const field = fields.get(fieldId)
  return {
    fieldId,
    column: paths.get(fieldId) ?? `(dropped field ${fieldId})`,
    ...(field === undefined ? {} : { type: field.type }),
    bytes: columns.reduce((sum, column) => sum + column.bytes, 0),
    pages: columns.reduce((sum, column) => sum + column.pages, 0),
    encodings: [...new Set(columns.flatMap((column) => column.encodings))],
    isDead: field === undefined,
  }
}
