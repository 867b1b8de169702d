import type { Input, Output } from '#shared/contract/index.ts'
import { AppError, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { beginWrite } from '../ledger/index.ts'
import { isNewer, restoreVersion, type RestoreWrite, type VersionFactsReader } from '../versions/index.ts'
import { listUndoable } from './list.ts'
import type { Judged } from './judge.ts'
import { alreadyDone, collided, noSuchEntry, takesBackLater } from './problems.ts'

type Kind = Judged['kind']

export interface TakeBack extends RestoreWrite {
  readonly context: EngineContext
  readonly reader: VersionFactsReader
}

/**
 * Undoes a write, or does again one that was undone, by committing the state before that as a new version. Refused with
 * `commit-conflict` when the newest version is not the one the person saw, or when commits made since would be taken back
 * and the person did not say so.
 */
export async function takeBack(
  work: TakeBack,
  kind: Kind,
  { entry: id, newest, includingLater = false }: Input<'undo.undo'>,
): Promise<Output<'undo.undo'>> {
  const { context, dataset, reader, signal } = work
  const item = (await listUndoable(context, dataset, reader, Number.POSITIVE_INFINITY, signal)).find(
    ({ entry }) => entry.id === id,
  )
  if (item === undefined) throw noSuchEntry(id)
  if (item.kind !== kind) throw alreadyDone(item.entry, kind)
  if (item.problem !== undefined) throw new AppError(item.problem)
  if (item.newest !== newest) throw isNewer({ version: item.newest }, newest)
  if (item.laterCount > 0 && !includingLater) throw takesBackLater(item)
  return commit(work, item)
}

async function commit(work: TakeBack, item: Judged): Promise<Output<'undo.undo'>> {
  const { context, dataset } = work
  const { entry, kind, target, laterCount, later, newest } = item
  const write = await beginWrite(context, dataset, {
    operation: `undo.${kind}`,
    title: `${kind === 'undo' ? 'Undo' : 'Redo'}: ${entry.title}`,
    branch: entry.branch,
    forecast: { restores: target, takesBack: later.map(({ version }) => version), takesBackCount: laterCount },
    ...(kind === 'undo' ? { undoes: entry.id } : { redoes: entry.id }),
  })
  try {
    const version = await restoreAlone(work, { branch: entry.branch, version: target }, newest)
    return { version, entry: await write.end({ outcome: 'done', result: { version, restored: target } }, version) }
  } catch (error) {
    const wasCancelled = isCancelled(error) || work.signal.aborted
    await write.end(wasCancelled ? { outcome: 'cancelled' } : { outcome: 'failed', error: toErrorValue(error) })
    throw error
  }
}

/**
 * Restores on top of exactly the version judged. Lance commits a restore over whatever is newest by then, so a commit of
 * another program that came in between is committed anew, and the restore given up.
 */
async function restoreAlone(
  work: RestoreWrite & { readonly dataset: OpenDataset },
  at: { readonly branch: string | undefined; readonly version: number },
  newest: number,
): Promise<number> {
  const { version } = await restoreVersion(work, at, newest)
  if (version === newest + 1) return version
  const signal = new AbortController().signal
  await restoreVersion({ ...work, signal }, { branch: at.branch, version: version - 1 })
  throw collided(version - 1)
}
