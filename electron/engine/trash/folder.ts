import { randomBytes } from 'node:crypto'
import { lstat, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { TrashedDataset } from '#shared/model/maintenance.ts'
import { AppError } from '#shared/errors.ts'
import { errnoOf, fileError } from '../store/errno.ts'
import { createLocalStore } from '../store/local-store.ts'

/**
 * The trash of a folder: a hidden folder in it with one folder for each dropped dataset, named by when it was dropped, in
 * which the dataset lies under its own name. There is no other record, so nothing can disagree with it. Being on the same
 * volume, a dataset moves in and out at once or not at all.
 */
const TRASH = '.tiltyard-trash'
const ID = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-[0-9a-f]{8}$/
/** Being deleted for good; what a deletion that was stopped leaves is removed by the next one. */
const DOOMED = /^deleted-/

/** Where a dataset of the trash lies; `not-found` when it does not. */
export async function findTrashed(folder: string, id: string): Promise<string> {
  const place = ID.test(id) ? join(folder, TRASH, id) : undefined
  const name = place === undefined ? undefined : await onlyName(place)
  if (place !== undefined && name !== undefined) return join(place, name)
  return notInTrash(folder, id)
}

function notInTrash(folder: string, id: string): never {
  throw new AppError({
    code: 'not-found',
    message: 'That dataset is not in the trash any more.',
    hint: 'It was restored or deleted meanwhile. Look at the trash again.',
    detail: { folder, id },
  })
}

/** Newest first. */
export async function listTrash(folder: string): Promise<readonly TrashedDataset[]> {
  const ids = (await namesIn(join(folder, TRASH))).filter((name) => ID.test(name)).toSorted()
  const found = await Promise.all(ids.toReversed().map((id) => describeId(folder, id)))
  return found.filter((it) => it !== undefined)
}

/** Where a dataset of a folder will lie in its trash. */
export function newTrashPlace(location: string, folder: string): { readonly id: string; readonly place: string } {
  const id = `${new Date().toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(4).toString('hex')}`
  return { id, place: join(folder, TRASH, id, basename(location)) }
}

/** Moves a dataset into the trash, to a place made by {@link newTrashPlace}. */
export async function moveToTrash(location: string, place: string): Promise<void> {
  const own = dirname(place)
  const trash = dirname(own)
  try {
    await mkdir(trash, { recursive: true })
    if (!(await lstat(trash)).isDirectory()) throw isNoFolder(trash)
    await mkdir(own)
    await rename(location, place)
  } catch (error) {
    await removeEmpty(own, trash)
    throw moveError(error, location)
  }
}

/** Moves a dataset out of the trash to `target`, where nothing may be. */
export async function moveFromTrash(folder: string, id: string, target: string): Promise<void> {
  const from = await findTrashed(folder, id)
  await moveTo(from, target)
  await removeEmpty(join(folder, TRASH, id), join(folder, TRASH))
}

/** Deletes a dataset of the trash for good; the bytes it had. It leaves the trash at once, its files after that. */
export async function deleteTrashed(folder: string, id: string): Promise<number> {
  await findTrashed(folder, id)
  const trash = join(folder, TRASH)
  const bytes = await sizeOf(join(trash, id))
  try {
    await rename(join(trash, id), join(trash, `deleted-${id}`))
    for (const name of (await namesIn(trash)).filter((it) => DOOMED.test(it))) {
      await rm(join(trash, name), { recursive: true, force: true })
    }
  } catch (error) {
    throw moveError(error, join(trash, id))
  }
  await removeEmpty(trash)
  return bytes
}

/** Renames a folder to a path where nothing is; `already-exists` where something is. */
export async function moveTo(from: string, target: string): Promise<void> {
  const existing = await lstat(target).catch(() => undefined)
  if (existing !== undefined) {
    throw new AppError({
      code: 'already-exists',
      message: `There is something at ${target} already.`,
      hint: 'Choose another name.',
      detail: { path: target },
    })
  }
  await rename(from, target).catch((error: unknown) => {
    throw moveError(error, from)
  })
}

/** A dataset of the trash; `not-found` when it is not there. */
export async function describeTrashed(folder: string, id: string): Promise<TrashedDataset> {
  return (await describeId(folder, id)) ?? notInTrash(folder, id)
}

async function describeId(folder: string, id: string): Promise<TrashedDataset | undefined> {
  const place = join(folder, TRASH, id)
  const name = await onlyName(place)
  if (name === undefined) return undefined
  return {
    id,
    name: name.replace(/\.lance$/, ''),
    location: join(folder, name),
    trashedAt: toTime(id),
    bytes: await sizeOf(place),
  }
}

async function sizeOf(place: string): Promise<number> {
  const { objects } = await createLocalStore(place).listTree('')
  return objects.reduce((sum, { bytes }) => sum + bytes, 0)
}

async function onlyName(place: string): Promise<string | undefined> {
  return (await namesIn(place)).at(0)
}

async function namesIn(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return []
    throw fileError(error, path)
  }
}

/** An empty trash needs no folder. */
async function removeEmpty(...folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rmdir(folder).catch(() => undefined)
}

function toTime(id: string): string {
  return id.replace(ID, '$1-$2-$3T$4:$5:$6.$7Z')
}

function isNoFolder(path: string): AppError {
  return new AppError({
    code: 'not-a-directory',
    message: `The trash ${path} is not a folder.`,
    hint: 'Move away what is there under that name.',
    detail: { path },
  })
}

function moveError(error: unknown, path: string): AppError {
  const errno = errnoOf(error)
  if (errno === 'EACCES' || errno === 'EPERM' || errno === 'EROFS') {
    return new AppError(
      {
        code: 'read-only',
        message: `Tiltyard may not move ${path}; nothing was changed.`,
        hint: 'Ask for write permission on the folder it is in.',
        detail: { path, errno },
      },
      { cause: error },
    )
  }
  if (errno === 'EBUSY' || errno === 'EXDEV') {
    return new AppError(
      {
        code: 'in-use',
        message: `${path} cannot be moved: another program uses it, or it is a volume of its own.`,
        hint: 'Close what uses it and try again.',
        detail: { path, errno },
      },
      { cause: error },
    )
  }
  return fileError(error, path)
}
