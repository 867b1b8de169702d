import { isReadable, type LoadedPage, type PageValue, toCell } from '#renderer/features/data/index.ts'
import type { Cell } from '#renderer/grid/index.ts'
import { AppError } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Read, Span } from './log.ts'

/** Column of the bucket a record is in; marked as the figures of a search are, so that no column is it by accident. */
export const BUCKET_COLUMN = '⟨bucket⟩'

/** The bucket rows were read from, as it was then. */
export interface ReadFrom {
  readonly location: string
  readonly name: string
  readonly version: number
  readonly schema: readonly SchemaField[]
}

/** What came of a read. A bucket that failed hides no other. */
export interface DoneRead extends Read {
  readonly from: ReadFrom
  readonly loaded: { readonly dataset: string; readonly page: LoadedPage } | AppError
}

/** Rows of one or more buckets, in the order of the log. */
export interface LogPage {
  readonly reads: readonly DoneRead[]
  readonly spans: readonly Span[]
}

/** A record as a row of its bucket. */
export interface RecordPlace extends ReadFrom {
  readonly dataset: string
  readonly rowId: string
  /** 0-based in the bucket. */
  readonly row: number
}

interface Found {
  readonly read: DoneRead
  /** 0-based in the read. */
  readonly row: number
}

export function bytesOf({ reads }: LogPage): number {
  return reads.reduce((sum, { loaded }) => sum + (loaded instanceof AppError ? 0 : loaded.page.byteLength), 0)
}

export function hasFailed({ reads }: LogPage): boolean {
  return reads.some(({ loaded }) => loaded instanceof AppError)
}

/** Undefined for a row that was not read: the page is from before the log grew. */
function findRow({ reads, spans }: LogPage, row: number): Found | undefined {
  const span = spans.find(({ start, rows }) => row >= start && row < start + rows)
  const read = span === undefined ? undefined : reads[span.read]
  return span === undefined || read === undefined ? undefined : { read, row: span.offset + row - span.start }
}

/** Columns a bucket has and LanceDB can read, of those wanted. */
export function columnsToRead(schema: readonly SchemaField[], wanted: readonly string[]): readonly string[] {
  return wanted.filter((column) => isReadable(column) && schema.some(({ name }) => name === column))
}

/** The cell of a row of the page (0-based within it). */
export function cellOf(page: LogPage, row: number, column: string): Cell {
  const found = findRow(page, row)
  if (found === undefined) return { kind: 'loading' }
  const { read } = found
  if (read.loaded instanceof AppError) return { kind: 'error', message: `${read.from.name}: ${read.loaded.message}` }
  const field = read.from.schema.find(({ name }) => name === column)
  if (field === undefined) return { kind: 'text', text: '–', tone: 'special' }
  if (!isReadable(column)) {
    return { kind: 'error', message: 'LanceDB cannot read columns with a backtick in their name.' }
  }
  const { value, fullLength } = read.loaded.page.value(found.row, column)
  // Of lists of one size it is their content that was cut, and the length counts bytes.
  const isSized = field.logicalType.startsWith('fixed_size_list') && value.kind === 'list'
  return toCell(value, isSized ? null : fullLength)
}

export function placeOf(page: LogPage, row: number): RecordPlace | undefined {
  const found = findRow(page, row)
  if (found === undefined || found.read.loaded instanceof AppError) return undefined
  const { from, offset, loaded } = found.read
  const { dataset, page: rows } = loaded
  if (found.row >= rows.rowCount) return undefined
  return { ...from, dataset, rowId: rows.rowId(found.row), row: offset + found.row }
}

/** The exact value of a cell; undefined where there is none. */
export function valueOf(page: LogPage, row: number, column: string): PageValue | undefined {
  const found = findRow(page, row)
  if (found === undefined || found.read.loaded instanceof AppError) return undefined
  const { from, loaded } = found.read
  return from.schema.some(({ name }) => name === column) ? loaded.page.value(found.row, column) : undefined
}

/** The page as one of a single dataset, for copying: the bucket is a value, and columns a bucket has not are null. */
export function toCopyPage(page: LogPage): LoadedPage {
  for (const { loaded } of page.reads) if (loaded instanceof AppError) throw loaded
  return {
    byteLength: bytesOf(page),
    rowCount: page.spans.reduce((sum, { rows }) => sum + rows, 0),
    failures: new Map(),
    rowId: (row) => placeOf(page, row)?.rowId ?? '',
    stateOf: (row) => {
      const place = placeOf(page, row)
      return place === undefined
        ? undefined
        : { dataset: place.dataset, at: { version: place.version }, schema: place.schema }
    },
    value: (row, column) => {
      if (column !== BUCKET_COLUMN) return valueOf(page, row, column) ?? { value: { kind: 'null' }, fullLength: null }
      const bucket = findRow(page, row)?.read.bucket
      return { value: bucket === undefined ? { kind: 'null' } : { kind: 'integer', value: bucket }, fullLength: null }
    },
  }
}
