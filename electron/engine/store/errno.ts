import { AppError, type ErrorValue } from '#shared/errors.ts'

/** The errno code of a failed file operation, such as `ENOENT`; undefined for anything else. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Turns a failed file operation into an AppError about `path`; AppErrors pass through. */
export function fileError(error: unknown, path: string): AppError {
  return error instanceof AppError ? error : new AppError(describe(errnoOf(error), path), { cause: error })
}

function describe(errno: string | undefined, path: string): ErrorValue {
  const detail = { path, errno }
  switch (errno) {
    case 'ENOENT':
      return { code: 'not-found', message: `There is nothing at ${path}.`, hint: 'Check the path.', detail }
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'permission-denied',
        message: `Tiltyard may not read ${path}.`,
        hint: 'Ask its owner for permission to read it, or run Tiltyard as a user who may.',
        detail,
      }
    case 'ENOTDIR':
      return { code: 'not-a-directory', message: `${path} is not a folder.`, hint: 'Choose a folder.', detail }
    case 'ELOOP':
      return { code: 'not-found', message: `The link ${path} leads in a circle.`, hint: 'Repair the link.', detail }
    case 'ENAMETOOLONG':
      return { code: 'not-found', message: 'The path is too long for this system.', hint: 'Check the path.', detail }
    case 'EMFILE':
    case 'ENFILE':
      return { code: 'engine-busy', message: 'Too many files are open.', hint: 'Try again in a moment.', detail }
    case 'EROFS':
      return { code: 'read-only', message: `${path} is on a read-only file system.`, detail }
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'disk-full', message: `There is no room left to write ${path}.`, hint: 'Free some space.', detail }
    default:
      return { code: 'internal', message: `Reading ${path} failed (${errno ?? 'unknown reason'}).`, detail }
  }
}
