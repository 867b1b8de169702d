import { type ErrorValue, toErrorValue } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import type { UndoItem } from '#shared/model/ledger.ts'
import { getApi, queryClient, showCommit } from '#renderer/features/workspace/index.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { invalidateHistory } from './refs.ts'
import { askUndo } from './undo-request.ts'

/** Undoes or does again what was judged; `includingLater` when the person saw what else goes. Fails like `undo.undo`. */
export async function takeBack(dataset: string, item: UndoItem, includingLater: boolean): Promise<void> {
  const { entry, kind, newest } = item
  const input = { dataset, entry: entry.id, newest, includingLater }
  try {
    const { version } = await (kind === 'undo' ? getApi().call('undo.undo', input) : getApi().call('undo.redo', input))
    showCommit(dataset, entry.branch, version)
    await invalidateHistory(dataset)
    const other = kind === 'undo' ? 'redo' : 'undo'
    showToast({
      kind: 'ok',
      title: `${kind === 'undo' ? 'Undone' : 'Done again'}: ${entry.title}`,
      text: `Committed as version ${formatCount(version)}; every version before is still there.`,
      action: {
        label: other === 'redo' ? 'Redo' : 'Undo',
        run: () => void takeBackAtOnce(dataset, other, (one) => one.entry.id === entry.id),
      },
    })
  } finally {
    await refreshActivity(dataset)
  }
}

/** A version a write made, on a branch; absent = main. */
export interface Made {
  readonly version: number
  readonly branch?: string | undefined
}

/**
 * Undoes the write that made a version, the way a toast offers it: at once where nothing else would go with it, and with
 * the dialog that names what would otherwise. Failures are told by toast.
 */
export function undoCommit(dataset: string, made: Made, onUndone?: () => void): Promise<void> {
  return takeBackAtOnce(dataset, 'undo', (item) => hasMade(item, made), onUndone)
}

/** Whether a version is one of those a write made, or may have made where nobody noted its end. */
export function hasMade({ entry, later }: Pick<UndoItem, 'entry' | 'later'>, { version, branch }: Made): boolean {
  const { id, versionBefore, versionAfter } = entry
  if (versionBefore === undefined || entry.branch !== branch) return false
  if (versionAfter !== undefined) return versionBefore < version && version <= versionAfter
  return later.some((commit) => commit.version === version && commit.perhapsOf?.includes(id) === true)
}

async function takeBackAtOnce(
  dataset: string,
  kind: UndoItem['kind'],
  isMeant: (item: UndoItem) => boolean,
  onDone?: () => void,
): Promise<void> {
  try {
    const item = (await getApi().call('undo.list', { dataset })).find(isMeant)
    if (item === undefined) return sayFailure(kind, NOT_NOTED)
    if (item.kind !== kind) return sayFailure(kind, doneAlready(item))
    if (item.problem !== undefined || item.laterCount > 0) return askUndo({ dataset, entry: item.entry.id })
    try {
      await takeBack(dataset, item, false)
    } catch (error) {
      if (toErrorValue(error).code !== 'commit-conflict') throw error
      // Somebody committed just now: the dialog looks again and names it.
      return askUndo({ dataset, entry: item.entry.id })
    }
    onDone?.()
  } catch (error) {
    sayFailure(kind, toErrorValue(error))
  }
}

const NOT_NOTED: ErrorValue = {
  code: 'not-found',
  message: 'The ledger has no entry for this write, so it does not say what was before.',
  hint: 'Restore the version before it from Versions.',
}

function doneAlready({ entry, kind }: UndoItem): ErrorValue {
  return { code: 'not-found', message: `“${entry.title}” is ${kind === 'redo' ? 'undone' : 'done again'} already.` }
}

function sayFailure(kind: UndoItem['kind'], { message, hint }: ErrorValue): void {
  const text = hint === undefined ? message : `${message} ${hint}`
  showToast({ kind: 'bad', title: kind === 'undo' ? 'Not undone' : 'Not done again', text })
}

/** Reads the ledger and what can be undone again, after a write or a refusal. */
async function refreshActivity(dataset: string): Promise<void> {
  await Promise.all(['ledger', 'undo.list'].map((what) => queryClient.invalidateQueries({ queryKey: [what, dataset] })))
}
