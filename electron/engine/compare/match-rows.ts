import { AppError } from '#shared/errors.ts'
import type { RowIdentity } from '#shared/model/compare.ts'
import { createBatchHasher, LANES, type HashPlan, type RowHashes } from '../lance/index.ts'
import { RECORD_WORDS } from './key-table.ts'
import { newCounts, NULL_KEY, RecordMatcher, type MatchCounts } from './match.ts'
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
  const open = (expected: number): RecordStore =>
    new RecordStore({
      words: RECORD_WORDS,
      partitions,
      expected,
      maxBytes: Math.floor(job.limits.recordBytes / 2),
      spill: job.scratch,
    })
  const stores = { from: open(job.reads.from.rows), to: open(job.reads.to.rows) }
  await fillStore(job, 'from', stores.from)
  await fillStore(job, 'to', stores.to)
  job.progress.phase = 'matching'
  return matchStores(job, stores.from, stores.to)
}

async function fillStore(job: MatchJob, side: 'from' | 'to', store: RecordStore): Promise<void> {
  const hasher = createBatchHasher(job.hashes)
  for await (const { file, wanted } of readSide(job[side], job.reads[side])) {
    job.signal.throwIfAborted()
    const before = store.records
    writeRecords(store, job.identity, hasher.hashRows(file), wanted)
    job.progress.rowsRead += store.records - before
    job.progress.bytesRead += file.byteLength
    await store.settle()
  }
}

const NO_CONTENT = 0

/** Adds a record for every wanted row of a batch. */
function writeRecords(
  store: RecordStore,
  identity: RowIdentity,
  hashes: RowHashes,
  wanted: Uint8Array | undefined,
): void {
  const { rows, idWords, content } = hashes
  const keys = keysOf(identity, hashes)
  const hasContent = identity.kind !== 'content'
  // Partitions are a power of two: the upper bits of a mixed key choose one.
  const shift = 32 - Math.log2(store.partitions)
  for (let row = 0, hash = 0; row < rows; row++, hash += LANES) {
    if (wanted !== undefined && wanted[row] === 0) continue
    const k0 = keys[hash] as number
    const k1 = keys[hash + 1] as number
    // Row ids serve as keys too, hence the mixing.
    const mixed = Math.imul(k0 ^ Math.imul(k1, 0x9e3779b1), 0x85ebca6b)
    const at = store.reserve(shift === 32 ? 0 : mixed >>> shift)
    const { chunk } = store
    chunk[at] = k0
    chunk[at + 1] = k1
    chunk[at + 2] = keys[hash + 2] as number
    chunk[at + 3] = keys[hash + 3] as number
    chunk[at + 4] = hasContent ? (content[hash] as number) : NO_CONTENT
    chunk[at + 5] = hasContent ? (content[hash + 1] as number) : NO_CONTENT
    chunk[at + 6] = idWords[row * 2] as number
    chunk[at + 7] = idWords[row * 2 + 1] as number
  }
}

/** The keys of a batch's rows, {@link LANES} words each; the last word tells keys with a null by {@link NULL_KEY}. */
function keysOf(identity: RowIdentity, { rows, idWords, key, content, nullKeys }: RowHashes): Int32Array {
  switch (identity.kind) {
    case 'row-id': {
      for (let row = 0, at = 0; row < rows; row++, at += LANES) {
        key[at] = idWords[row * 2] as number
        key[at + 1] = idWords[row * 2 + 1] as number
        key[at + 2] = 0
        key[at + 3] = 0
      }
      return key
    }
    case 'content': {
      for (let at = 0; at < rows * LANES; at += LANES) content[at + 3] = (content[at + 3] as number) & ~NULL_KEY
      return content
    }
    case 'key': {
      for (let row = 0, at = 0; row < rows; row++, at += LANES) {
        const last = key[at + 3] as number
        if (nullKeys[row] === 0) key[at + 3] = last & ~NULL_KEY
        else {
          // A row with a null in its key is matched by all of its values.
          key[at + 2] = (key[at + 2] as number) ^ (content[at] as number)
          key[at + 3] = (last ^ (content[at + 1] as number)) | NULL_KEY
        }
      }
      return key
    }
  }
}

async function matchStores(job: MatchJob, from: RecordStore, to: RecordStore): Promise<MatchResult> {
  const counts = newCounts()
  const places = { from: createPlacer(job.from.side), to: createPlacer(job.to.side) }
  const results = new ResultCollector(places, {
    rows: from.records + to.records,
    maxBytes: job.limits.resultBytes,
    spill: job.spill,
  })
  const matcher = new RecordMatcher(results, counts)
  for (let partition = 0; partition < from.partitions; partition++) {
    job.signal.throwIfAborted()
    refuseSkew(job, from.lengthOf(partition) + to.lengthOf(partition))
    await matcher.match(await from.take(partition), await to.take(partition))
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
