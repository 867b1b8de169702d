import type { LedgerEntry } from '#shared/model/ledger.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { ledgerPath, readLines } from './file.ts'
import { foldLines } from './fold.ts'
import { isRunning } from './run.ts'

export interface Ledger {
  /** Newest first. */
  readonly entries: readonly LedgerEntry[]
  /** Lines torn by a crash, damaged or of another format. */
  readonly unreadableLines: number
}

/** What this app wrote to a dataset, or tried to, in any of its processes. */
export async function readLedger(
  { paths }: Pick<EngineContext, 'paths'>,
  { location }: Pick<OpenDataset, 'location'>,
  limit = Number.POSITIVE_INFINITY,
): Promise<Ledger> {
  const { lines, unreadable } = await readLines(ledgerPath(paths.dataDir, location))
  return { entries: foldLines(lines, isRunning).slice(0, limit), unreadableLines: unreadable }
}
