import { constants } from 'node:fs'
import { access, lstat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { errnoOf, fileError } from '../store/errno.ts'
import { expandPath, isInside, outsideRoot, resolveRealPath } from '../store/local-path.ts'

/** Where a new dataset goes. */
export interface NewDatasetPlace {
  readonly location: string
  readonly folder: string
  /** Without `.lance`. */
  readonly name: string
}

/** Checks the place of a new dataset: a name LanceDB opens, nothing there yet, a folder that may be written to. */
export async function checkNewPlace(text: string, root: string | undefined): Promise<NewDatasetPlace> {
  const path = expandPath(text)
  const name = basename(path)
  if (!/^[A-Za-z0-9_-][A-Za-z0-9_.-]*\.lance$/.test(name)) {
    throw new AppError({
      code: 'invalid-name',
      message: `LanceDB cannot open a dataset in a folder named "${name}".`,
      hint: 'Use ASCII letters, digits, ".", "-" and "_", not a dot first, and end in ".lance".',
      detail: { path },
    })
  }
  if (root !== undefined && !isInside(root, path)) throw outsideRoot(path, root)
  const folder = await resolveRealPath(dirname(path), root)
  if (folder.includes('?')) {
    throw new AppError({
      code: 'invalid-name',
      message: `LanceDB cannot write below a folder with a question mark in its name: ${folder}.`,
      hint: 'Choose another folder.',
      detail: { path: folder },
    })
  }
  const location = join(folder, name)
  const isThere = await lstat(location).then(
    () => true,
    (error: unknown) => errnoOf(error) !== 'ENOENT',
  )
  if (isThere) {
    throw new AppError({
      code: 'already-exists',
      message: `There is something at ${location} already.`,
      hint: 'Choose another name, or import into the dataset that is there.',
      detail: { path: location },
    })
  }
  await access(folder, constants.W_OK | constants.X_OK).catch((error: unknown) => {
    throw cannotWrite(folder, error)
  })
  return { location, folder, name: basename(name, '.lance') }
}

function cannotWrite(folder: string, cause: unknown): AppError {
  const errno = errnoOf(cause)
  if (errno !== 'EACCES' && errno !== 'EPERM' && errno !== 'EROFS') return fileError(cause, folder)
  return new AppError(
    {
      code: 'read-only',
      message: `Tiltyard may not write into ${folder}.`,
      hint: 'Choose another folder, or ask for permission to write there.',
      detail: { path: folder, errno },
    },
    { cause },
  )
}
