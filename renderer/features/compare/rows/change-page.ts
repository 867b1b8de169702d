import { type LoadedPage, type PageValue, toLoadedPage } from '#renderer/features/data/index.ts'
import type { CompareSummary, RowChangePage } from '#shared/model/compare.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** Schemas of the two states compared, as pages name their columns: as `to` does. */
export interface SideSchemas {
  readonly from: readonly SchemaField[]
  readonly to: readonly SchemaField[]
  /** What `from` called a column that was renamed since, by its name in `to`. */
  readonly formerNames: ReadonlyMap<string, string>
}

/** True when field ids mean the same columns on both sides: within a dataset that was not overwritten in between. */
export function areFieldsById({ isSameDataset, areColumnsByName }: CompareSummary): boolean {
  return isSameDataset && areColumnsByName !== true
}

/** Schemas under the names of `to`; a renamed column keeps its field id, where these mean the same (`areSame`). */
export function alignSchemas(from: readonly SchemaField[], to: readonly SchemaField[], areSame: boolean): SideSchemas {
  const newNames = new Map(areSame ? to.map(({ id, name }) => [id, name]) : [])
  const renamed = from.map((field) => ({ field, name: newNames.get(field.id) ?? field.name }))
  return {
    from: renamed.map(({ field, name }) => (field.name === name ? field : { ...field, name })),
    to,
    formerNames: new Map(renamed.map(({ field, name }) => [name, field.name])),
  }
}

/** A page of differing rows, decoded; rows are 0-based within it. */
export interface ChangePage {
  readonly byteLength: number
  readonly rowCount: number
  readonly columns: readonly string[]
  /** The value in `to`, or in `from` for a removed row. */
  value(row: number, column: string): PageValue
  /** The value it had in `from` when that was another; null otherwise. */
  before(row: number, column: string): PageValue | null
  /** Columns of this page that changed in a row. */
  changed(row: number): readonly string[]
  /** Row ids by side; a side the row is not in is absent. */
  rowIds(row: number): { readonly from?: string; readonly to?: string }
}

export function toChangePage(answer: RowChangePage, schemas: SideSchemas): ChangePage {
  const { kind, columns, previews } = answer
  const now = loaded(answer.arrow, answer.order, previews, kind === 'removed' ? schemas.from : schemas.to)
  const was = answer.before === undefined ? null : loaded(answer.before, answer.beforeOrder, previews, schemas.from)
  const changed = (answer.changedColumns ?? []).map((indices) => indices.flatMap((index) => columns[index] ?? []))
  return {
    byteLength: now.byteLength + (was?.byteLength ?? 0),
    rowCount: answer.rows,
    columns,
    value: (row, column) => now.value(row, column),
    before: (row, column) => (was !== null && changed[row]?.includes(column) === true ? was.value(row, column) : null),
    changed: (row) => changed[row] ?? [],
    rowIds: (row) => {
      if (kind === 'removed') return { from: now.rowId(row) }
      return was === null ? { to: now.rowId(row) } : { from: was.rowId(row), to: now.rowId(row) }
    },
  }
}

function loaded(
  arrow: readonly Uint8Array[],
  order: readonly number[] | undefined,
  previews: RowChangePage['previews'],
  schema: readonly SchemaField[],
): LoadedPage {
  return toLoadedPage({ total: 0, arrow, previews, ...(order === undefined ? {} : { order }) }, schema)
}
