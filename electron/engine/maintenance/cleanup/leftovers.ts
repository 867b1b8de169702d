import { AppError } from '#shared/errors.ts'
import type { Leftover } from '#shared/model/maintenance.ts'
import type { EngineContext, OpenDataset } from '../../context.ts'
import { checkWritable } from '../../datasets/index.ts'
import {
  createClassifier,
  createPace,
  isOwnTemporary,
  nameOf,
  takeSnapshot,
  UNVERIFIED_MS,
  type StoredFile,
} from '../../storage/index.ts'
import { readJournal, withCleanupLock } from './journal.ts'
import { readNeighbours, readStrayManifests } from './needed-names.ts'
import { createRemover } from './remover.ts'
import { createRefWatch } from './watch-refs.ts'

/**
 * Files of main and of every branch that no version uses, and temporary files of stopped writers. Links and what detached
 * manifests or clones in the same folder need are none.
 */
export async function findLeftovers(
  context: EngineContext,
  dataset: OpenDataset,
  signal: AbortSignal,
): Promise<readonly Leftover[]> {
  return (await gatherLeftovers(context, dataset, signal)).leftovers.map(({ leftover }) => leftover)
}

/**
 * Removes leftovers, each only if it is still one and unchanged; whatever else is asked for refuses the whole. Also those
 * that are recent: the person has seen that they are.
 */
export async function removeLeftovers(
  context: EngineContext,
  dataset: OpenDataset,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly files: number; readonly bytes: number }> {
  await checkWritable(dataset, undefined, [])
  return withCleanupLock(context, dataset, async () => {
    const { leftovers, snapshot } = await gatherLeftovers(context, dataset, signal)
    const byPath = new Map(leftovers.map(({ file }) => [file.path, file]))
    const unknown = paths.find((path) => !byPath.has(path))
    if (unknown !== undefined) throw noLeftover(unknown)
    if (await createRefWatch(dataset, snapshot)()) throw changedMeanwhile()
    const remover = createRemover(dataset.location)
    let [files, bytes] = [0, 0]
    for (const path of new Set(paths)) {
      signal.throwIfAborted()
      const file = byPath.get(path)
      const removal = file === undefined ? undefined : await remover.remove(file)
      if (removal?.kind !== 'removed') continue
      files++
      bytes += removal.bytes
    }
    await remover.removeEmptyFolders()
    return { files, bytes }
  })
}

async function gatherLeftovers(context: EngineContext, dataset: OpenDataset, signal: AbortSignal) {
  const snapshot = await takeSnapshot(dataset, undefined, signal)
  const [unread] = snapshot.unreadable
  if (unread !== undefined) {
    throw new AppError({
      code: unread.error.code === 'permission-denied' ? 'permission-denied' : 'corrupt-manifest',
      message: `What is left over cannot be told: ${unread.path} cannot be read, and may need any file.`,
      hint: 'Check the dataset with the doctor.',
      detail: { path: unread.path, reason: unread.error.message },
    })
  }
  const pace = createPace(signal)
  const strays = await readStrayManifests(dataset, snapshot, pace)
  const neighbours = await readNeighbours(context, dataset, pace)
  const journal = await readJournal(context, dataset)
  const classify = createClassifier(snapshot.references)
  const isNeeded = (file: StoredFile): boolean => {
    if (file.placed.kind === 'computed-signature') return strays.names.size + neighbours.names.size > 0
    return strays.names.has(nameOf(file)) || neighbours.names.has(nameOf(file))
  }
  const lines = new Set(snapshot.references.lines.map(({ folder }) => folder))
  const leftovers = snapshot.files.flatMap((file) => {
    const { kind, folder } = file.placed
    // What lies where a branch may be in the making is not looked at before its branch file is there.
    if (file.isSpecial === true || !lines.has(folder) || KEPT.has(kind) || classify(file).class !== 'abandoned')
      return []
    if (!isOwnTemporary(file) || isNeeded(file)) return []
    const isRecent = file.modifiedMs >= Date.now() - UNVERIFIED_MS && !journal.has(file)
    return [{ file, leftover: toLeftover(file, isRecent) }]
  })
  return { leftovers, snapshot }
}

/** Kinds that are classed as abandoned when their place says nothing, and that are never ours to remove. */
const KEPT = new Set(['manifest', 'detached-manifest', 'version-hint'])

function toLeftover({ path, bytes, modifiedMs, placed }: StoredFile, isRecent: boolean): Leftover {
  return {
    path,
    bytes,
    modifiedAt: new Date(Math.max(-8.64e15, Math.min(8.64e15, modifiedMs))).toISOString(),
    why: placed.kind === 'temporary' ? 'temporary' : 'abandoned',
    isRecent,
  }
}

function noLeftover(path: string): AppError {
  return new AppError({
    code: 'in-use',
    message: `Nothing was removed: ${path} is no leftover, or not any more.`,
    hint: 'List the leftovers again.',
    detail: { path },
  })
}

function changedMeanwhile(): AppError {
  return new AppError({
    code: 'commit-conflict',
    message: 'Nothing was removed: another program made a version, tag or branch meanwhile.',
    hint: 'List the leftovers again.',
  })
}
