import { setImmediate } from 'node:timers/promises'
import { AppError } from '#shared/errors.ts'
import type { RowIdentity } from '#shared/model/compare.ts'
import { createBatchHasher, LANES, type HashPlan, type RowHashes } from '../lance/index.ts'
import { matchRecords, newCounts, NULL_KEY, RECORD_WORDS, type MatchCounts } from './match.ts'
import { createPlacer } from './places.ts'
import { readSide, type SideReader } from './read-side.ts'
import type { SideReads } from './reads.ts'
import { RecordStore } from './record-store.ts'
import { ResultCollector, type ResultLists } from './results.ts'
import type { SpillFile } from './spill-file.ts'

/** Memory a comparison allows itself; beyond it, it writes to disk. */
export interface MatchLimits {
  /** For a record of 32 bytes per row read. The rows of one partition come on top while they are matched. */
  readonly recordBytes: number
  /** For the lists of rows found. */
  readonly resultBytes: number
}

export const MATCH_LIMITS: MatchLimits = { recordBytes: 192 * 1024 * 1024, resultBytes: 48 * 1024 * 1024 }

export interface MatchJob {
  readonly identity: RowIdentity
  readonly hashes: HashPlan
  readonly from: SideReader
  readonly to: SideReader
  readonly reads: { readonly from: SideReads; readonly to: SideReads }
  readonly limits: MatchLimits
  /** For records; gone after matching. */
  readonly scratch: SpillFile
  /** For results. */
  readonly spill: SpillFile
  readonly signal: AbortSignal
  readonly progress: MatchProgress
}

/** Written while matching, for whoever wants to tell how far it is. */
export interface MatchProgress {
  phase: 'reading' | 'matching'
  rowsRead: number
  bytesRead: number
}

export interface MatchResult {
  readonly counts: MatchCounts
  readonly lists: ResultLists
}

const RECORD_BYTES = RECORD_WORDS * 4
/** Records of both sides a partition should hold: its table then fits the processor's cache. */
const PARTITION_RECORDS = 32_768
const MAX_PARTITIONS = 512

/** Reads what differs of both sides, as hashes, and matches it. */
export async function matchRows(job: MatchJob): Promise<MatchResult> {
  const rows = job.reads.from.rows + job.reads.to.rows
  const partitions = Math.min(MAX_PARTITIONS, 2 ** Math.ceil(Math.log2(Math.max(1, rows / PARTITION_RECORDS))))
  const open = (): RecordStore =>
    new RecordStore({
      words: RECORD_WORDS,
      partitions,
      maxBytes: Math.floor(job.limits.recordBytes / 2),
      spill: job.scratch,
    })
  const stores = { from: open(), to: open() }
  await fillStore(job, 'from', stores.from)
  await fillStore(job, 'to', stores.to)
  job.progress.phase = 'matching'
  return matchStores(job, stores.from, stores.to)
}

async function fillStore(job: MatchJob, side: 'from' | 'to', store: RecordStore): Promise<void> {
  const hasher = createBatchHasher(job.hashes)
  const write = recordWriter(job.identity)
  for await (const { file, wanted } of readSide(job[side], job.reads[side])) {
    job.signal.throwIfAborted()
    const hashes = hasher.hashRows(file)
    let rows = 0
    for (let row = 0; row < hashes.rows; row++) {
      if (wanted !== undefined && wanted[row] === 0) continue
      write(store, hashes, row)
      rows++
    }
    job.progress.rowsRead += rows
    job.progress.bytesRead += file.byteLength
    await store.settle()
  }
}

type RecordWriter = (store: RecordStore, hashes: RowHashes, row: number) => void

function recordWriter(identity: RowIdentity): RecordWriter {
  switch (identity.kind) {
    case 'row-id':
      return (store, hashes, row) => {
        const { idWords, content } = hashes
        const { chunk, at } = reserve(store, idWords[row * 2] as number, idWords[row * 2 + 1] as number, 0, 0)
        writeRest(chunk, at, content[row * LANES] as number, content[row * LANES + 1] as number, hashes, row)
      }
    case 'key':
      return (store, hashes, row) => {
        const { key, content, nullKeys } = hashes
        const hash = row * LANES
        const [c0, c1] = [content[hash] as number, content[hash + 1] as number]
        const [k2, k3] = [key[hash + 2] as number, key[hash + 3] as number]
        // A row with a null in its key is matched by all of its values.
        const isNull = nullKeys[row] === 1
        const last = isNull ? (k3 ^ c1) | NULL_KEY : k3 & ~NULL_KEY
        const { chunk, at } = reserve(store, key[hash] as number, key[hash + 1] as number, isNull ? k2 ^ c0 : k2, last)
        writeRest(chunk, at, c0, c1, hashes, row)
      }
    case 'content':
      return (store, hashes, row) => {
        const { content } = hashes
        const hash = row * LANES
        const last = (content[hash + 3] as number) & ~NULL_KEY
        const [k0, k1] = [content[hash] as number, content[hash + 1] as number]
        const { chunk, at } = reserve(store, k0, k1, content[hash + 2] as number, last)
        writeRest(chunk, at, 0, 0, hashes, row)
      }
  }
}

function reserve(
  store: RecordStore,
  k0: number,
  k1: number,
  k2: number,
  k3: number,
): { readonly chunk: Int32Array; readonly at: number } {
  // Row ids serve as keys too, hence the mixing.
  const mixed = Math.imul(k0 ^ Math.imul(k1, 0x9e3779b1), 0x85ebca6b) >>> 0
  const room = store.reserve(Math.floor((mixed / 2 ** 32) * store.partitions))
  const { chunk, at } = room
  chunk[at] = k0
  chunk[at + 1] = k1
  chunk[at + 2] = k2
  chunk[at + 3] = k3
  return room
}

function writeRest(chunk: Int32Array, at: number, c0: number, c1: number, { idWords }: RowHashes, row: number): void {
  chunk[at + 4] = c0
  chunk[at + 5] = c1
  chunk[at + 6] = idWords[row * 2] as number
  chunk[at + 7] = idWords[row * 2 + 1] as number
}

async function matchStores(job: MatchJob, from: RecordStore, to: RecordStore): Promise<MatchResult> {
  const counts = newCounts()
  const places = { from: createPlacer(job.from.side), to: createPlacer(job.to.side) }
  const results = new ResultCollector(places, {
    rows: from.records + to.records,
    maxBytes: job.limits.resultBytes,
    spill: job.spill,
  })
  for (let partition = 0; partition < from.partitions; partition++) {
    job.signal.throwIfAborted()
    refuseSkew(job, from.lengthOf(partition) + to.lengthOf(partition))
    matchRecords(await from.take(partition), await to.take(partition), results, counts)
    await results.settle()
    await setImmediate()
  }
  return { counts, lists: await results.finish() }
}

/** Keys spread evenly over the partitions unless a great many rows share one. */
function refuseSkew({ identity, limits }: MatchJob, words: number): void {
  if (words * 4 <= Math.max(limits.recordBytes, PARTITION_RECORDS * RECORD_BYTES * 4)) return
  throw new AppError({
    code: 'too-large',
    message:
      identity.kind === 'key'
        ? `Millions of rows share one value of ${identity.columns.join(', ')}: that identifies no row.`
        : 'Millions of rows are equal to each other; telling them apart needs more memory than Tiltyard allows itself.',
    hint: 'Choose columns as key whose values differ from row to row.',
  })
}
