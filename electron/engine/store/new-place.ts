import { constants } from 'node:fs'
import { access, lstat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { errnoOf, fileError } from './errno.ts'
import { expandPath, isInside, outsideRoot, resolveRealPath } from './local-path.ts'

/** Where a dataset is to be made. */
export interface NewPlace {
  /** A real folder and a name ending in `.lance`. */
  readonly location: string
  readonly parent: string
  /** Without `.lance`. */
  readonly name: string
}

/** Checks where a dataset is to be made: a free, well-named place in a folder that is there, may be written and is inside the root. */
export async function checkNewPlace(to: string, root: string | undefined): Promise<NewPlace> {
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
  if (parent.includes('?')) {
    throw new AppError({
      code: 'invalid-name',
      message: `LanceDB cannot write below a folder with a question mark in its name: ${parent}.`,
      hint: 'Choose another folder.',
      detail: { path: parent },
    })
  }
  const location = join(parent, name)
  await checkFree(location)
  await checkParent(parent)
  return { location, parent, name: basename(name, '.lance') }
}

/** Refuses a place where there is anything. */
export async function checkFree(location: string): Promise<void> {
  const isThere = await lstat(location).then(
    () => true,
    (error: unknown) => errnoOf(error) !== 'ENOENT',
  )
  if (!isThere) return
  throw new AppError({
    code: 'already-exists',
    message: `There is something at ${location} already.`,
    hint: 'Choose another name, or work with what is there: nothing is ever replaced.',
    detail: { path: location },
  })
}

async function checkParent(parent: string): Promise<void> {
  try {
    await access(parent, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw cannotWriteInto(parent, error)
  }
}

/** The refusal of a folder nothing may be made in. */
export function cannotWriteInto(parent: string, cause: unknown): AppError {
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
