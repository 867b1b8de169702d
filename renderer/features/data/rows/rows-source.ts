import type { Api } from '#renderer/bridge/host.ts'
import { PageCache } from '#renderer/grid/index.ts'
import type { Cell, GridSource, SortState } from '#renderer/grid/types.ts'
import { AppError, type ErrorCode, isCancelled } from '#shared/errors.ts'
import { formatRef, type Ref } from '#shared/model/ref.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { isDrawableImage, shortType, sniffMediaType } from '../cells/sniff.ts'
import { type ThumbnailKey, Thumbnails } from '../cells/thumbnails.ts'
import { toCell } from '../cells/to-cell.ts'
import { isReadable } from './readable.ts'
import { type LoadedPage, mergePages, type PageValue, toLoadedPage } from './loaded-page.ts'

/** Rows of one page: small enough to answer fast, large enough for a screen. */
const ROWS_PER_PAGE = 100

/** Which rows, in which order, of which state of a dataset. */
export interface RowsQuery {
  readonly dataset: string
  readonly at: Ref
  /** SQL; empty = all rows. */
  readonly filter: string
  readonly sort: readonly SortState[]
}

export interface RowsSourceOptions {
  readonly api: Api
  readonly query: RowsQuery
  readonly schema: readonly SchemaField[]
  readonly rowCount: number
  /** Address of a cell's bytes by id. */
  blobUrl(id: string): string
}

/** True when both ask for the same rows in the same order. */
export function isSameQuery(a: RowsQuery, b: RowsQuery): boolean {
  return isSameState(a, b) && a.filter === b.filter && JSON.stringify(a.sort) === JSON.stringify(b.sort)
}

/** True when both look at the same state of the same dataset. */
export function isSameState(a: RowsQuery, b: RowsQuery): boolean {
  return a.dataset === b.dataset && formatRef(a.at) === formatRef(b.at)
}

/** The query as the contract takes it. */
export function viewInput({ dataset, at, filter, sort }: RowsQuery) {
  return {
    dataset,
    ref: at,
    ...(filter === '' ? {} : { filter }),
    ...(sort.length === 0
      ? {}
      : { orderBy: sort.map(({ columnId, descending }) => ({ column: columnId, descending })) }),
  }
}

/** Rows of a view for the grid: pages with only the columns on screen, thumbnails for images, exact values for menus. */
export class RowsSource implements GridSource {
  readonly query: RowsQuery
  private readonly options: RowsSourceOptions
  private readonly cache: PageCache<LoadedPage>
  private readonly thumbnails: Thumbnails
  private readonly fields: ReadonlyMap<string, SchemaField>
  private readonly listeners = new Set<() => void>()
  private readonly stopListening: () => void
  private shown: { readonly rowStart: number; readonly rowEnd: number; readonly columnIds: readonly string[] } = {
    rowStart: 0,
    rowEnd: 0,
    columnIds: [],
  }

  constructor(options: RowsSourceOptions) {
    this.options = options
    this.query = options.query
    this.fields = new Map(options.schema.map((field) => [field.name, field]))
    this.thumbnails = new Thumbnails(
      ({ rowId, column }, signal) =>
        options.api.call(
          'cells.describe',
          { dataset: this.query.dataset, ref: this.query.at, rowId, column },
          { signal },
        ),
      () => this.notify(),
    )
    this.cache = new PageCache<LoadedPage>({
      rowCount: options.rowCount,
      rowsPerPage: ROWS_PER_PAGE,
      load: (pageIndex, columns, signal) => this.load(pageIndex, columns, signal),
      toCell: (page, row, column) => this.toCell(page, row, column),
      byteLength: (page) => page.byteLength,
    })
    this.stopListening = this.cache.subscribe(() => {
      this.wantThumbnails()
      this.notify()
    })
  }

  get rowCount(): number {
    return this.cache.rowCount
  }

  cell(row: number, columnId: string): Cell {
    if (!isReadable(columnId))
      return { kind: 'error', message: 'LanceDB cannot read columns with a backtick in their name.' }
    const cell = this.cache.cell(row, columnId)
    return cell.kind === 'text' && this.mayHoldImages(columnId) ? this.withThumbnail(cell, row, columnId) : cell
  }

  show(rowStart: number, rowEnd: number, columnIds: readonly string[]): void {
    const readable = columnIds.filter(isReadable)
    this.shown = { rowStart, rowEnd, columnIds: readable }
    // Rows without any column still need their ids, for the inspector and the menus.
    this.cache.show(rowStart, rowEnd, readable)
    this.wantThumbnails()
  }

  retry(row: number): void {
    const column = this.shown.columnIds.find((id) => this.cache.page(row, id) !== undefined)
    const part = column === undefined ? undefined : this.cache.page(row, column)
    if (part !== undefined && part.page.failures.size > 0) this.cache.invalidate()
    else this.cache.retry(row)
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The fetched value of a cell; undefined while it is not there or could not be read. */
  value(row: number, column: string): PageValue | undefined {
    const part = this.cache.page(row, column)
    if (part === undefined) return undefined
    try {
      return part.page.value(part.row, column)
    } catch {
      return undefined
    }
  }

  /** Exact row id; undefined while the row is not there. */
  rowId(row: number): string | undefined {
    for (const column of this.shown.columnIds) {
      const part = this.cache.page(row, column)
      if (part !== undefined && part.row < part.page.rowCount) return part.page.rowId(part.row)
    }
    return undefined
  }

  /** Asks again for what failed for want of an engine, except for what ended it: that is for the person to repeat. */
  recover(): void {
    this.cache.retryWhere((error) => error instanceof AppError && isOutage(error.code))
  }

  /** First row on screen. */
  get topRow(): number {
    return this.shown.rowStart
  }

  close(): void {
    this.stopListening()
    this.thumbnails.close()
    this.cache.close()
    this.listeners.clear()
  }

  /** Rows [offset, offset + limit) with some columns, apart from the cache. */
  async fetchRows(offset: number, limit: number, columns: readonly string[], signal: AbortSignal): Promise<LoadedPage> {
    const { api, schema } = this.options
    const answer = await api.call(
      'rows.page',
      { ...viewInput(this.query), columns: [...columns], offset, limit },
      { signal },
    )
    return toLoadedPage(answer, schema)
  }

  private async load(pageIndex: number, columns: readonly string[], signal: AbortSignal): Promise<LoadedPage> {
    const offset = pageIndex * ROWS_PER_PAGE
    try {
      return await this.fetchRows(offset, ROWS_PER_PAGE, columns, signal)
    } catch (error) {
      if (columns.length < 2 || !isColumnTrouble(error)) throw error
      return this.loadApart(offset, columns, signal)
    }
  }

  /** One broken column must not hide the others: reads them one by one and keeps what can be read. */
  private async loadApart(offset: number, columns: readonly string[], signal: AbortSignal): Promise<LoadedPage> {
    const parts = new Map<string, LoadedPage>()
    const failures = new Map<string, string>()
    for (const column of columns) {
      try {
        parts.set(column, await this.fetchRows(offset, ROWS_PER_PAGE, [column], signal))
      } catch (error) {
        if (isCancelled(error) || !isColumnTrouble(error)) throw error
        failures.set(column, error instanceof Error ? error.message : String(error))
      }
    }
    const first = parts.values().next().value
    if (first === undefined)
      throw new AppError({ code: 'corrupt-data', message: [...failures.values()][0] ?? 'No column could be read.' })
    return mergePages(parts, failures, first)
  }

  private toCell(page: LoadedPage, row: number, column: string): Cell {
    const { value, fullLength } = page.value(row, column)
    // Of lists of one size it is their content that was cut, and the length counts bytes.
    const isSized = this.fields.get(column)?.logicalType.startsWith('fixed_size_list') ?? false
    return toCell(value, isSized && value.kind === 'list' ? null : fullLength)
  }

  private withThumbnail(cell: Cell & { readonly kind: 'text' }, row: number, column: string): Cell {
    const rowId = this.rowId(row)
    const bytes = rowId === undefined ? undefined : this.thumbnails.get(rowId, column)
    if (bytes === undefined || bytes === null) return cell
    if (isDrawableImage(bytes.mediaType)) {
      return { kind: 'image', url: this.options.blobUrl(bytes.id), text: cell.note ?? shortType(bytes.mediaType) }
    }
    // A blob says nothing by itself; its type is worth more than where it is stored.
    return this.fields.get(column)?.kind === 'blob' ? { ...cell, text: shortType(bytes.mediaType) } : cell
  }

  private mayHoldImages(column: string): boolean {
    const kind = this.fields.get(column)?.kind
    return kind === 'binary' || kind === 'blob'
  }

  private wantThumbnails(): void {
    const { rowStart, rowEnd, columnIds } = this.shown
    const columns = columnIds.filter((id) => this.mayHoldImages(id))
    const keys: ThumbnailKey[] = []
    for (let row = rowStart; columns.length > 0 && row < Math.min(rowEnd, this.rowCount); row++) {
      const rowId = this.rowId(row)
      if (rowId === undefined) continue
      for (const column of columns) if (this.isImageLike(row, column)) keys.push({ rowId, column })
    }
    this.thumbnails.want(keys)
  }

  /** Bytes tell by themselves; blobs, whose bytes stay away, have to be asked about. */
  private isImageLike(row: number, column: string): boolean {
    const value = this.value(row, column)?.value
    if (value?.kind === 'binary') return isDrawableImage(sniffMediaType(value.bytes) ?? '')
    return value?.kind === 'blob' && value.size > 0n
  }

  private notify(): void {
    for (const listener of this.listeners) listener()
  }
}

/** True when there was no engine to ask. A request under way when it died is none of these: it may have been the cause. */
export function isOutage(code: ErrorCode): boolean {
  return code === 'disconnected' || code === 'unknown-dataset'
}

/** Failures that may be the fault of a single column. */
function isColumnTrouble(error: unknown): boolean {
  return (
    error instanceof AppError &&
    ['corrupt-data', 'missing-file', 'internal', 'unsupported-format', 'too-large'].includes(error.code)
  )
}
