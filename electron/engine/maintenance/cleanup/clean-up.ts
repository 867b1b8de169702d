import { AppError } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { CleanupOperation, MaintenanceNote } from '#shared/model/maintenance.ts'
import type { EngineContext, OpenDataset } from '../../context.ts'
import type { TaskEnv } from '../../jobs/index.ts'
import { takeSnapshot, type StoredFile } from '../../storage/index.ts'
import { gather, toWanted, type Gathered, type Wanted } from './gather.ts'
import { withCleanupLock, writeJournal } from './journal.ts'
import { createRemover } from './remover.ts'
import { createTally, type Tally } from './tally.ts'
import { createRefWatch } from './watch-refs.ts'

/** Somebody who commits all the time is not waited for. */
const MAX_TRIES = 3
/** While files are removed, new versions, tags and branches are looked for this often. */
const WATCH_MS = 1000

export interface CleanedUp {
  readonly bytesFreed: number
  readonly filesRemoved: number
  readonly tries: number
  readonly notes: readonly MaintenanceNote[]
}

/**
 * Removes old versions of main and what only they use. First their manifests, oldest first: whenever it ends, each version
 * that is left has all of its files, and a later cleanup knows the rest by the journal. Looks around before it begins and
 * while it goes on, and keeps what somebody tagged, branched from or went back to meanwhile.
 */
export async function cleanUp(
  context: Pick<EngineContext, 'paths'>,
  dataset: OpenDataset,
  operation: CleanupOperation,
  { signal, report }: Pick<TaskEnv, 'signal' | 'report'>,
): Promise<CleanedUp> {
  const wanted = toWanted(operation)
  return withCleanupLock(context, dataset, async () => {
    const { gathered, tries } = await gatherSettled(context, dataset, wanted, signal)
    const { plan, notes } = gathered
    const all = [...plan.manifests, ...plan.files]
    if (all.length === 0) return { bytesFreed: 0, filesRemoved: 0, tries, notes }
    await writeJournal(context, dataset, plan.files)
    const tally = createTally(
      all.reduce((sum, { bytes }) => sum + bytes, 0),
      report,
    )
    await removeManifests(dataset, plan.manifests, tally, signal)
    await removeFiles(context, dataset, gathered, tally, signal)
    const left = tally.failed()
    await writeJournal(context, dataset, left)
    return { bytesFreed: tally.bytes(), filesRemoved: tally.files(), tries, notes: [...notes, ...tally.notes()] }
  })
}

/** A plan nothing was committed behind the back of. */
async function gatherSettled(
  context: Pick<EngineContext, 'paths'>,
  dataset: OpenDataset,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<{ readonly gathered: Gathered; readonly tries: number }> {
  let snapshot = await takeSnapshot(dataset, undefined, signal)
  for (let tries = 1; ; tries++) {
    const gathered = await gather(context, dataset, snapshot, wanted, signal)
    if (!(await createRefWatch(dataset, snapshot)())) return { gathered, tries }
    if (tries >= MAX_TRIES) {
      throw new AppError({
        code: 'commit-conflict',
        message: 'Nothing was removed: other programs kept making versions, tags or branches meanwhile.',
        hint: 'Try again when they are done.',
      })
    }
    snapshot = await takeSnapshot(dataset, snapshot, signal)
  }
}

async function removeManifests(
  { location }: OpenDataset,
  manifests: readonly StoredFile[],
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  const remover = createRemover(location)
  for (const file of manifests) {
    signal.throwIfAborted()
    const removal = await remover.remove(file)
    tally.add(file, removal, 'Removing versions')
    if (removal.kind === 'removed' || removal.kind === 'gone') continue
    throw new AppError({
      code: removal.kind === 'failed' ? 'permission-denied' : 'commit-conflict',
      message: `The cleanup stopped at ${file.path}: ${removal.kind === 'failed' ? `it cannot be removed (${removal.reason})` : 'it has changed'}.`,
      hint: `${formatNoun(tally.files(), 'version')} had been removed by then; the next cleanup removes the rest.`,
      detail: { path: file.path },
    })
  }
  // No file of a version may go before it is certain that its manifest has.
  await remover.settle('_versions')
}

async function removeFiles(
  context: Pick<EngineContext, 'paths'>,
  dataset: OpenDataset,
  { snapshot, plan }: Gathered,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  const remover = createRemover(dataset.location)
  const isPlanned = identify(plan.files)
  let isRemovable = (_: StoredFile): boolean => true
  let hasNews = createRefWatch(dataset, snapshot)
  let checkedMs = -Infinity
  try {
    for (const file of plan.files) {
      signal.throwIfAborted()
      if (performance.now() - checkedMs > WATCH_MS) {
        if (await hasNews()) {
          // Nothing but what is still of no use: versions are none of this any more.
          const keep = { kind: 'newest', count: Number.MAX_SAFE_INTEGER } as const
          const now = await takeSnapshot(dataset, undefined, signal)
          const wanted = { keep, deleteUnverified: false, isIntended: isPlanned }
          isRemovable = identify((await gather(context, dataset, now, wanted, signal)).plan.files)
          hasNews = createRefWatch(dataset, now)
        }
        checkedMs = performance.now()
      }
      if (isRemovable(file)) tally.add(file, await remover.remove(file), 'Removing files')
      else tally.add(file, { kind: 'changed' }, 'Removing files')
    }
  } finally {
    await remover.removeEmptyFolders()
  }
}

function identify(files: readonly StoredFile[]): (file: StoredFile) => boolean {
  const known = new Map(files.map((file) => [file.path, file]))
  return ({ path, bytes, modifiedMs }) => {
    const found = known.get(path)
    return found?.bytes === bytes && found.modifiedMs === modifiedMs
  }
}
