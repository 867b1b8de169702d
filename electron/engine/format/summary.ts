import { openContainer, type ManifestContainer } from './container.ts'
import { boundDeletedRows } from './fragment.ts'
import { readNumber } from './operation-parts.ts'
import { formatTimestamp, readTimestamp } from './timestamp.ts'
import { readTransaction, type Transaction } from './transaction.ts'
import { commonPrefix } from './common-prefix.ts'
import { WireReader } from './wire.ts'

/** The figures of one version, without its fragments. */
export interface ManifestSummary {
  readonly version: number
  /** RFC 3339 UTC. */
  readonly timestamp: string
  /** Live rows. */
  readonly rows: number
  readonly deletedRows: number
  readonly fragments: number
  /** Sum of recorded data file sizes. */
  readonly dataBytes: number
  /** Data files whose size the writer did not record. */
  readonly unsizedFiles: number
  /** Fragments whose rows the writer did not record. */
  readonly uncountedFragments: number
  /** The commit that made this version, when it is stored in the manifest itself. */
  readonly transaction: Transaction | null
  /** Name below `_transactions/`; empty when there is none. */
  readonly transactionFile: string
}

interface Totals {
  physicalRows: number
  deletedRows: number
  fragments: number
  dataBytes: number
  unsizedFiles: number
  uncountedFragments: number
}

/** Walks manifest files for their figures without building a fragment, some ten times faster than decoding them. */
export type Summarizer = (file: Uint8Array) => ManifestSummary

/** What a walk over one manifest has found out that helps with the next. */
interface Walked {
  readonly message: Uint8Array
  readonly checkpoints: readonly Checkpoint[]
}

/** Totals of all fragments before an offset of the manifest message; nothing but schema and fragments lies before it. */
interface Checkpoint {
  readonly offset: number
  readonly totals: Totals
}

const CHECKPOINT_FRAGMENTS = 64
const NO_TOTALS: Totals = {
  physicalRows: 0,
  deletedRows: 0,
  fragments: 0,
  dataBytes: 0,
  unsizedFiles: 0,
  uncountedFragments: 0,
}

/**
 * A summarizer for the manifests of one history. Every manifest repeats the fragments of the one before, so a walk starts
 * where this one differs from the last: ten thousand appends are read at the speed of comparing bytes.
 */
export function createSummarizer(): Summarizer {
  let last: Walked | undefined
  return (file) => {
    const container = openContainer(file)
    const known = last === undefined ? [] : sharedCheckpoints(last, container.message)
    const checkpoints = [...known]
    const summary = walk(container, checkpoints)
    last = { message: container.message, checkpoints }
    return summary
  }
}

/** The figures of a single manifest file. Throws `corrupt-manifest`. */
export function summarizeManifest(file: Uint8Array): ManifestSummary {
  return walk(openContainer(file), [])
}

function sharedCheckpoints(last: Walked, message: Uint8Array): readonly Checkpoint[] {
  const shared = commonPrefix(last.message, message)
  const end = last.checkpoints.findIndex(({ offset }) => offset > shared)
  return end === -1 ? last.checkpoints : last.checkpoints.slice(0, end)
}

/** Walks from the last checkpoint on, adding further ones as they are passed. */
function walk(container: ManifestContainer, checkpoints: Checkpoint[]): ManifestSummary {
  const from = checkpoints.at(-1)
  const message = new WireReader(container.message, from?.offset ?? 0)
  const totals = { ...(from?.totals ?? NO_TOTALS) }
  let version = 0
  let timestamp: string | undefined
  let transactionFile = ''
  let transactionSection: number | undefined
  let isBeforeTail = true
  while (message.next()) {
    switch (message.field) {
      case 1:
        message.skip()
        break
      case 2:
        addFragment(message.message(), totals)
        if (isBeforeTail && totals.fragments % CHECKPOINT_FRAGMENTS === 0) {
          checkpoints.push({ offset: message.offset, totals: { ...totals } })
        }
        break
      case 3:
        version = message.uint()
        break
      case 7:
        timestamp = readTimestamp(message.message())
        break
      case 12:
        transactionFile = message.text()
        break
      case 21:
        transactionSection = message.uint()
        break
      default:
        message.skip()
    }
    isBeforeTail &&= message.field <= 2
  }
  return {
    version,
    timestamp: timestamp ?? formatTimestamp(0, 0),
    rows: totals.physicalRows - totals.deletedRows,
    deletedRows: totals.deletedRows,
    fragments: totals.fragments,
    dataBytes: totals.dataBytes,
    unsizedFiles: totals.unsizedFiles,
    uncountedFragments: totals.uncountedFragments,
    transaction: readInlineTransaction(container, transactionSection),
    transactionFile,
  }
}

function readInlineTransaction(container: ManifestContainer, offset: number | undefined): Transaction | null {
  return offset === undefined ? null : readTransaction(container.section(offset))
}

function addFile(bytes: number, totals: Totals): void {
  if (bytes === 0) totals.unsizedFiles++
  else totals.dataBytes += bytes
}

/** DataFragment: 2 files {6 size}, 3 deletion file {4 deleted rows}, 4 physical rows. */
function addFragment(fragment: WireReader, totals: Totals): void {
  let physicalRows = 0
  let deletedRows = 0
  let files = 0
  while (fragment.next()) {
    if (fragment.field === 2) {
      addFile(readNumber(fragment.message(), 6), totals)
      files++
    } else if (fragment.field === 3) deletedRows = readNumber(fragment.message(), 4)
    else if (fragment.field === 4) physicalRows = fragment.uint()
    else fragment.skip()
  }
  totals.fragments++
  if (physicalRows === 0 && files > 0) totals.uncountedFragments++
  totals.physicalRows += physicalRows
  totals.deletedRows += boundDeletedRows(deletedRows, physicalRows)
}
