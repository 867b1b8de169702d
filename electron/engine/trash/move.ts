import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { TrashedDataset } from '#shared/model/maintenance.ts'
import { AppError } from '#shared/errors.ts'
import type { EngineContext } from '../context.ts'
import { toHandle } from '../datasets/index.ts'
import { jobsOf } from '../jobs/index.ts'
import { noteMove, noteWrite } from '../ledger/index.ts'
import { fileError } from '../store/errno.ts'
import { isInside, outsideRoot, resolveRealPath } from '../store/local-path.ts'
import {
  deleteTrashed,
  describeTrashed,
  findTrashed,
  moveFromTrash,
  moveTo,
  moveToTrash,
  newTrashPlace,
} from './folder.ts'
import { findClones, findPathBranches, type PathUser } from './users.ts'

/** Moves a dataset, also a damaged one, into the trash of its folder. Refused while a job writes it or clones read it. */
export async function dropDataset(context: EngineContext, text: string): Promise<TrashedDataset> {
  const { location, folder } = await findDataset(context, text)
  refuseUsers(location, await findClones(context, location))
  const { id, place } = newTrashPlace(location, folder)
  const note = { operation: 'trash.drop', title: 'Move to the trash' }
  await noteMove(context, { from: location, to: place }, note, () => moveToTrash(location, place))
  return describeTrashed(folder, id)
}

/** Moves a dataset back; under another name only if none of its branches refers to it by its old path. */
export async function restoreDataset(
  context: EngineContext,
  { folder: text, id, name }: { readonly folder: string; readonly id: string; readonly name?: string | undefined },
): Promise<{ readonly location: string }> {
  const folder = await resolveRealPath(text, context.paths.root)
  const trashed = await findTrashed(folder, id)
  const location = join(folder, name === undefined ? basename(trashed) : toFolderName(name))
  if (basename(location) !== basename(trashed)) await refuseBranches(context, trashed, join(folder, basename(trashed)))
  const note = {
    operation: 'trash.restore',
    title: name === undefined ? 'Restore from the trash' : `Restore from the trash as ${basename(location)}`,
  }
  await noteMove(context, { from: trashed, to: location }, note, () => moveFromTrash(folder, id, location))
  return { location }
}

/** Deletes a dataset in the trash for good; the bytes it had. Its ledger stays in the app data folder, as all that is left. */
export async function deleteForGood(
  context: EngineContext,
  { folder: text, id }: { readonly folder: string; readonly id: string },
): Promise<number> {
  const folder = await resolveRealPath(text, context.paths.root)
  const location = await findTrashed(folder, id)
  const note = { operation: 'trash.delete', title: 'Delete for good', makesNoVersion: true } as const
  return noteWrite(context, { location }, note, () => deleteTrashed(folder, id))
}

/** Renames a dataset's folder. Refused where its branches or clones beside it refer to it by its path. */
export async function renameDataset(
  context: EngineContext,
  { location: text, name }: { readonly location: string; readonly name: string },
): Promise<{ readonly location: string }> {
  const { location, folder } = await findDataset(context, text)
  const target = join(folder, toFolderName(name))
  if (target === location) return { location }
  refuseUsers(location, await findClones(context, location))
  await refuseBranches(context, location, location)
  const note = { operation: 'datasets.rename', title: `Rename ${basename(location)} to ${basename(target)}` }
  await noteMove(context, { from: location, to: target }, note, () => moveTo(location, target))
  return { location: target }
}

async function findDataset(
  context: EngineContext,
  text: string,
): Promise<{ readonly location: string; readonly folder: string }> {
  const { root } = context.paths
  const location = await resolveRealPath(text, root)
  const folder = dirname(location)
  if (root !== undefined && !isInside(root, folder)) throw outsideRoot(folder, root)
  const names = await readdir(location).catch((error: unknown) => {
    throw fileError(error, location)
  })
  if (!names.includes('_versions') && !(names.includes('data') && location.endsWith('.lance'))) {
    throw new AppError({
      code: 'not-a-dataset',
      message: `${location} is not a Lance dataset: it has no "_versions" folder.`,
      hint: 'Only datasets are moved or renamed here.',
      detail: { path: location },
    })
  }
  const job = jobsOf(context)
    .list()
    .find((it) => it.endedAt === undefined && it.writes && it.dataset === toHandle(location))
  if (job === undefined) return { location, folder }
  throw new AppError({
    code: 'in-use',
    message: `A job writes this dataset now: ${job.title}.`,
    hint: 'Wait for its end, or cancel it.',
    detail: { job: job.id },
  })
}

/** Branches keep the absolute path of the dataset they were made in; `was` is that path, `at` where it lies now. */
async function refuseBranches(context: EngineContext, at: string, was: string): Promise<void> {
  const holder = new AbortController()
  try {
    const dataset = await context.datasets.open(at, holder.signal)
    refuseUsers(was, await findPathBranches({ ...dataset, location: was }))
  } finally {
    holder.abort()
  }
}

function refuseUsers(location: string, users: readonly PathUser[]): void {
  const [first] = users
  if (first === undefined) return
  const names = users.map(({ name }) => `"${name}"`).join(', ')
  const isClone = first.kind === 'clone'
  const what = isClone ? (users.length > 1 ? 'clones' : 'clone') : users.length > 1 ? 'branches' : 'branch'
  throw new AppError({
    code: 'in-use',
    message: `The ${what} ${names} would lose ${users.length > 1 ? 'their' : 'its'} rows: Lance finds them by the path ${location}.`,
    hint: isClone
      ? 'Copy or drop the clone first.'
      : 'Delete the branch first, or copy the dataset under the new name instead.',
    detail: { path: location, users },
  })
}

/** A name LanceDB opens, as a folder name. */
function toFolderName(name: string): string {
  const plain = name.replace(/\.lance$/, '')
  if (/^[A-Za-z0-9_.-]+$/.test(plain) && !plain.startsWith('.')) return `${plain}.lance`
  throw new AppError({
    code: 'invalid-name',
    message: `"${name}" is no name for a dataset.`,
    hint: 'Use ASCII letters, digits, ".", "-" and "_", not beginning with ".".',
    detail: { name },
  })
}
