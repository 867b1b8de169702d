import type { ImportRecord, ImportState } from '#shared/model/import/result.ts'
import { isRunning } from '../ledger/index.ts'
import { listJournals, type ImportOrder, type Journal, type StateFile } from './journal.ts'

/** Every import there is a journal of, newest first. Journals that cannot be read are left out. */
export async function listRecords(dataDir: string): Promise<readonly ImportRecord[]> {
  const records: ImportRecord[] = []
  for (const journal of await listJournals(dataDir)) {
    const record = await readRecord(journal).catch(() => undefined)
    if (record !== undefined) records.push(record)
  }
  return records.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
}

export async function readRecord(journal: Journal): Promise<ImportRecord> {
  return toRecord(await journal.readOrder(), await journal.readState(), journal)
}

/** `running` only while the process lives that runs it. */
export function stateOf(file: StateFile | undefined): ImportState {
  if (file === undefined) return 'unfinished'
  return file.state === 'running' && !isRunning(file.run) ? 'unfinished' : file.state
}

async function toRecord(order: ImportOrder, file: StateFile | undefined, journal: Journal): Promise<ImportRecord> {
  const done = (await journal.readTracked())?.done
  const { endedAt, reason, result } = file ?? {}
  return {
    id: order.id,
    startedAt: order.startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    state: stateOf(file),
    spec: order.spec,
    rowsWritten: done?.rowsWritten ?? 0,
    filesDone: done?.filesDone ?? 0,
    files: order.files.length,
    bytesRead: done?.bytesRead ?? 0,
    ...(reason === undefined ? {} : { reason }),
    ...(result === undefined ? {} : { result }),
  }
}
