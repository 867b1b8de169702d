import type { ColumnPreview, RowsPage } from '#shared/contract/rows.ts'
import { AppError } from '#shared/errors.ts'
import { type ArrowPage, decodePage, type ExactValue, exactValue } from '#shared/model/arrow/index.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** Name of the row id column every page carries. */
const ROW_ID = '_rowid'

/** A value of a page. `fullLength` is set when the page holds only its beginning: characters, bytes or items. */
export interface PageValue {
  readonly value: ExactValue
  readonly fullLength: number | null
}

/** The state of a dataset rows are of. */
export interface RowState {
  readonly dataset: string
  readonly at: Ref
  /** Where it is not that of all the others. */
  readonly schema?: readonly SchemaField[]
}

/** One answer of `rows.page`, decoded; values are read when asked for. */
export interface LoadedPage {
  readonly byteLength: number
  readonly rowCount: number
  /** Row 0-based within the page. Throws when the column could not be read or is not part of the page. */
  value(row: number, column: string): PageValue
  /** Exact decimal text. */
  rowId(row: number): string
  /** Columns that could not be read, with the reason. */
  readonly failures: ReadonlyMap<string, string>
  /** Where the rows are of several datasets: what a row is of. */
  stateOf?(row: number): RowState | undefined
}

export function toLoadedPage(answer: RowsPage, schema: readonly SchemaField[]): LoadedPage {
  const page = decodePage(answer.arrow, answer.order, schema)
  const previews = new Map(answer.previews.map((preview) => [preview.column, preview]))
  return {
    byteLength: page.byteLength,
    rowCount: page.rowCount,
    failures: new Map(),
    value: (row, column) => ({
      value: readCell(page, column, row),
      fullLength: fullLengthOf(page, previews.get(column), row),
    }),
    rowId: (row) => {
      const value = readCell(page, ROW_ID, row)
      if (value.kind !== 'integer')
        throw new AppError({ code: 'corrupt-data', message: 'A page of rows came without row ids.' })
      return String(value.value)
    },
  }
}

/** Columns read one by one, after reading them together failed. */
export function mergePages(
  parts: ReadonlyMap<string, LoadedPage>,
  failures: ReadonlyMap<string, string>,
  rowIds: LoadedPage,
): LoadedPage {
  return {
    byteLength: [...parts.values()].reduce((sum, part) => sum + part.byteLength, 0),
    rowCount: rowIds.rowCount,
    failures,
    value: (row, column) => {
      const part = parts.get(column)
      if (part !== undefined) return part.value(row, column)
      throw new AppError({ code: 'corrupt-data', message: failures.get(column) ?? 'This column could not be read.' })
    },
    rowId: (row) => rowIds.rowId(row),
  }
}

function readCell(page: ArrowPage, column: string, row: number): ExactValue {
  const cells = page.column(column)
  if (cells === undefined)
    throw new AppError({ code: 'corrupt-data', message: `The page came without the column “${column}”.` })
  return exactValue(cells, row)
}

function fullLengthOf(page: ArrowPage, preview: ColumnPreview | undefined, row: number): number | null {
  if (preview === undefined) return null
  const length = readCell(page, preview.lengthColumn, row)
  if (length.kind !== 'integer') return null
  return Number(length.value) > preview.kept ? Number(length.value) : null
}
