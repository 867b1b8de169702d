import type { Api } from '#renderer/bridge/host.ts'
import { type CopySource, type LoadedPage, type PageValue, toLoadedPage } from '#renderer/features/data/index.ts'
import { type Cell, type GridSource, PageCache } from '#renderer/grid/index.ts'
import { AppError, type ErrorCode, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { QueueBucket, QueueTopic } from '#shared/model/queue.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { BucketHandles } from './bucket-handles.ts'
import {
  beginLog,
  EMPTY_LOG,
  growLog,
  planReads,
  positionOf,
  type Read,
  rowAt,
  seenAfter,
  type TopicLog,
} from './log.ts'
import {
  BUCKET_COLUMN,
  bytesOf,
  cellOf,
  columnsToRead,
  type DoneRead,
  hasFailed,
  type LogPage,
  placeOf,
  type RecordPlace,
  toCopyPage,
  valueOf,
} from './log-page.ts'
import type { SeenRows } from './place.ts'

const ROWS_PER_PAGE = 100
/** Failures of an engine that was not there to ask. */
const OUTAGES: readonly ErrorCode[] = ['disconnected', 'unknown-dataset']
/** A bucket that reads: its newest version and what stands in it. */
type Readable = QueueBucket & { readonly version: number; readonly columns: readonly SchemaField[] }

/** The records of a topic for the grid, growing at the end. */
export class QueueSource implements GridSource, CopySource {
  readonly #api: Api
  readonly #handles: BucketHandles
  readonly #cache: PageCache<LogPage>
  readonly #onShown = new Set<(rowEnd: number) => void>()
  #columns: readonly string[] = []
  #seen: SeenRows | null
  #log: TopicLog | undefined
  #beginnings = 0
  /** By number, as they were when they last read. */
  readonly #buckets = new Map<number, Readable>()

  /** `seen`: see {@link beginLog}. Empty until it is told of buckets. */
  constructor(api: Api, seen: SeenRows | null) {
    this.#api = api
    this.#handles = new BucketHandles(api)
    this.#seen = seen
    this.#cache = new PageCache<LogPage>({
      rowCount: 0,
      rowsPerPage: ROWS_PER_PAGE,
      load: (pageIndex, columns, signal) => this.#load(pageIndex * ROWS_PER_PAGE, ROWS_PER_PAGE, columns, signal),
      toCell: cellOf,
      byteLength: bytesOf,
    })
  }

  get rowCount(): number {
    return this.log.rows
  }

  get log(): TopicLog {
    return this.#log ?? EMPTY_LOG
  }

  /** How often a log has begun. */
  get beginnings(): number {
    return this.#beginnings
  }

  /**
   * Takes what has landed since. Where records of before are gone or stand elsewhere, the log begins anew, and nothing of
   * before is new in it.
   */
  update({ buckets, schemas }: QueueTopic): void {
    const there = new Set(buckets.map(({ number }) => number))
    for (const number of this.#buckets.keys()) if (!there.has(number)) this.#buckets.delete(number)
    for (const bucket of buckets) {
      const columns = bucket.schema === null ? undefined : schemas[bucket.schema]
      if (bucket.version !== null && columns !== undefined) {
        this.#buckets.set(bucket.number, { ...bucket, version: bucket.version, columns })
      }
    }
    const before = this.#log
    const grown = before === undefined ? beginLog(buckets, this.#seen) : growLog(before, buckets)
    if (grown === before) return
    if (before === undefined || grown === null) this.#beginnings++
    if (grown === null && before !== undefined) this.#seen = seenAfter(before, buckets)
    this.#log = grown ?? beginLog(buckets, this.#seen)
    if (grown === null) this.#cache.invalidate(this.#log.rows)
    else this.#cache.grow(grown.rows)
  }

  cell(row: number, columnId: string): Cell {
    if (columnId !== BUCKET_COLUMN) return this.#cache.cell(row, columnId)
    const place = rowAt(this.log, row)
    return place === undefined ? { kind: 'loading' } : { kind: 'text', text: String(place.bucket), tone: 'number' }
  }

  /** Records nobody had seen before. */
  rowMark(row: number): 'added' | undefined {
    return row >= this.log.firstNew ? 'added' : undefined
  }

  show(rowStart: number, rowEnd: number, columnIds: readonly string[]): void {
    this.#columns = columnIds.filter((id) => id !== BUCKET_COLUMN)
    this.#cache.show(rowStart, rowEnd, this.#columns)
    for (const listener of this.#onShown) listener(Math.min(rowEnd, this.rowCount))
  }

  retry(row: number): void {
    const failed = this.#columns.some((column) => {
      const part = this.#cache.page(row, column)
      return part !== undefined && hasFailed(part.page)
    })
    if (failed) this.#cache.invalidate()
    else this.#cache.retry(row)
  }

  /** Asks again for what failed for want of an engine. */
  recover(): void {
    this.#cache.retryWhere((error) => error instanceof AppError && OUTAGES.includes(error.code))
  }

  subscribe(listener: () => void): () => void {
    return this.#cache.subscribe(listener)
  }

  /** Called with one past the last row on screen, whenever that changes. */
  onShown(listener: (rowEnd: number) => void): () => void {
    this.#onShown.add(listener)
    return () => this.#onShown.delete(listener)
  }

  close(): void {
    this.#cache.close()
    this.#onShown.clear()
  }

  rowId(row: number): string | undefined {
    return this.place(row)?.rowId
  }

  value(row: number, column: string): PageValue | undefined {
    const part = this.#cache.page(row, column)
    if (part === undefined) return undefined
    try {
      return valueOf(part.page, part.row, column)
    } catch {
      return undefined
    }
  }

  /** A record as a row of its bucket; undefined while it is not there. */
  place(row: number): RecordPlace | undefined {
    for (const column of this.#columns) {
      const part = this.#cache.page(row, column)
      const place = part === undefined ? undefined : placeOf(part.page, part.row)
      if (place !== undefined) return place
    }
    return undefined
  }

  /** Where a row of a bucket stands in the log. */
  find({ location, row }: Pick<RecordPlace, 'location' | 'row'>): number | undefined {
    for (const bucket of this.#buckets.values()) {
      if (bucket.location === location) return positionOf(this.log, bucket.number, row)
    }
    return undefined
  }

  /** Rows [offset, offset + limit), for copying. */
  async fetchRows(offset: number, limit: number, columns: readonly string[], signal: AbortSignal): Promise<LoadedPage> {
    const wanted = columns.filter((id) => id !== BUCKET_COLUMN)
    return toCopyPage(await this.#load(offset, limit, wanted, signal))
  }

  async #load(offset: number, limit: number, columns: readonly string[], signal: AbortSignal): Promise<LogPage> {
    const { reads, spans } = planReads(this.log, offset, limit)
    const done = await Promise.all(reads.map((read) => this.#read(read, columns, signal)))
    const [first] = done
    // With nothing to show, the failure is that of the page, to be asked again as one.
    if (first?.loaded instanceof AppError && done.every(({ loaded }) => loaded instanceof AppError)) throw first.loaded
    return { reads: done, spans }
  }

  async #read(read: Read, columns: readonly string[], signal: AbortSignal): Promise<DoneRead> {
    const bucket = this.#buckets.get(read.bucket)
    if (bucket === undefined) throw new AppError({ code: 'not-found', message: 'This bucket is not there any more.' })
    const { location, name, version, columns: schema } = bucket
    const from = { location, name, version, schema }
    const { offset, limit } = read
    try {
      return await this.#handles.use(location, async (dataset) => {
        const wanted = columnsToRead(schema, columns)
        const input = { dataset, ref: { version }, columns: [...wanted], offset, limit }
        const page = toLoadedPage(await this.#api.call('rows.page', input, { signal }), schema)
        return { ...read, from, loaded: { dataset, page } }
      })
    } catch (error) {
      if (signal.aborted || isCancelled(error)) throw error
      return { ...read, from, loaded: error instanceof AppError ? error : new AppError(toErrorValue(error)) }
    }
  }
}
