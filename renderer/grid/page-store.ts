import type { Cell } from './types.ts'

/** Why columns of a page could not be fetched. */
export interface PageFailure {
  readonly error: unknown
  /** Sentence for the cells. */
  readonly message: string
}

/** What is known of one page: the parts fetched so far (a part holds some columns), the failures, the made cells. */
interface PageEntry<Page> {
  readonly partOf: Map<string, Page>
  readonly failures: Map<string, PageFailure>
  readonly cells: Map<string, Cell[]>
  byteLength: number
}

/** Holds pages up to a number of bytes and forgets those longest unused. Knows nothing of fetching. */
export class PageStore<Page> {
  private readonly entries = new Map<number, PageEntry<Page>>()
  private totalBytes = 0
  private readonly maxBytes: number

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
  }

  get byteLength(): number {
    return this.totalBytes
  }

  get pageCount(): number {
    return this.entries.size
  }

  /** The fetched part that holds a column of a page. */
  part(pageIndex: number, columnId: string): Page | undefined {
    return this.entries.get(pageIndex)?.partOf.get(columnId)
  }

  failure(pageIndex: number, columnId: string): PageFailure | undefined {
    return this.entries.get(pageIndex)?.failures.get(columnId)
  }

  /** Cells already made of a page's column, by row within the page. Only for columns that have a part. */
  cells(pageIndex: number, columnId: string): Cell[] | undefined {
    return this.entries.get(pageIndex)?.cells.get(columnId)
  }

  /** Columns that are neither there nor known to fail. */
  missing(pageIndex: number, columnIds: readonly string[]): readonly string[] {
    const entry = this.entries.get(pageIndex)
    return entry === undefined ? columnIds : columnIds.filter((id) => !entry.partOf.has(id) && !entry.failures.has(id))
  }

  add(pageIndex: number, columnIds: readonly string[], part: Page, byteLength: number): void {
    const entry = this.entry(pageIndex)
    for (const id of columnIds) {
      entry.partOf.set(id, part)
      entry.cells.set(id, [])
      entry.failures.delete(id)
    }
    entry.byteLength += byteLength
    this.totalBytes += byteLength
  }

  fail(pageIndex: number, columnIds: readonly string[], failure: PageFailure): void {
    const entry = this.entry(pageIndex)
    for (const id of columnIds) entry.failures.set(id, failure)
  }

  /** Forgets a page's failures; true when there were any. */
  clearFailures(pageIndex: number): boolean {
    const failures = this.entries.get(pageIndex)?.failures
    if (failures === undefined || failures.size === 0) return false
    failures.clear()
    return true
  }

  /** Forgets failures of all pages with errors of a kind; true when there were any. */
  clearFailuresWhere(isCleared: (error: unknown) => boolean): boolean {
    let isChanged = false
    for (const { failures } of this.entries.values()) {
      for (const [id, { error }] of failures) if (isCleared(error)) isChanged = failures.delete(id) || isChanged
    }
    return isChanged
  }

  /** Marks pages as just used, the last named as the most recent. */
  touch(pageIndices: readonly number[]): void {
    for (const pageIndex of pageIndices) {
      const entry = this.entries.get(pageIndex)
      if (entry === undefined) continue
      this.entries.delete(pageIndex)
      this.entries.set(pageIndex, entry)
    }
  }

  /** Drops the longest unused pages until the bytes fit; pages in `keep` stay even when they alone exceed them. */
  evict(keep: ReadonlySet<number>): void {
    for (const [pageIndex, entry] of this.entries) {
      if (this.totalBytes <= this.maxBytes) return
      if (keep.has(pageIndex)) continue
      this.entries.delete(pageIndex)
      this.totalBytes -= entry.byteLength
    }
  }

  clear(): void {
    this.entries.clear()
    this.totalBytes = 0
  }

  private entry(pageIndex: number): PageEntry<Page> {
    const known = this.entries.get(pageIndex)
    if (known !== undefined) return known
    const entry: PageEntry<Page> = { partOf: new Map(), failures: new Map(), cells: new Map(), byteLength: 0 }
    this.entries.set(pageIndex, entry)
    return entry
  }
}
