import type { RowChangeKind } from '#shared/model/compare.ts'
import type { MatchSink } from './match.ts'
import type { Placer } from './places.ts'
import { RecordStore } from './record-store.ts'
import { RowList } from './row-list.ts'
import { sortEntries } from './sort-entries.ts'
import type { SpillFile } from './spill-file.ts'

/** Ids of the rows of each kind, in storage order of the side they are shown from. */
export type ResultLists = Readonly<Record<RowChangeKind, RowList>>

/** Words of an entry: the row id, and for changed rows the id on the older side. */
const WORDS: Readonly<Record<RowChangeKind, number>> = { added: 2, removed: 2, changed: 4 }
/** Entries a bucket should hold: what is sorted at once. */
const BUCKET_ROWS = 262_144
const MAX_BUCKETS = 64
/** Where a record of the match keeps its row id. */
const ID = 6

/** Collects matched rows, which come in no order, and puts them in order at the end. */
export class ResultCollector implements MatchSink {
  readonly #stores: Readonly<Record<RowChangeKind, RecordStore>>
  readonly #places: { readonly from: Placer; readonly to: Placer }
  readonly #buckets: number
  readonly #maxBytes: number
  readonly #spill: SpillFile

  /** `rows` is how many there may be. */
  constructor(
    places: { readonly from: Placer; readonly to: Placer },
    { rows, maxBytes, spill }: { readonly rows: number; readonly maxBytes: number; readonly spill: SpillFile },
  ) {
    const share = Math.floor(maxBytes / 3)
    this.#buckets = Math.max(1, Math.min(MAX_BUCKETS, Math.ceil(rows / BUCKET_ROWS)))
    const store = (kind: RowChangeKind): RecordStore =>
      new RecordStore({ words: WORDS[kind], partitions: this.#buckets, expected: 0, maxBytes: share, spill })
    this.#stores = { added: store('added'), removed: store('removed'), changed: store('changed') }
    this.#places = places
    this.#maxBytes = share
    this.#spill = spill
  }

  added(to: Int32Array, at: number): void {
    this.#put('added', this.#places.to, to, at)
  }

  removed(from: Int32Array, at: number): void {
    this.#put('removed', this.#places.from, from, at)
  }

  changed(to: Int32Array, toAt: number, from: Int32Array, fromAt: number): void {
    const at = this.#put('changed', this.#places.to, to, toAt)
    const { chunk } = this.#stores.changed
    chunk[at + 2] = from[fromAt + ID] as number
    chunk[at + 3] = from[fromAt + ID + 1] as number
  }

  /** Keeps the bound on memory. */
  async settle(): Promise<void> {
    for (const store of Object.values(this.#stores)) await store.settle()
  }

  async finish(): Promise<ResultLists> {
    return {
      added: await this.#toList('added'),
      removed: await this.#toList('removed'),
      changed: await this.#toList('changed'),
    }
  }

  #put(kind: RowChangeKind, place: Placer, records: Int32Array, recordAt: number): number {
    const low = records[recordAt + ID] as number
    const high = records[recordAt + ID + 1] as number
    const store = this.#stores[kind]
    const at = store.reserve(Math.floor(place(low, high) * this.#buckets))
    store.chunk[at] = low
    store.chunk[at + 1] = high
    return at
  }

  async #toList(kind: RowChangeKind): Promise<RowList> {
    const store = this.#stores[kind]
    const list = new RowList(store.words, this.#maxBytes, this.#spill)
    for (let bucket = 0; bucket < this.#buckets; bucket++) {
      await list.append(sortEntries(await store.take(bucket), store.words))
    }
    return list
  }
}
