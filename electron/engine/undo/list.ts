import type { LedgerEntry } from '#shared/model/ledger.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import { AppError, toErrorValue, type ErrorValue } from '#shared/errors.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { readLedger } from '../ledger/index.ts'
import { listVersions, type VersionFactsReader } from '../versions/index.ts'
import { isUndoable } from './chain.ts'
import { judge, type Judged } from './judge.ts'

/** Writes that made versions, or may have, newest first, each judged against what is newest on its branch now. */
export async function listUndoable(
  context: EngineContext,
  dataset: OpenDataset,
  reader: VersionFactsReader,
  limit: number,
  signal: AbortSignal,
): Promise<readonly Judged[]> {
  const { entries } = await readLedger(context, dataset)
  const wanted = entries.filter(isUndoable).slice(0, limit)
  const branches = new Set(wanted.map(({ branch }) => branch))
  const judged = new Map<string, Judged>()
  for (const branch of branches) {
    const ofBranch = entries.filter((entry) => entry.branch === branch)
    const oldest = Math.min(...wanted.map((entry) => (entry.branch === branch ? entry.versionBefore : Infinity)))
    for (const item of await judgeBranch(dataset, branch, ofBranch, oldest, reader, signal)) {
      judged.set(item.entry.id, item)
    }
  }
  return wanted.flatMap(({ id }) => judged.get(id) ?? [])
}

async function judgeBranch(
  dataset: OpenDataset,
  branch: string | undefined,
  entries: readonly LedgerEntry[],
  oldest: number,
  reader: VersionFactsReader,
  signal: AbortSignal,
): Promise<readonly Judged[]> {
  try {
    const versions = new Map<number, VersionEntry>()
    for await (const version of listVersions(dataset, branch, reader, signal)) {
      if (version.version < oldest) break
      versions.set(version.version, version)
    }
    return judge(entries, versions, Math.max(...versions.keys()))
  } catch (error) {
    signal.throwIfAborted()
    if (branch === undefined || !(error instanceof AppError) || error.code !== 'ref-not-found') throw error
    return judgeGone(entries, toErrorValue(error))
  }
}

/** The branch was deleted: nothing on it can be undone. */
function judgeGone(entries: readonly LedgerEntry[], problem: ErrorValue): readonly Judged[] {
  return entries.filter(isUndoable).map((entry) => ({
    entry,
    kind: entry.undoneBy === undefined ? 'undo' : 'redo',
    newest: entry.versionAfter ?? entry.versionBefore,
    later: [],
    laterCount: 0,
    problem,
    target: entry.versionBefore,
  }))
}
