import { formatNoun } from '#shared/model/format.ts'
import type { CleanupOperation, Forecast, MaintenanceNote } from '#shared/model/maintenance.ts'
import type { EngineContext } from '../../context.ts'
import { readLedger } from '../../ledger/index.ts'
import { createSnapshots, summarizeOwnPlan, type OwnPlan } from '../../storage/index.ts'
import { forecastBase, type Subject } from '../operation.ts'
import { gather, toWanted } from './gather.ts'

const snapshots = new WeakMap<EngineContext, ReturnType<typeof createSnapshots>>()

/** Snapshots that are used again while nothing was committed: a person moves the cut-off to and fro. */
export function snapshotsOf(context: EngineContext): ReturnType<typeof createSnapshots> {
  const known = snapshots.get(context) ?? createSnapshots()
  snapshots.set(context, known)
  return known
}

/** What a cleanup of main would remove now: exact as long as nobody else writes. */
export async function forecastCleanup(subject: Subject, operation: CleanupOperation): Promise<Forecast> {
  const { context, dataset, signal } = subject
  const wanted = toWanted(operation)
  const snapshot = await snapshotsOf(context)(dataset, signal)
  const { plan, notes } = await gather(context, dataset, snapshot, wanted, signal)
  const { bytesFreed, filesRemoved, versionsRemoved, versionsKept, byKind, keptBy } = summarizeOwnPlan(plan)
  return {
    ...(await forecastBase('cleanup', subject)),
    nothingToDo: filesRemoved === 0,
    bytesFreed,
    cleanup: {
      bytesFreed,
      filesRemoved,
      versionsRemoved,
      versionsKept,
      byKind,
      keptBy,
      olderThan: toTime(plan.cutOffNs),
      unreachable: await findUnreachable(subject, versionsRemoved),
    },
    notes: [...notes, ...describe(plan)],
  }
}

/** Writes of the ledger that cannot be undone, or done again, without the versions that go. */
async function findUnreachable({ context, dataset }: Subject, removed: readonly number[]): Promise<readonly string[]> {
  const gone = new Set(removed)
  const { entries } = await readLedger(context, dataset)
  return entries.flatMap(({ title, branch, undoneBy, versionBefore, versionAfter }) => {
    const hasVersions = versionBefore !== undefined && versionAfter !== undefined && versionAfter > versionBefore
    if (branch !== undefined || !hasVersions) return []
    const needed = undoneBy === undefined ? versionBefore : versionAfter
    return gone.has(needed) ? [`${title} (version ${versionAfter})`] : []
  })
}

function describe({ versionsRemoved, keptBy }: OwnPlan): readonly MaintenanceNote[] {
  if (versionsRemoved.length === 0) return []
  const kept = new Set(keptBy.map(({ version }) => version)).size
  const notes: MaintenanceNote[] = [
    {
      severity: 'warning',
      message: `${formatNoun(versionsRemoved.length, 'version')} will be gone for good. Readers that have one open fail.`,
    },
    {
      severity: 'warning',
      message:
        'Clones of this dataset in other folders are not known here: one made from a removed version loses its rows.',
    },
  ]
  if (kept === 0) return notes
  return [
    ...notes,
    {
      severity: 'note',
      message: `${formatNoun(kept, 'older version')} with tags or branches stay, with all of their files.`,
    },
  ]
}

/** Milliseconds are exact enough for people; JavaScript has no nearer time. */
function toTime(timeNs: bigint): string {
  const mostMs = 8.64e15
  return new Date(Math.max(-mostMs, Math.min(mostMs, Number(timeNs / 1_000_000n)))).toISOString()
}
