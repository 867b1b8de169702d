import type { LedgerEntry } from '#shared/model/ledger.ts'
import type { Ref } from '#shared/model/ref.ts'
import { findTab, switchBranch, travelTo } from '#renderer/features/workspace/index.ts'

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
