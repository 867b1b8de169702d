import type { Api } from '#renderer/bridge/host.ts'
import { type LoadedPage, toCell, toLoadedPage } from '#renderer/features/data/index.ts'
import { type Cell, type GridSource, PageCache } from '#renderer/grid/index.ts'
import type { QueueBucket } from '#shared/model/queue.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { beginLog, EMPTY_LOG, growLog, partsOf, segmentAt, type Part, type TopicLog } from './log.ts'
import type { SeenRows } from './place.ts'

const ROWS_PER_PAGE = 100
/** Column of the bucket a record is in; named as no column of a dataset is. */
export const BUCKET_COLUMN = '\u0000bucket'

/** A page of a log: parts of one or more buckets, in order. */
interface LogPage {
  readonly parts: readonly { readonly page: LoadedPage; readonly start: number; readonly rows: number }[]
  readonly rows: number
  readonly byteLength: number
}

/** The records of a topic for the grid, growing at the end. */
export class QueueSource implements GridSource {
  readonly #api: Api
  readonly #fields: ReadonlyMap<string, SchemaField>
  readonly #schema: readonly SchemaField[]
  readonly #handles = new Map<string, Promise<string>>()
  readonly #cache: PageCache<LogPage>
  #seen: SeenRows | null
  #log: TopicLog | undefined

  /** `seen`: see {@link beginLog}. Empty until it is told of buckets. */
  constructor(api: Api, schema: readonly SchemaField[], seen: SeenRows | null) {
    this.#api = api
    this.#schema = schema
    this.#fields = new Map(schema.map((field) => [field.name, field]))
    this.#seen = seen
    this.#cache = new PageCache<LogPage>({
      rowCount: 0,
      rowsPerPage: ROWS_PER_PAGE,
      load: (pageIndex, columns, signal) => this.#load(pageIndex * ROWS_PER_PAGE, columns, signal),
      toCell: (page, row, column) => this.#toCell(page, row, column),
      byteLength: (page) => page.byteLength,
    })
  }

  get rowCount(): number {
    return this.log.rows
  }

  get log(): TopicLog {
    return this.#log ?? EMPTY_LOG
  }

  /** Takes what has landed since. Where a bucket shrank, the log begins anew, and nothing of before is new in it. */
  update(buckets: readonly QueueBucket[]): void {
    const before = this.#log
    const grown = before === undefined ? beginLog(buckets, this.#seen) : growLog(before, buckets)
    if (grown === before) return
    if (grown === null) this.#seen = before?.counts ?? null
    this.#log = grown ?? beginLog(buckets, this.#seen)
    if (grown === null) this.#cache.invalidate(this.#log.rows)
    else this.#cache.grow(grown.rows)
  }

  cell(row: number, columnId: string): Cell {
    if (columnId !== BUCKET_COLUMN) return this.#cache.cell(row, columnId)
    const segment = segmentAt(this.log, row)
    return segment === undefined ? { kind: 'loading' } : { kind: 'text', text: String(segment.bucket), tone: 'number' }
  }

  /** Records nobody had seen before. */
  rowMark(row: number): 'added' | undefined {
    return row >= this.log.firstNew ? 'added' : undefined
  }

  show(rowStart: number, rowEnd: number, columnIds: readonly string[]): void {
    this.#cache.show(
      rowStart,
      rowEnd,
      columnIds.filter((id) => id !== BUCKET_COLUMN),
    )
  }

  retry(row: number): void {
    this.#cache.retry(row)
  }

  subscribe(listener: () => void): () => void {
    return this.#cache.subscribe(listener)
  }

  close(): void {
    this.#cache.close()
  }

  async #load(offset: number, columns: readonly string[], signal: AbortSignal): Promise<LogPage> {
    const pages = await Promise.all(
      partsOf(this.log, offset, ROWS_PER_PAGE).map((part) => this.#loadPart(part, columns, signal)),
    )
    let start = 0
    const parts = pages.map((page) => {
      const part = { page, start, rows: page.rowCount }
      start += page.rowCount
      return part
    })
    return { parts, rows: start, byteLength: pages.reduce((sum, { byteLength }) => sum + byteLength, 0) }
  }

  async #loadPart(
    { segment, offset, limit }: Part,
    columns: readonly string[],
    signal: AbortSignal,
  ): Promise<LoadedPage> {
    const dataset = await this.#open(segment.location)
    const answer = await this.#api.call(
      'rows.page',
      { dataset, ref: { version: segment.version }, columns: [...columns], offset, limit },
      { signal },
    )
    return toLoadedPage(answer, this.#schema)
  }

  /** Opened once, whoever asks first; a failure is asked again. The window keeps what it opened. */
  #open(location: string): Promise<string> {
    const known = this.#handles.get(location)
    if (known !== undefined) return known
    const opening = this.#api.call('datasets.open', { location }).then(({ dataset }) => dataset)
    this.#handles.set(location, opening)
    opening.catch(() => this.#handles.delete(location))
    return opening
  }

  #toCell(page: LogPage, row: number, column: string): Cell {
    const part = page.parts.find(({ start, rows }) => row >= start && row < start + rows)
    // Of a page that was read before the log grew.
    if (part === undefined) return { kind: 'loading' }
    const { value, fullLength } = part.page.value(row - part.start, column)
    const isSized = this.#fields.get(column)?.logicalType.startsWith('fixed_size_list') ?? false
    // Of lists of one size it is their content that was cut, and the length counts bytes.
    return toCell(value, isSized && value.kind === 'list' ? null : fullLength)
  }
}
