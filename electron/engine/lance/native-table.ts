import { AppError } from '#shared/errors.ts'
import { toAppError, type Doing } from './errors.ts'
import { readRowCount, readTrailingUint64 } from './ipc-file.ts'
import type { NativeBatches, NativeBlobFile, NativeTableHandle, NativeTake } from './native-api.ts'

/**
 * Columns to read, or all of them in schema order. Asking for all by name costs Lance half a millisecond per column on a
 * wide table (2,000 columns: 1.6 s against 0.17 s).
 */
export type Selection = readonly Projected[] | 'all'

/** A column of a projection; `sql` when the value is computed or cast. */
export interface Projected {
  readonly name: string
  readonly sql?: string
}

export interface OrderKey {
  readonly column: string
  readonly descending?: boolean | undefined
  readonly nullsFirst?: boolean | undefined
}

export interface ReadLimits {
  readonly timeoutMs: number
  /** Largest number of rows per batch; smaller batches bound memory when rows are big. */
  readonly batchRows?: number
  /** Pulling stops between batches when aborted. */
  readonly signal?: AbortSignal
}

export interface RowIdQuery {
  readonly filter?: string | undefined
  readonly orderBy?: readonly OrderKey[]
  readonly timeoutMs: number
}

/** Bytes of one blob v2 value. */
export interface NativeBlob {
  readonly size: number
  read(start: number, end: number): Promise<Uint8Array>
}

/** LanceDB takes offsets and limits as 32-bit numbers and wraps silently. */
const MAX_UINT32 = 0xffff_ffff
/** Batch length of row id streams: few round trips, and a cancel is noticed after at most 2 MB. */
const ROW_ID_BATCH = 262_144

/**
 * One dataset at one version, for reading. Batches come back as Arrow IPC files exactly as the native module made them,
 * each with the projected columns and `_rowid` last. Every failure is an AppError, and no call waits beyond its limit.
 */
export class NativeTable {
  readonly #handle: NativeTableHandle
  readonly #versionExists: () => Promise<boolean>
  readonly version: number
  #rows: Promise<number> | undefined

  constructor(handle: NativeTableHandle, version: number, versionExists: () => Promise<boolean>) {
    this.#handle = handle
    this.version = version
    this.#versionExists = versionExists
  }

  /**
   * Runs native calls on the handle, which stays at its version, within a time limit and with failures as AppErrors. For
   * the other files of this folder; areas have methods of their own to call.
   */
  run<T>(doing: Doing, timeoutMs: number, work: (handle: NativeTableHandle) => Promise<T>): Promise<T> {
    return this.#guard(doing, timeoutMs, () => work(this.#handle))
  }

  /** Rows [offset, offset + limit) in storage order, or of those matching the filter. Stops early at the end. */
  page(
    select: Selection,
    window: { readonly offset: number; readonly limit: number; readonly filter?: string | undefined },
    limits: ReadLimits,
  ): AsyncGenerator<Uint8Array> {
    assertUint32('offset', window.offset)
    assertUint32('limit', window.limit)
    const query = this.#handle.query()
    project(query, select)
    query.withRowId()
    query.offset(window.offset)
    query.limit(window.limit)
    if (window.filter !== undefined) query.onlyIf(window.filter)
    return this.#batches(query, limits, window.limit, window.filter === undefined ? 'read' : 'filter')
  }

  /**
   * Rows by id, in steps of at most `batchRows`: a native take gathers all it is asked for at once, whatever batch length
   * it is given. Lance answers each step in address order and drops ids that do not exist; read `_rowid` to tell.
   */
  async *take(rowIds: readonly bigint[], select: Selection, limits: ReadLimits): AsyncGenerator<Uint8Array> {
    const step = limits.batchRows ?? rowIds.length
    for (let from = 0; from < rowIds.length; from += step) {
      const part = rowIds.slice(from, from + step)
      const query = this.#handle.takeRowIds(part)
      project(query, select)
      query.withRowId()
      yield* this.#batches(query, limits, part.length)
    }
  }

  /** Rows by their position among the live rows, ascending, in steps of at most `batchRows`. */
  async *takeAt(offsets: readonly number[], select: Selection, limits: ReadLimits): AsyncGenerator<Uint8Array> {
    const step = limits.batchRows ?? offsets.length
    for (let from = 0; from < offsets.length; from += step) {
      const part = offsets.slice(from, from + step)
      assertUint32('offset', part.at(-1) ?? 0)
      const query = this.#handle.takeOffsets(part)
      project(query, select)
      query.withRowId()
      yield* this.#batches(query, limits, part.length)
    }
  }

  /** Exactly these columns of one row, without `_rowid`; undefined when there is no such row. */
  async takeOne(rowId: bigint, select: Selection, timeoutMs: number): Promise<Uint8Array | undefined> {
    const query = this.#handle.takeRowIds([rowId])
    project(query, select)
    for await (const file of this.#batches(query, { timeoutMs }, 1)) return file
    return undefined
  }

  /**
   * Row ids of a view in its order. A filter streams; a sort arrives after all of it was computed, and only its time
   * limit ends it early. Ending the iteration stops the pulling.
   */
  async *rowIds(query: RowIdQuery): AsyncGenerator<BigUint64Array> {
    const native = this.#handle.query()
    native.selectColumns([])
    if (query.filter !== undefined) native.onlyIf(query.filter)
    if (query.orderBy !== undefined && query.orderBy.length > 0) {
      native.orderBy(
        query.orderBy.map((key) => ({
          columnName: key.column,
          ascending: key.descending !== true,
          nullsFirst: key.nullsFirst === true,
        })),
      )
    }
    native.withRowId()
    const limits = { timeoutMs: query.timeoutMs, batchRows: ROW_ID_BATCH }
    const doing = query.filter === undefined ? 'read' : 'filter'
    const batches = this.#batches(native, limits, Number.POSITIVE_INFINITY, doing)
    for await (const batch of batches) yield readTrailingUint64(batch)
  }

  /** Live rows, or those matching a filter. */
  async countRows(filter: string | undefined, timeoutMs: number): Promise<number> {
    if (filter !== undefined) return this.#countMatching(filter, timeoutMs)
    this.#rows ??= this.#guard('read', timeoutMs, () => this.#handle.countRows())
    this.#rows.catch(() => (this.#rows = undefined))
    return this.#rows
  }

  /** LanceDB 0.39 fails to count by nothing but row ids or addresses, though it finds the rows: then they are counted here. */
  async #countMatching(filter: string, timeoutMs: number): Promise<number> {
    return this.#guard('filter', timeoutMs, async () => {
      try {
        return await this.#handle.countRows(filter)
      } catch (error) {
        if (!String(error).includes('count_pushdown')) throw error
      }
      let count = 0
      for await (const ids of this.rowIds({ filter, timeoutMs })) count += ids.length
      return count
    })
  }

  /** Plans a filter without reading rows; throws `invalid-filter` or `unknown-column` with Lance's reason. */
  async explainFilter(filter: string, timeoutMs: number): Promise<string> {
    return this.#guard('filter', timeoutMs, () => {
      const query = this.#handle.query()
      query.selectColumns([])
      query.withRowId()
      query.onlyIf(filter)
      query.limit(0)
      return query.explainPlan(false)
    })
  }

  /** The value of a blob v2 column, or null. Unknown row ids fail with `row-not-found`. */
  async openBlob(column: string, rowId: bigint, timeoutMs: number): Promise<NativeBlob | null> {
    const [file] = await this.#guard('read', timeoutMs, () => this.#handle.fetchBlobFiles(column, [rowId]))
    if (file === undefined || file === null) return null
    return this.#blob(file, timeoutMs)
  }

  #blob(file: NativeBlobFile, timeoutMs: number): NativeBlob {
    const size = Number(file.size())
    return {
      size,
      read: (start, end) =>
        this.#guard('read', timeoutMs, () =>
          file.readRange(BigInt(Math.min(start, size)), BigInt(Math.min(end, size))),
        ),
    }
  }

  /** `planning` is what Lance does before the first batch: where an odd filter fails. */
  async *#batches(
    query: NativeTake,
    limits: ReadLimits,
    rowsWanted: number,
    planning: Doing = 'read',
  ): AsyncGenerator<Uint8Array> {
    const { timeoutMs, batchRows, signal } = limits
    const stream: NativeBatches = await this.#guard(planning, timeoutMs, () => query.execute(batchRows, timeoutMs))
    let rows = 0
    while (rows < rowsWanted) {
      signal?.throwIfAborted()
      const batch = await this.#guard('read', timeoutMs, () => stream.next())
      if (batch === null) return
      rows += readRowCount(batch)
      yield batch
    }
  }

  /** Runs a native call with a time limit of its own, since some know none, and turns its failure into an AppError. */
  async #guard<T>(doing: Doing, timeoutMs: number, run: () => Promise<T>): Promise<T> {
    try {
      return await withinTime(run(), timeoutMs)
    } catch (error) {
      const failure = toAppError(error, doing)
      if (failure.code === 'missing-file' && !(await this.#versionExists())) throw versionGone(this.version, failure)
      throw failure
    }
  }
}

function project(query: NativeTake, select: Selection): void {
  if (select === 'all') return
  if (select.some((column) => column.sql !== undefined)) {
    query.select(select.map((column) => [column.name, column.sql ?? `\`${column.name}\``]))
  } else {
    query.selectColumns(select.map((column) => column.name))
  }
}

function assertUint32(what: string, value: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= MAX_UINT32) return
  throw new AppError({
    code: 'too-large',
    message: `Lance cannot read at ${what} ${value}: it counts rows of a view in 32 bits.`,
    hint: 'Narrow the view with a filter on a column or on _rowid.',
  })
}

function versionGone(version: number, cause: AppError): AppError {
  return new AppError(
    {
      code: 'version-not-found',
      message: `Version ${version} was cleaned up while it was open; its data is gone.`,
      hint: 'Go back to the latest version.',
      detail: cause.detail,
    },
    { cause },
  )
}

async function withinTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_, reject) => {
    // The native limit comes first where there is one; this is for calls without, and for a native module that hangs.
    timer = setTimeout(() => reject(new Error(`Query timeout after ${timeoutMs} ms`)), timeoutMs + 250)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
