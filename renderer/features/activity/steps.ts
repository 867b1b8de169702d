import { formatCount } from '#shared/model/format.ts'
import type { LedgerEntry, UndoItem } from '#shared/model/ledger.ts'
import type { Ref } from '#shared/model/ref.ts'
import { invalidateHistory } from '#renderer/features/history/index.ts'
import { findTab, getApi, queryClient, showCommit, switchBranch, travelTo } from '#renderer/features/workspace/index.ts'
import { showToast } from '#renderer/ui/toasts.ts'

/** Undoes or does again what was judged; `includingLater` when the person saw what else goes. Fails like `undo.undo`. */
export async function takeBack(dataset: string, item: UndoItem, includingLater: boolean): Promise<void> {
  const { entry, kind, newest } = item
  const input = { dataset, entry: entry.id, newest, includingLater }
  try {
    const { version } = await (kind === 'undo' ? getApi().call('undo.undo', input) : getApi().call('undo.redo', input))
    showCommit(dataset, entry.branch, version)
    await invalidateHistory(dataset)
    showToast({
      kind: 'ok',
      title: `${kind === 'undo' ? 'Undone' : 'Done again'}: ${entry.title}`,
      text: `Committed as version ${formatCount(version)}; every version before is still there.`,
    })
  } finally {
    await refreshActivity(dataset)
  }
}

/** Reads the ledger and what can be undone again, after a write or a refusal. */
export async function refreshActivity(dataset: string): Promise<void> {
  await Promise.all(['ledger', 'undo.list'].map((what) => queryClient.invalidateQueries({ queryKey: [what, dataset] })))
}

/** Shows a version an entry names, on the branch it is of. */
export async function goTo(dataset: string, { branch }: LedgerEntry, version: number): Promise<void> {
  if (findTab(dataset)?.branch !== branch) await switchBranch(dataset, branch)
  travelTo(dataset, version)
}

/** A version of an entry's branch, for reading. */
export function refOfEntry({ branch }: LedgerEntry, version: number): Ref {
  return branch === undefined ? { version } : { branch, version }
}

/** Hands entries to the person as a JSON file. */
export function exportEntries(name: string, entries: readonly LedgerEntry[]): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(entries, null, 2)}\n`], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}-activity.json`
  link.click()
  // The browser has taken the bytes by the next turn.
  setTimeout(() => URL.revokeObjectURL(url))
}
