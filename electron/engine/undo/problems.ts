import { AppError, type ErrorValue } from '#shared/errors.ts'
import type { LedgerEntry } from '#shared/model/ledger.ts'
import type { OpenWrite } from './chain.ts'
import type { Judged } from './judge.ts'

export function goneVersion(version: number): ErrorValue {
  return {
    code: 'version-not-found',
    message: `Version ${version} was cleaned up, so there is no way back to it.`,
    hint: 'Nothing can bring it back; restore another version if one is close enough.',
    detail: { version },
  }
}

export function notPartOf(version: number, newest: number): ErrorValue {
  return {
    code: 'commit-conflict',
    message: `Version ${newest}, the newest, does not build on version ${version}: it was taken back together with something older.`,
    hint: 'Redo that first.',
    detail: { version, newest },
  }
}

/** Of a write whose end nobody noted. */
export function nothingCommitted({ versionBefore }: OpenWrite, newest: number): ErrorValue {
  return {
    code: 'not-found',
    message:
      newest === versionBefore
        ? `Version ${versionBefore}, from before it, is still the newest: it committed nothing, so there is nothing to undo.`
        : `None of the versions after ${versionBefore} can be its own: it committed nothing, so there is nothing to undo.`,
    hint: 'Start it again if it is still wanted. Files it left are found under Storage.',
    detail: { version: versionBefore, newest },
  }
}

export function otherDataset(version: number, role: 'made' | 'found' = 'made'): ErrorValue {
  return {
    code: 'version-not-found',
    message: `Version ${version} is not the one this write ${role}: the dataset at this place was replaced since.`,
    hint: 'What the ledger knows belongs to the dataset that was here before.',
    detail: { version },
  }
}

export function noSuchEntry(id: string): AppError {
  return new AppError({
    code: 'not-found',
    message: 'The ledger has no such write that can be undone.',
    hint: 'List what can be undone. Tags and branches are changed back by hand.',
    detail: { entry: id },
  })
}

export function alreadyDone({ title }: LedgerEntry, kind: 'undo' | 'redo'): AppError {
  const message =
    kind === 'undo' ? `"${title}" is undone already.` : `"${title}" is not undone; there is nothing to redo.`
  return new AppError({ code: 'commit-conflict', message, hint: 'Look at the list again.' })
}

/** Names the commits that would be lost, the first few by their sentences. */
export function takesBackLater({ entry, kind, later, laterCount, newest }: Judged): AppError {
  const shown = later.slice(0, 3).map(({ version, sentence }) => `version ${version} (${sentence})`)
  const rest = laterCount > shown.length ? ` and ${laterCount - shown.length} more` : ''
  return new AppError({
    code: 'commit-conflict',
    message: `To ${kind} "${entry.title}" would also take back ${shown.join(', ')}${rest}.`,
    hint: 'Compare first; then undo including what came later, if that is what you want.',
    detail: { newest, later, laterCount },
  })
}

/** Another program committed between our last look and our commit; its state is the newest again. */
export function collided(version: number): AppError {
  return new AppError({
    code: 'commit-conflict',
    message: `Somebody committed version ${version} at the same moment. Nothing of it was lost: it was committed anew.`,
    hint: 'Look at what it changed, then decide again.',
    detail: { version },
  })
}
