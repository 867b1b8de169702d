import { AppError } from '#shared/errors.ts'
import type { RowIdentity } from '#shared/model/compare.ts'
import type { HashPlan } from '../lance/index.ts'
import { fillStores } from './fill-stores.ts'
import { RECORD_WORDS } from './key-table.ts'
import { newCounts, RecordMatcher, type MatchCounts } from './match.ts'
import { createPlacer } from './places.ts'
import type { SideReader } from './read-side.ts'
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
  await fillStores(job, stores)
  job.progress.phase = 'matching'
  return matchStores(job, stores.from, stores.to)
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
