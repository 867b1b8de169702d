import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, lstat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { errnoOf } from '../store/errno.ts'
import { expandPath, isInside, outsideRoot, resolveRealPath } from '../store/local-path.ts'

/** Where a copy goes. */
export interface CopyPlace {
  /** Where it will be: a real folder and a name ending in `.lance`. */
  readonly location: string
  readonly parent: string
  /** Without `.lance`. */
  readonly name: string
  /** Where it grows until it is whole, beside its place. */
  readonly building: string
}

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
  if (isInside(source, location)) {
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
  // One name for one place: what a stopped copy left is found and replaced by the next.
  const mark = createHash('sha256').update(location).digest('hex').slice(0, 8)
  return { location, parent, name: basename(name, '.lance'), building: join(parent, `.tiltyard-copy-${mark}`) }
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
  } catch (cause) {
    throw new AppError(
      {
        code: errnoOf(cause) === 'ENOTDIR' ? 'not-a-directory' : 'read-only',
        message: `Tiltyard may not write into ${parent}.`,
        hint: 'Choose another folder, or ask for permission to write there.',
        detail: { path: parent, errno: errnoOf(cause) },
      },
      { cause },
    )
  }
}
