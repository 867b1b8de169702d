import { totalmem } from 'node:os'
import { AppError } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import type { NativeTable, OrderKey } from '../lance/index.ts'
import { abortable } from './abortable.ts'
import { RowIdList } from './row-id-list.ts'
import { createTurns } from './turns.ts'

/** What is computed: the rows of one state of a dataset matching a filter, in an order. */
export interface RowListQuery {
  /** Names the state of the dataset. */
  readonly key: string
  readonly table: NativeTable
  readonly filter: string | undefined
  readonly orderBy: readonly OrderKey[]
}

/** A computed view: its row ids, or, when there are too many to keep, only their number (filters alone). */
export type RowList =
  | { readonly kind: 'ids'; readonly total: number; readonly ids: RowIdList }
  | { readonly kind: 'count'; readonly total: number }

export interface RowListLimits {
  /** Memory for all lists together. */
  readonly totalBytes: number
  /** Longest list kept. */
  readonly maxIds: number
  /** Most rows sorted; Lance sorts in memory. */
  readonly maxSorted: number
  /** Longest a filter or a sort may run. */
  readonly timeoutMs: number
}

const MAX_IDS = 100_000_000
/** Memory a sort takes per row with a short key, generously. */
const SORT_BYTES_PER_ROW = 100

export const ROW_LIST_LIMITS: RowListLimits = {
  totalBytes: 1_600_000_000,
  maxIds: MAX_IDS,
  maxSorted: Math.min(MAX_IDS, Math.floor(totalmem() / 2 / SORT_BYTES_PER_ROW)),
  timeoutMs: 600_000,
}

interface Entry {
  readonly controller: AbortController
  readonly result: Promise<RowList>
  waiting: number
  isDone: boolean
  matched: number
  bytes: number
}

/**
 * Row-id lists of filtered and sorted views, each computed once however many ask, and kept in memory up to a bound, the
 * least recently used dropped first. A computation ends when the last one waiting for it gives up.
 */
export class RowLists {
  readonly #limits: RowListLimits
  readonly #entries = new Map<string, Entry>()

  constructor(limits: RowListLimits = ROW_LIST_LIMITS) {
    this.#limits = limits
  }

  /** The list of a view, computing it when needed. Rejects with the signal's reason as soon as it is aborted. */
  async get(query: RowListQuery, signal: AbortSignal): Promise<RowList> {
    signal.throwIfAborted()
    const key = keyOf(query)
    const entry = this.#touch(key) ?? this.#start(key, query)
    if (entry.isDone) return entry.result
    entry.waiting++
    try {
      return await abortable(signal, entry.result)
    } finally {
      entry.waiting--
      if (entry.waiting === 0 && !entry.isDone) this.#giveUp(key, entry)
    }
  }

  /** Rows found so far by a running filter; undefined when nothing is known of the view. */
  matchedSoFar(query: RowListQuery): number | undefined {
    return this.#entries.get(keyOf(query))?.matched
  }

  /** Bytes of all lists kept. */
  get byteLength(): number {
    return [...this.#entries.values()].reduce((sum, entry) => sum + entry.bytes, 0)
  }

  #touch(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry
  }

  #giveUp(key: string, entry: Entry): void {
    entry.controller.abort(new AppError({ code: 'cancelled', message: 'Cancelled.' }))
    if (this.#entries.get(key) === entry) this.#entries.delete(key)
  }

  #start(key: string, query: RowListQuery): Entry {
    const controller = new AbortController()
    const progress = (ids: RowIdList): void => {
      entry.matched = ids.length
      entry.bytes = ids.length * 8
      this.#shrink(key)
    }
    const entry: Entry = {
      controller,
      result: Promise.resolve().then(() => computeRowList(query, this.#limits, controller.signal, progress)),
      waiting: 0,
      isDone: false,
      matched: 0,
      bytes: 0,
    }
    this.#entries.set(key, entry)
    entry.result.then(
      (list) => {
        entry.isDone = true
        entry.bytes = list.kind === 'ids' ? list.ids.byteLength : 0
        this.#shrink(key)
      },
      () => {
        entry.isDone = true
        if (this.#entries.get(key) === entry) this.#entries.delete(key)
      },
    )
    return entry
  }

  /** Drops finished lists, oldest use first, until the rest fits; never the one just worked on. */
  #shrink(current: string): void {
    let excess = this.byteLength - this.#limits.totalBytes
    for (const [key, entry] of this.#entries) {
      if (excess <= 0) return
      if (key === current || !entry.isDone) continue
      this.#entries.delete(key)
      excess -= entry.bytes
    }
  }
}

async function computeRowList(
  query: RowListQuery,
  limits: RowListLimits,
  signal: AbortSignal,
  onProgress: (ids: RowIdList) => void,
): Promise<RowList> {
  const { orderBy } = query
  if (orderBy.length === 0) return pullIds(query, limits, signal, onProgress)
  await refuseLargeSort(query, limits)
  return sortTurns.take(signal, () => pullIds(query, limits, signal, onProgress))
}

/**
 * Sorts running at a time in this process. Lance cannot be told to stop one: a sort given up runs on to its end and
 * keeps its turn until then, so that sorting again and again cannot pile them up.
 */
const MAX_SORTS = 2
const sortTurns = createTurns(MAX_SORTS)

async function pullIds(
  query: RowListQuery,
  limits: RowListLimits,
  signal: AbortSignal,
  onProgress: (ids: RowIdList) => void,
): Promise<RowList> {
  const { table, filter, orderBy } = query
  const ids = new RowIdList()
  for await (const batch of table.rowIds({ filter, orderBy, timeoutMs: limits.timeoutMs })) {
    signal.throwIfAborted()
    ids.append(batch)
    onProgress(ids)
    if (ids.length > limits.maxIds) return { kind: 'count', total: await table.countRows(filter, limits.timeoutMs) }
  }
  ids.trim()
  return { kind: 'ids', total: ids.length, ids }
}

async function refuseLargeSort({ table, filter }: RowListQuery, limits: RowListLimits): Promise<void> {
  const rows = await table.countRows(filter, limits.timeoutMs)
  if (rows <= limits.maxSorted) return
  throw new AppError({
    code: 'too-large',
    message: `Sorting ${formatCount(rows)} rows needs more memory than Tiltyard allows itself.`,
    hint: `Filter the view to at most ${formatCount(limits.maxSorted)} rows, then sort.`,
    detail: { rows, limit: limits.maxSorted },
  })
}

function keyOf(query: RowListQuery): string {
  const order = query.orderBy.map((key) => [key.column, key.descending === true, key.nullsFirst === true])
  return JSON.stringify([query.key, query.filter ?? null, order])
}
