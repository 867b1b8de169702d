import type { CellValue, ColumnPreview, RowsPage } from '#shared/contract/rows.ts'
import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import {
  decodePage,
  exactValue,
  toBase64,
  toJsonValue,
  type ArrowPage,
  type JsonValue,
} from '#shared/model/arrow/index.ts'
import type { ImportPreview } from '#shared/model/import/preview.ts'
import type { RowChangePage } from '#shared/model/compare.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { SearchResult } from '#shared/model/search.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Client } from '#shared/rpc/client.ts'

/** The dataset state a result came from; needed to fetch whole values and to tell JSON from text. */
export interface ResultSource {
  readonly client: Client<Contract>
  readonly dataset: string
  readonly ref: Ref | undefined
}

type JsonObject = Readonly<Record<string, JsonValue>>

/** Bytes of one cell printed at most; larger ones are described instead. */
const MAX_CELL_BYTES = 64 * 1024 * 1024
const CHUNK_BYTES = 1024 * 1024

/** A page as people and scripts want it: `rows` as objects with whole, exact values in place of Arrow bytes. */
export async function pageToJson(page: RowsPage, source: ResultSource): Promise<JsonObject> {
  return { total: page.total, rows: await rowsToJson(page, source) }
}

/** A search with its rows as objects, each beside its rank, distance and score. */
export async function searchToJson(result: SearchResult, source: ResultSource): Promise<JsonObject> {
  const { arrow, order, previews, hits, answeredBy, warnings } = result
  const rows = await rowsToJson({ arrow, order, previews }, source)
  const plain = plainToJson({ answeredBy, warnings }) as JsonObject
  return { ...plain, hits: hits.map((hit, index) => ({ ...hit, row: rows[index] ?? null })) }
}

/** Rows that differ between two states as objects; of changed ones also how they were, and the names of what changed. */
export async function changesToJson(
  page: RowChangePage,
  { from, to }: { readonly from: ResultSource; readonly to: ResultSource },
): Promise<JsonObject> {
  const { kind, offset, before, beforeOrder, changedColumns, columns, previews } = page
  const rows = await rowsToJson(page, kind === 'removed' ? from : to)
  if (before === undefined) return { kind, offset, rows }
  return {
    kind,
    offset,
    rows,
    before: await rowsToJson({ arrow: before, previews, ...(beforeOrder && { order: beforeOrder }) }, from),
    changedColumns: (changedColumns ?? []).map((indices) => indices.map((index) => columns[index] ?? null)),
  }
}

/** What an import would do, with its first rows as objects. */
export function previewToJson({ sample, ...preview }: ImportPreview): JsonObject {
  const page = decodePage(sample === null ? [] : [sample])
  const rows = Array.from({ length: page.rowCount }, (_, row) => objectOf(page, page.columnNames, row))
  return { ...(plainToJson(preview) as JsonObject), rows }
}

type ArrowRows = Pick<RowsPage, 'arrow' | 'order'> & { readonly previews: readonly ColumnPreview[] }

async function rowsToJson(page: ArrowRows, source: ResultSource): Promise<readonly JsonObject[]> {
  const schema = await fetchSchema(source)
  const decoded = decodePage(page.arrow, page.order, schema)
  const lengthColumns = new Set(page.previews.map(({ lengthColumn }) => lengthColumn))
  const names = decoded.columnNames.filter((name) => !lengthColumns.has(name))
  const rows: JsonObject[] = []
  for (let row = 0; row < decoded.rowCount; row++) {
    const cells: [string, JsonValue][] = names.map((name) => [name, valueAt(decoded, name, row)])
    for (const { column, lengthColumn, kept } of page.previews) {
      const length = valueAt(decoded, lengthColumn, row)
      const cell = cells.find(([name]) => name === column)
      if (cell === undefined || length === null || Number(length) <= kept) continue
      const rowId = valueAt(decoded, '_rowid', row)
      if (typeof rowId === 'string') cell[1] = await fetchWhole(column, rowId, schema, source)
    }
    rows.push(Object.fromEntries(cells))
  }
  return rows
}

/** One cell: its Arrow as `rows` with one object, and the same value as `value`. */
export function cellToJson(cell: CellValue, schema: readonly SchemaField[]): JsonObject {
  if (cell.kind === 'bytes') return { kind: cell.kind, id: cell.id, size: cell.size, mediaType: cell.mediaType }
  const page = decodePage([cell.arrow], undefined, schema)
  return { kind: cell.kind, rows: [objectOf(page, page.columnNames, 0)], value: firstValue(page) }
}

export async function fetchSchema({ client, dataset, ref }: ResultSource): Promise<readonly SchemaField[]> {
  return (await client.call('datasets.summary', { dataset, ...(ref === undefined ? {} : { ref }) })).schema
}

/** Any other result: bytes as base64, 64-bit integers as text, non-finite numbers by name. */
export function plainToJson(value: unknown): JsonValue {
  if (value === null || value === undefined) return null
  if (value instanceof Uint8Array) return toBase64(value)
  if (Array.isArray(value)) return value.map(plainToJson)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value !== 'object') {
    throw new AppError({ code: 'internal', message: `A ${typeof value} cannot be printed as JSON.` })
  }
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(fields.map(([name, field]) => [name, plainToJson(field)]))
}

function objectOf(page: ArrowPage, names: readonly string[], row: number): JsonObject {
  return Object.fromEntries(names.map((name) => [name, valueAt(page, name, row)]))
}

function valueAt(page: ArrowPage, name: string, row: number): JsonValue {
  const column = page.column(name)
  return column === undefined ? null : toJsonValue(exactValue(column, row))
}

function firstValue(page: ArrowPage): JsonValue {
  const [name] = page.columnNames.filter((candidate) => candidate !== '_rowid')
  return name === undefined ? null : valueAt(page, name, 0)
}

async function fetchWhole(
  column: string,
  rowId: string,
  schema: readonly SchemaField[],
  { client, dataset, ref }: ResultSource,
): Promise<JsonValue> {
  const cell = await client.call('cells.get', { dataset, ...(ref === undefined ? {} : { ref }), rowId, column })
  if (cell.kind === 'arrow') return firstValue(decodePage([cell.arrow], undefined, schema))
  if (cell.size === null) return null
  if (cell.size > MAX_CELL_BYTES) return { id: cell.id, size: cell.size, mediaType: cell.mediaType }
  return toBase64(await readCell(client, cell.id, cell.size))
}

async function readCell(client: Client<Contract>, cell: string, size: number): Promise<Uint8Array> {
  const whole = new Uint8Array(size)
  for (let start = 0; start < size;) {
    const { bytes } = await client.call('cells.read', { cell, start, length: Math.min(CHUNK_BYTES, size - start) })
    if (bytes.byteLength === 0) throw new AppError({ code: 'corrupt-data', message: 'A cell ended before its size.' })
    whole.set(bytes, start)
    start += bytes.byteLength
  }
  return whole
}
