import { planPages, type RowWindow } from './page-plan.ts'
import { PageStore } from './page-store.ts'
import type { Cell, GridSource } from './types.ts'

export interface PageCacheOptions<Page> {
  readonly rowCount: number
  /** Rows of every page but the last; 100 unless told. */
  readonly rowsPerPage?: number
  /** Bytes of pages to keep; 64 MiB unless told. */
  readonly maxBytes?: number
  /** Requests under way at a time; 4 unless told. */
  readonly maxInFlight?: number
  /**
   * Fetches rows [pageIndex × rowsPerPage, …) with these columns. The signal is aborted when the page is no longer
   * wanted; what such a request still answers is dropped.
   */
  load(pageIndex: number, columnIds: readonly string[], signal: AbortSignal): Promise<Page>
  /** Makes the cell of a row of the page (0-based within it). Called once per cell and kept with the page. */
  toCell(page: Page, row: number, columnId: string): Cell
  byteLength(page: Page): number
  /** Sentence shown in cells whose page could not be fetched. */
  describeError?(error: unknown): string
}

interface Request {
  readonly pageIndex: number
  readonly columnIds: readonly string[]
  readonly controller: AbortController
}

const LOADING: Cell = { kind: 'loading' }
/** A jump over more than this many windows is a dragged thumb: wait for it to rest. */
const JUMP_WINDOWS = 2
const SETTLE_MS = 60
/** Even while the thumb moves, show something this often. */
const DRAG_REFRESH_MS = 300

/**
 * Rows on demand in pages: newest window first, ahead in the direction of travel, at most so many requests at a time,
 * stale ones aborted, least recently used pages forgotten by bytes. Columns are fetched when first shown.
 */
export class PageCache<Page> implements GridSource {
  private rows: number
  private readonly options: PageCacheOptions<Page>
  private readonly rowsPerPage: number
  private readonly maxInFlight: number
  private readonly store: PageStore<Page>
  private readonly listeners = new Set<() => void>()
  private readonly requests = new Set<Request>()
  /** Requests that have not settled, aborted ones included. */
  private unsettled = 0
  private shown: RowWindow = { rowStart: 0, rowEnd: 0 }
  private columnIds: readonly string[] = []
  /** Pages to have, most wanted first. */
  private plan: readonly number[] = []
  private settleTimer: ReturnType<typeof setTimeout> | undefined
  private lastPumpAt = -Infinity
  private isClosed = false
  /** A page that had fewer rows than now: shown as it was until it is fetched again. */
  private stalePage: number | undefined

  constructor(options: PageCacheOptions<Page>) {
    this.options = options
    this.rows = options.rowCount
    this.rowsPerPage = options.rowsPerPage ?? 100
    this.maxInFlight = options.maxInFlight ?? 4
    this.store = new PageStore(options.maxBytes ?? 64 * 1024 * 1024)
  }

  get rowCount(): number {
    return this.rows
  }

  /** Bytes of the pages kept. */
  get byteLength(): number {
    return this.store.byteLength
  }

  cell(row: number, columnId: string): Cell {
    const pageIndex = Math.floor(row / this.rowsPerPage)
    const cells = this.store.cells(pageIndex, columnId)
    const rowInPage = row - pageIndex * this.rowsPerPage
    return cells?.[rowInPage] ?? this.makeCell(pageIndex, rowInPage, columnId, cells)
  }

  /** The fetched page that holds a cell, for reading its exact value; undefined while it is not there. */
  page(row: number, columnId: string): { readonly page: Page; readonly row: number } | undefined {
    const pageIndex = Math.floor(row / this.rowsPerPage)
    const page = this.store.part(pageIndex, columnId)
    return page === undefined ? undefined : { page, row: row - pageIndex * this.rowsPerPage }
  }

  show(rowStart: number, rowEnd: number, columnIds: readonly string[]): void {
    const before = this.shown
    this.shown = { rowStart, rowEnd: Math.min(rowEnd, this.rows) }
    this.columnIds = columnIds
    this.plan = planPages(before, this.shown, this.rowsPerPage, this.rows)
    this.store.touch([...this.plan].reverse())
    this.abortUnwanted()
    const moved = Math.abs(rowStart - before.rowStart)
    const isJump = moved > JUMP_WINDOWS * Math.max(1, rowEnd - rowStart) && before.rowEnd > 0
    // A pending wait goes on while the thumb moves, and ends with the first calm window.
    if (isJump && performance.now() - this.lastPumpAt < DRAG_REFRESH_MS) this.pumpLater()
    else this.pump()
  }

  retry(row: number): void {
    if (!this.store.clearFailures(Math.floor(row / this.rowsPerPage))) return
    this.notify()
    this.pump()
  }

  /** Asks again for every page that failed with such an error. */
  retryWhere(isRetried: (error: unknown) => boolean): void {
    if (!this.store.clearFailuresWhere(isRetried)) return
    this.notify()
    this.pump()
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Drops every page and fetches the window again, for rows that changed or a new row count. */
  invalidate(rowCount = this.rows): void {
    this.rows = rowCount
    this.abort(() => true)
    this.store.clear()
    this.plan = planPages(this.shown, this.shown, this.rowsPerPage, this.rows)
    this.notify()
    this.pump()
  }

  /** More rows at the end. Pages stay; a last one that was not full is fetched again, and shown as it was till then. */
  grow(rowCount: number): void {
    if (rowCount <= this.rows) return
    const last = Math.floor(this.rows / this.rowsPerPage)
    if (this.rows % this.rowsPerPage !== 0) {
      this.stalePage = last
      this.abort((request) => request.pageIndex === last)
    }
    this.rows = rowCount
    this.plan = planPages(this.shown, this.shown, this.rowsPerPage, this.rows)
    this.notify()
    this.pump()
  }

  /** Aborts what is under way and fetches no more. */
  close(): void {
    this.isClosed = true
    clearTimeout(this.settleTimer)
    this.abort(() => true)
    this.listeners.clear()
  }

  private makeCell(pageIndex: number, row: number, columnId: string, cells: Cell[] | undefined): Cell {
    const page = this.store.part(pageIndex, columnId)
    if (page === undefined || cells === undefined) {
      const failure = this.store.failure(pageIndex, columnId)
      return failure === undefined ? LOADING : { kind: 'error', message: failure.message }
    }
    const cell = this.tryToCell(page, row, columnId)
    cells[row] = cell
    return cell
  }

  private tryToCell(page: Page, row: number, columnId: string): Cell {
    try {
      return this.options.toCell(page, row, columnId)
    } catch (error) {
      return { kind: 'error', message: this.describe(error) }
    }
  }

  private pumpLater(): void {
    clearTimeout(this.settleTimer)
    this.settleTimer = setTimeout(() => this.pump(), SETTLE_MS)
  }

  /** Starts the most wanted requests there is room for. */
  private pump(): void {
    clearTimeout(this.settleTimer)
    this.lastPumpAt = performance.now()
    if (this.isClosed) return
    for (const pageIndex of this.plan) {
      // A source that ignores its signal must not pile up requests without end.
      if (this.requests.size >= this.maxInFlight || this.unsettled >= 3 * this.maxInFlight) return
      const columnIds = this.wantedColumns(pageIndex)
      if (columnIds.length > 0) void this.run({ pageIndex, columnIds, controller: new AbortController() })
    }
  }

  private wantedColumns(pageIndex: number): readonly string[] {
    const coming = new Set<string>()
    for (const request of this.requests) {
      if (request.pageIndex === pageIndex) request.columnIds.forEach((id) => coming.add(id))
    }
    const missing = pageIndex === this.stalePage ? this.columnIds : this.store.missing(pageIndex, this.columnIds)
    return missing.filter((id) => !coming.has(id))
  }

  private async run(request: Request): Promise<void> {
    const { pageIndex, columnIds, controller } = request
    this.requests.add(request)
    this.unsettled++
    try {
      const page = await this.options.load(pageIndex, columnIds, controller.signal)
      if (controller.signal.aborted) return
      if (pageIndex === this.stalePage) this.stalePage = undefined
      this.store.add(pageIndex, columnIds, page, this.options.byteLength(page))
      this.store.evict(new Set(this.plan))
    } catch (error) {
      if (controller.signal.aborted) return
      if (pageIndex === this.stalePage) this.stalePage = undefined
      this.store.fail(pageIndex, columnIds, { error, message: this.describe(error) })
    } finally {
      this.unsettled--
      this.requests.delete(request)
      if (!controller.signal.aborted) this.notify()
      this.pump()
    }
  }

  private abortUnwanted(): void {
    const wanted = new Set(this.plan)
    this.abort((request) => !wanted.has(request.pageIndex))
  }

  private abort(isUnwanted: (request: Request) => boolean): void {
    for (const request of this.requests) {
      if (!isUnwanted(request)) continue
      this.requests.delete(request)
      request.controller.abort()
    }
  }

  private describe(error: unknown): string {
    return this.options.describeError?.(error) ?? (error instanceof Error ? error.message : String(error))
  }

  private notify(): void {
    for (const listener of this.listeners) listener()
  }
}
