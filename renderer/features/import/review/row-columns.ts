import { DOCUMENT_COLUMNS } from '#shared/model/import/documents.ts'
import type { DetectedColumn } from '#shared/model/import/tables.ts'
import type { ColumnEdit, Draft } from '../state/draft.ts'
import { defaultName } from '../state/to-spec.ts'

/** Name a column of the source has in the dataset; undefined when it is skipped. */
export function nameOfColumn(source: string, edit: ColumnEdit | undefined): string | undefined {
  return edit?.skip === true ? undefined : (edit?.name ?? defaultName(source))
}

/** Columns of a table's rows by the names they will have. */
export function rowColumns(draft: Draft, detected: readonly DetectedColumn[] | undefined): readonly string[] {
  if (draft.family === 'documents')
    return DOCUMENT_COLUMNS.filter((name) => !name.startsWith('raw_') && name !== 'vector')
  return (detected ?? []).flatMap(({ source }) => nameOfColumn(source, draft.columns[source]) ?? [])
}

/** Those that hold text. */
export function textColumns(draft: Draft, detected: readonly DetectedColumn[] | undefined): readonly string[] {
  return (detected ?? []).flatMap((column) => {
    const edit = draft.columns[column.source]
    const isText = edit?.type === undefined ? isTextType(column) : edit.type === 'string'
    return (isText ? nameOfColumn(column.source, edit) : undefined) ?? []
  })
}

function isTextType({ type, sourceType }: DetectedColumn): boolean {
  return type === 'string' || (type === 'as-is' && /^(large_?)?(utf8|string)$/i.test(sourceType))
}
