import { gridColumnOf } from '#renderer/features/data/index.ts'
import type { GridColumn } from '#renderer/grid/index.ts'
import type { RowTotals } from '#shared/model/compare.ts'
import { formatCount } from '#shared/model/format.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** The compared columns as the grid shows them, those of the key first; changed ones say how often. */
export function changeColumns(
  schema: readonly SchemaField[],
  compared: readonly string[],
  { identity, changedCells }: RowTotals,
): readonly GridColumn[] {
  const key = new Set(identity.kind === 'key' ? identity.columns : [])
  const fields = new Map(schema.map((field) => [field.name, field]))
  const cells = new Map(changedCells.map(({ column, cells }) => [column, cells]))
  const ordered = [...compared.filter((name) => key.has(name)), ...compared.filter((name) => !key.has(name))]
  return ordered.flatMap((name): GridColumn[] => {
    const field = fields.get(name)
    if (field === undefined) return []
    const column = { ...gridColumnOf(field), sortable: false }
    const changes = cells.get(name) ?? 0
    if (key.has(name)) return [{ ...column, subtitle: `${column.subtitle} · key` }]
    return changes === 0
      ? [column]
      : [{ ...column, subtitle: `${column.subtitle} · ${formatCount(changes)} changed`, mark: 'changed' }]
  })
}

export interface ColumnChoice {
  readonly isOnlyChanged: boolean
  /** Shows only this column beside the key. */
  readonly only: string | null
}

/** The columns left after a person narrowed them down; the key stays, or nobody could tell the rows apart. */
export function shownColumns(
  columns: readonly GridColumn[],
  { identity }: RowTotals,
  { isOnlyChanged, only }: ColumnChoice,
): readonly GridColumn[] {
  if (only === null && !isOnlyChanged) return columns
  const key = new Set(identity.kind === 'key' ? identity.columns : [])
  return columns.filter(({ id, mark }) => key.has(id) || (only === null ? mark === 'changed' : id === only))
}
