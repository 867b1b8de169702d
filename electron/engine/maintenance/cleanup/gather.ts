import { AppError } from '#shared/errors.ts'
import type { CleanupOperation, MaintenanceNote } from '#shared/model/maintenance.ts'
import type { EngineContext, OpenDataset } from '../../context.ts'
import {
  createPace,
  planOwnCleanup,
  toNanoseconds,
  type KeepRule,
  type OwnPlan,
  type Snapshot,
  type StoredFile,
} from '../../storage/index.ts'
import { readJournal } from './journal.ts'
import { readForks, readNeighbours, readStrayManifests } from './needed-names.ts'

/** What a cleanup would remove from a dataset as a snapshot shows it. */
export interface Gathered {
  readonly snapshot: Snapshot
  readonly plan: OwnPlan
  readonly notes: readonly MaintenanceNote[]
}

export interface Wanted {
  readonly keep: KeepRule
  readonly deleteUnverified: boolean
  /** Files known to be of removed versions beside those the journal names. */
  readonly isIntended?: (file: StoredFile) => boolean
}

/** What an operation asks for. Refuses with `invalid-input` unless exactly one way to keep is given. */
export function toWanted({ olderThan, keepLast, deleteUnverified = false }: CleanupOperation): Wanted {
  if (olderThan !== undefined && keepLast === undefined) {
    return { keep: { kind: 'since', cutOffNs: toNanoseconds(olderThan) }, deleteUnverified }
  }
  if (keepLast !== undefined && olderThan === undefined) {
    return { keep: { kind: 'newest', count: keepLast }, deleteUnverified }
  }
  throw new AppError({
    code: 'invalid-input',
    message: 'A cleanup keeps versions by age or by number, one of the two.',
    hint: 'Give either olderThan or keepLast.',
  })
}

/** Plans a cleanup on a snapshot with everything around the dataset that may need its files. */
export async function gather(
  context: Pick<EngineContext, 'paths'>,
  dataset: OpenDataset,
  snapshot: Snapshot,
  { keep, deleteUnverified, isIntended }: Wanted,
  signal: AbortSignal,
): Promise<Gathered> {
  const pace = createPace(signal)
  const [journal, forks] = await Promise.all([readJournal(context, dataset), readForks(dataset)])
  const strays = await readStrayManifests(dataset, snapshot, pace)
  const neighbours = await readNeighbours(context, dataset, pace)
  const rules = {
    keep,
    deleteUnverified,
    nowMs: snapshot.takenMs,
    forks,
    needed: new Set([...strays.names, ...neighbours.names]),
    isIntended: (file: StoredFile) => journal.has(file) || isIntended?.(file) === true,
  }
  return {
    snapshot,
    plan: await planOwnCleanup(snapshot, rules, pace),
    notes: [...strays.notes, ...neighbours.notes],
  }
}
