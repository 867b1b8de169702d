import { AppError, type ErrorValue } from '#shared/errors.ts'
import type { LostState } from './members.ts'

export function nothingIn(folder: string): AppError {
  return new AppError({
    code: 'not-found',
    message: `There is no dataset in ${folder}.`,
    hint: 'Choose a folder with datasets in it.',
    detail: { folder },
  })
}

export function noSuchPoint(folder: string, name: string): AppError {
  return new AppError({
    code: 'not-found',
    message: `There is no restore point "${name}" of this folder.`,
    hint: 'It may have been deleted. Look at the list again.',
    detail: { folder, name },
  })
}

export function alreadyThere(name: string): AppError {
  return new AppError({
    code: 'already-exists',
    message: `There is a restore point "${name}" of this folder already.`,
    hint: 'Choose another name.',
    detail: { name },
  })
}

export function notInIt(name: string, path: string): AppError {
  return new AppError({
    code: 'invalid-input',
    message: `The restore point "${name}" has no dataset "${path}".`,
    hint: 'Choose from its list.',
    detail: { name, path },
  })
}

export function notWhole(name: string, lost: readonly string[]): AppError {
  const shown = lost.slice(0, 5).join(', ')
  return new AppError({
    code: 'version-not-found',
    message: `The restore point "${name}" is not whole any more: ${shown}${lost.length > 5 ? ' and others' : ''} cannot be brought back.`,
    hint: 'Nothing was changed. Restore the other datasets by choosing them.',
    detail: { name, lost },
  })
}

/** Of one dataset asked for by name. */
export function cannotRestore(name: string, path: string, state: LostState): ErrorValue {
  switch (state.kind) {
    case 'version-gone':
      return {
        code: 'version-not-found',
        message: `Version ${state.version} of ${path}, which "${name}" held, was removed.`,
        hint: 'Restore another version if one is close enough.',
      }
    case 'dataset-gone':
      return {
        code: 'not-found',
        message: `No dataset is at ${path} any more.`,
        hint: 'Look into the trash of the folder, or for a dataset that was renamed.',
      }
    case 'unreadable':
      return state.reason
    case 'not-recorded':
      return {
        code: 'version-not-found',
        message: `"${name}" never held a version of ${path}. ${state.reason.message}`,
        hint: 'Restore a version of it from its history.',
      }
  }
}

/** The tag of a restore point on a dataset that does not open. */
export function tagStays(path: string, { code, message }: ErrorValue): ErrorValue {
  return {
    code,
    message: `${path} does not open, so its tag stays: ${message}`,
    hint: 'Repair the dataset or move it away, then delete the restore point again.',
  }
}
