import { tableFromIPC, type Column, type Table } from '@uwdata/flechette'
import { AppError } from '../../errors.ts'
import type { SchemaField } from '../schema.ts'
import type { ArrowBatch } from './batch.ts'
import { meaningOf, type FieldMeaning } from './meaning.ts'

/** One column of a page; read cells with `exactValue`. */
export interface ArrowColumn {
  readonly name: string
  readonly rowCount: number
  readonly nullable: boolean
  readonly metadata: ReadonlyMap<string, string>
  readonly meaning: FieldMeaning
  /** Where page row `row` (0-based, view order) lies; undefined outside the page. */
  locate(row: number): { readonly batch: ArrowBatch; readonly index: number } | undefined
}

/** A decoded page. Values stay in the Arrow buffers until a cell is asked for; no row objects are made. */
export interface ArrowPage {
  readonly rowCount: number
  readonly columnNames: readonly string[]
  /** Size of the Arrow bytes the page keeps alive. */
  readonly byteLength: number
  /** First column of that name; undefined when the page has none. */
  column(name: string): ArrowColumn | undefined
}

/** Where every page row lies: table number and row within it. */
interface RowPlaces {
  readonly table: Uint32Array
  readonly row: Uint32Array
}

/**
 * Decodes Arrow IPC files (one or more, same schema, any number of record batches) into one page.
 * `order[i]` is the row, counted over all batches, that the page shows as its row i; without it rows keep batch order.
 * `schema` tells JSON, UUID and blob columns apart where the batches no longer do.
 * Throws `corrupt-data` when the bytes are not Arrow or `order` points outside them.
 */
export function decodePage(
  arrow: readonly Uint8Array[],
  order?: readonly number[],
  schema?: readonly SchemaField[],
): ArrowPage {
  const tables = arrow.map(decodeTable)
  const places = placeRows(tables, order)
  const columnNames = [...new Set(tables.flatMap((table) => table.schema.fields.map((field) => field.name)))]
  const columns = new Map<string, ArrowColumn>()
  for (const name of columnNames) {
    const column = toColumn(name, tables, places, schema)
    if (column !== undefined) columns.set(name, column)
  }
  return {
    rowCount: places.row.length,
    columnNames,
    byteLength: arrow.reduce((sum, bytes) => sum + bytes.byteLength, 0),
    column: (name) => columns.get(name),
  }
}

function decodeTable(bytes: Uint8Array): Table {
  try {
    // Typed array views need 8-byte alignment; a page cut out of a larger message may lack it. Not slice(), which for a
    // Buffer makes one more view of the same unaligned bytes.
    const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes)
    return tableFromIPC(aligned, { useBigInt: true, useBigIntTimestamp: true, useDecimalInt: true })
  } catch (cause) {
    throw new AppError(
      {
        code: 'corrupt-data',
        message: 'A page of rows could not be decoded.',
        hint: 'Retry. If it stays, a column may hold an Arrow type this version cannot read: hide columns to find it.',
        detail: cause instanceof Error ? cause.message : String(cause),
      },
      { cause },
    )
  }
}

function placeRows(tables: readonly Table[], order: readonly number[] | undefined): RowPlaces {
  const total = tables.reduce((sum, table) => sum + table.numRows, 0)
  const table = new Uint32Array(total)
  const row = new Uint32Array(total)
  let next = 0
  tables.forEach((source, number) => {
    for (let index = 0; index < source.numRows; index++, next++) {
      table[next] = number
      row[next] = index
    }
  })
  if (order === undefined) return { table, row }
  if (order.some((place) => !(place >= 0 && place < total))) {
    throw new AppError({ code: 'corrupt-data', message: 'A page of rows names rows it does not hold.' })
  }
  return {
    table: Uint32Array.from(order, (place) => table[place] ?? 0),
    row: Uint32Array.from(order, (place) => row[place] ?? 0),
  }
}

function toColumn(
  name: string,
  tables: readonly Table[],
  places: RowPlaces,
  schema: readonly SchemaField[] | undefined,
): ArrowColumn | undefined {
  const field = tables.flatMap((table) => table.schema.fields).find((candidate) => candidate.name === name)
  if (field === undefined) return undefined
  const sources = tables.map((table) => table.getChild(name) as Column<unknown> | undefined)
  const schemaField = schema?.find((candidate) => candidate.name === name)
  return {
    name,
    rowCount: places.row.length,
    nullable: field.nullable,
    metadata: field.metadata ?? new Map<string, string>(),
    meaning: meaningOf(field, schemaField),
    locate: (row) => {
      const source = sources[places.table[row] ?? -1]
      const index = places.row[row]
      return source === undefined || index === undefined ? undefined : locateInColumn(source, index)
    },
  }
}

function locateInColumn(column: Column<unknown>, row: number) {
  let before = 0
  for (const batch of column.data) {
    if (row < before + batch.length) return { batch, index: row - before }
    before += batch.length
  }
  return undefined
}
