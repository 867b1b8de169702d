import { realpath } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { fileError } from './errno.ts'

/** `~` and `~/…` become the home folder; the rest is made absolute from the working directory. Touches no file. */
export function expandPath(text: string): string {
  if (text.includes('\0')) {
    throw new AppError({ code: 'invalid-input', message: 'A path cannot contain a zero character.' })
  }
  const isHome = text === '~' || text.startsWith('~/') || text.startsWith(`~${sep}`)
  return resolve(isHome ? join(homedir(), text.slice(1)) : text)
}

/** True when `path` is `folder` or lies below it. Both absolute, links resolved. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/**
 * The real path of what a person named, links resolved. With a `root`, anything that really lies outside of it is
 * `outside-root`, and so is a path outside that does not exist: nobody learns what is there.
 */
export async function resolveRealPath(text: string, root: string | undefined): Promise<string> {
  const path = expandPath(text)
  let real: string
  try {
    real = await realpath(path)
  } catch (error) {
    if (root !== undefined && !isInside(root, path)) throw outsideRoot(path, root)
    throw fileError(error, path)
  }
  if (root !== undefined && !isInside(root, real)) throw outsideRoot(path, root)
  return real
}

/** The refusal of a path outside the one allowed folder. */
export function outsideRoot(path: string, root: string): AppError {
  return new AppError({
    code: 'outside-root',
    message: `${path} is outside the folder Tiltyard was started for.`,
    hint: `Choose something inside ${root}, or start Tiltyard without --root.`,
    detail: { path, root },
  })
}
