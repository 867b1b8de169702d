import { openContainer, type ManifestContainer } from './container.ts'
import { boundDeletedRows } from './fragment.ts'
import { readNumber } from './operation-parts.ts'
import { formatTimestamp, readTimestamp } from './timestamp.ts'
import { readTransaction, type Transaction } from './transaction.ts'
import type { WireReader } from './wire.ts'

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
}

/** Walks a manifest file for its figures without building a fragment, some ten times faster than decoding it. */
export function summarizeManifest(file: Uint8Array): ManifestSummary {
  const container = openContainer(file)
  const message = container.manifest()
  const totals: Totals = { physicalRows: 0, deletedRows: 0, fragments: 0, dataBytes: 0, unsizedFiles: 0 }
  let version = 0
  let timestamp: string | undefined
  let transactionFile = ''
  let transactionSection: number | undefined
  while (message.next()) {
    switch (message.field) {
      case 2:
        addFragment(message.message(), totals)
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
  }
  return {
    version,
    timestamp: timestamp ?? formatTimestamp(0, 0),
    rows: totals.physicalRows - totals.deletedRows,
    deletedRows: totals.deletedRows,
    fragments: totals.fragments,
    dataBytes: totals.dataBytes,
    unsizedFiles: totals.unsizedFiles,
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
  while (fragment.next()) {
    if (fragment.field === 2) addFile(readNumber(fragment.message(), 6), totals)
    else if (fragment.field === 3) deletedRows = readNumber(fragment.message(), 4)
    else if (fragment.field === 4) physicalRows = fragment.uint()
    else fragment.skip()
  }
  totals.fragments++
  totals.physicalRows += physicalRows
  totals.deletedRows += boundDeletedRows(deletedRows, physicalRows)
}
