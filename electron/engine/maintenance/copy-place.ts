import { constants, rmdirSync, rmSync } from 'node:fs'
import { access, lstat, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { makeOwnFolder, removeLeftFolders } from '../lance/index.ts'
import { errnoOf, fileError } from '../store/errno.ts'
import { expandPath, isInside, outsideRoot, resolveRealPath } from '../store/local-path.ts'

/** Where a copy goes. */
export interface CopyPlace {
  /** Where it will be: a real folder and a name ending in `.lance`. */
  readonly location: string
  readonly parent: string
  /** Without `.lance`. */
  readonly name: string
}

/** Below the folder a copy goes into: where copies grow until they are whole, on the same volume. */
const GROWING = '.tiltyard-copies'

/** Checks where a copy is to go: a new, well-named folder in one that is there, may be written and is inside the root. */
export async function checkPlace(to: string, source: string, root: string | undefined): Promise<CopyPlace> {
  const path = expandPath(to)
  const name = basename(path)
  if (!/^[A-Za-z0-9_.-]+\.lance$/.test(name) || name.startsWith('.')) {
    throw new AppError({
      code: 'invalid-name',
      message: `LanceDB cannot open a dataset in a folder named "${name}".`,
      hint: 'Use ASCII letters, digits, ".", "-" and "_", not a dot first, and end in ".lance".',
      detail: { path },
    })
  }
  if (root !== undefined && !isInside(root, path)) throw outsideRoot(path, root)
  const parent = await resolveRealPath(dirname(path), root)
  const location = join(parent, name)
  if (location !== source && isInside(source, location)) {
    throw new AppError({
      code: 'invalid-input',
      message: 'A copy cannot be put inside the dataset it is made of.',
      hint: 'Choose a folder beside it.',
      detail: { path: location },
    })
  }
  if (parent.includes('?')) {
    throw new AppError({
      code: 'invalid-name',
      message: `LanceDB cannot write below a folder with a question mark in its name: ${parent}.`,
      hint: 'Choose another folder.',
      detail: { path: parent },
    })
  }
  await checkFree(location)
  await checkParent(parent)
  return { location, parent, name: basename(name, '.lance') }
}

async function checkFree(location: string): Promise<void> {
  const isThere = await lstat(location).then(
    () => true,
    (error: unknown) => errnoOf(error) !== 'ENOENT',
  )
  if (!isThere) return
  throw new AppError({
    code: 'already-exists',
    message: `There is something at ${location} already.`,
    hint: 'Choose another name: a copy never replaces anything.',
    detail: { path: location },
  })
}

async function checkParent(parent: string): Promise<void> {
  try {
    await access(parent, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw cannotWrite(parent, error)
  }
}

/** Makes a folder for a copy to grow in, and clears those that ended processes left. */
export function makeBuilding({ parent }: Pick<CopyPlace, 'parent'>): string {
  try {
    return makeOwnFolder(join(parent, GROWING), removeTree)
  } catch (error) {
    throw cannotWrite(parent, error)
  }
}

/** Puts a whole copy where it is to be. */
export async function moveIntoPlace({ name, location }: CopyPlace, building: string): Promise<void> {
  await checkFree(location)
  try {
    await rename(join(building, `${name}.lance`), location)
  } catch (error) {
    throw fileError(error, location)
  }
}

/** Removes the folder a copy grew in, and what ended processes left beside it. Never fails: the next copy tries again. */
export function clearBuildings({ parent }: Pick<CopyPlace, 'parent'>, building?: string): void {
  const root = join(parent, GROWING)
  try {
    if (building !== undefined) removeTree(building)
    removeLeftFolders(root, removeTree)
    rmdirSync(root)
  } catch {
    // Not there, or another copy grows in it.
  }
}

function removeTree(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

function cannotWrite(parent: string, cause: unknown): AppError {
  const errno = errnoOf(cause)
  if (errno !== 'EACCES' && errno !== 'EPERM' && errno !== 'EROFS') return fileError(cause, parent)
  return new AppError(
    {
      code: 'read-only',
      message: `Tiltyard may not write into ${parent}.`,
      hint: 'Choose another folder, or ask for permission to write there.',
      detail: { path: parent, errno },
    },
    { cause },
  )
}
