import { gridColumnOf } from '#renderer/features/data/index.ts'
import type { GridColumn } from '#renderer/grid/index.ts'
import type { RowChangeKind, RowTotals } from '#shared/model/compare.ts'
import { formatCount } from '#shared/model/format.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** The compared columns as the grid shows them, those of the key first; among changed rows they say how often they changed. */
export function changeColumns(
  schema: readonly SchemaField[],
  compared: readonly string[],
  { identity, changedCells }: RowTotals,
  kind: RowChangeKind,
): readonly GridColumn[] {
  const key = new Set(identity.kind === 'key' ? identity.columns : [])
  const fields = new Map(schema.map((field) => [field.name, field]))
  const cells = new Map((kind === 'changed' ? changedCells : []).map(({ column, cells }) => [column, cells]))
  const ordered = [...compared.filter((name) => key.has(name)), ...compared.filter((name) => !key.has(name))]
  return ordered.flatMap((name): GridColumn[] => {
    const field = fields.get(name)
    if (field === undefined) return []
    const column = { ...gridColumnOf(field), sortable: false }
    const changes = cells.get(name) ?? 0
    if (key.has(name)) return [withNote(column, 'key')]
    return changes === 0 ? [column] : [{ ...withNote(column, `${formatCount(changes)} changed`), mark: 'changed' }]
  })
}

/** Width of a character of the second header line, and of what surrounds it, in px. */
const CHARACTER_WIDTH = 6.2
const SUBTITLE_PADDING = 18
/** A long type must not make its column wide. */
const NOTED_WIDTH_MAX = 260

/** The column with a note after its type, and room for it. */
function withNote(column: GridColumn, note: string): GridColumn {
  const subtitle = `${column.subtitle} · ${note}`
  const room = Math.min(NOTED_WIDTH_MAX, Math.ceil(subtitle.length * CHARACTER_WIDTH) + SUBTITLE_PADDING)
  return { ...column, subtitle, defaultWidth: Math.max(column.defaultWidth, room) }
}

export interface ColumnChoice {
  readonly isOnlyChanged: boolean
  /** Shows only this column beside the key. */
  readonly only: string | null
}

/**
 * The columns left after a person narrowed them down. The key stays, or nobody could tell the rows apart; without one, the
 * first column in which no row changed.
 */
export function shownColumns(
  columns: readonly GridColumn[],
  { identity }: RowTotals,
  { isOnlyChanged, only }: ColumnChoice,
): readonly GridColumn[] {
  if (only === null && !isOnlyChanged) return columns
  const unchanged = columns.filter(({ mark }) => mark !== 'changed').map(({ id }) => id)
  const kept = new Set(identity.kind === 'key' ? identity.columns : unchanged.slice(0, 1))
  return columns.filter(({ id, mark }) => kept.has(id) || (only === null ? mark === 'changed' : id === only))
}
