import { invalidateHistory, undoCommit } from '#renderer/features/history/index.ts'
import { findTab, getApi, showCommit, switchBranch } from '#renderer/features/workspace/index.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { toErrorValue } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { BranchEntry, TagEntry } from '#shared/model/version.ts'
import { refOfPlace, type VersionPlace } from './requests.ts'

/** Names a version. Fails like `tags.create`. */
export async function createTag(dataset: string, name: string, at: VersionPlace): Promise<void> {
  await getApi().call('tags.create', { dataset, name, ref: refOfPlace(at) })
  await invalidateHistory(dataset)
  showToast({
    kind: 'ok',
    title: `Tag ${name} is at ${placeText(at)}`,
    action: { label: 'Undo', run: undo(`Tag ${name} could not be deleted again`, () => removeTag(dataset, name)) },
  })
}

/** Points a tag elsewhere; the toast moves it back. */
export async function moveTag(dataset: string, name: string, to: VersionPlace): Promise<void> {
  const { before } = await getApi().call('tags.move', { dataset, name, ref: refOfPlace(to) })
  await invalidateHistory(dataset)
  const back = async (): Promise<void> => {
    await getApi().call('tags.move', { dataset, name, ref: refOfPlace(placeOf(before)) })
    await invalidateHistory(dataset)
  }
  showToast({
    kind: 'ok',
    title: `Tag ${name} moved to ${placeText(to)}`,
    text: `It was at ${placeText(placeOf(before))}.`,
    action: { label: 'Undo', run: undo(`Tag ${name} could not be moved back`, back) },
  })
}

/** Deletes a tag at once; the toast brings it back. A failure is said by toast. */
export async function deleteTag(dataset: string, name: string): Promise<void> {
  try {
    const deleted = await removeTag(dataset, name)
    const back = async (): Promise<void> => {
      await getApi().call('tags.create', { dataset, name, ref: refOfPlace(placeOf(deleted)) })
      await invalidateHistory(dataset)
      showToast({
        kind: 'ok',
        title: `Tag ${name} is back at ${placeText(placeOf(deleted))}`,
        text: 'Its date is that of now: a tag made anew is a new tag.',
      })
    }
    showToast({
      kind: 'ok',
      title: `Tag ${name} deleted`,
      text: `It was at ${placeText(placeOf(deleted))}, which stays. Bringing it back gives it a new date.`,
      action: { label: 'Undo', run: undo(`Tag ${name} could not be brought back`, back) },
    })
  } catch (error) {
    sayFailure(`Tag ${name} could not be deleted`, error)
  }
}

/** Starts a branch and offers to show it; `from` undefined = newest of main. Fails like `branches.create`. */
export async function createBranch(dataset: string, name: string, from: Ref | undefined): Promise<BranchEntry> {
  const branch = await getApi().call('branches.create', { dataset, name, ...(from === undefined ? {} : { from }) })
  await invalidateHistory(dataset)
  showToast({
    kind: 'ok',
    title: `Branch ${name} started`,
    text: `It begins with version ${formatCount(branch.parentVersion)} of ${branch.parentBranch ?? 'main'}. Nothing was copied.`,
    action: { label: 'Show it', run: () => void switchBranch(dataset, name) },
  })
  return branch
}

/** Deletes a branch for good. A tab that shows it goes back to main first. Fails like `branches.delete`. */
export async function deleteBranch(dataset: string, name: string): Promise<void> {
  await getApi().call('branches.delete', { dataset, name })
  if (findTab(dataset)?.branch === name) await switchBranch(dataset, undefined)
  await invalidateHistory(dataset)
  showToast({ kind: 'ok', title: `Branch ${name} deleted` })
}

/** Commits an old version anew and shows it; the toast undoes it. Fails like `versions.restore`. */
export async function restoreVersion(dataset: string, at: VersionPlace): Promise<void> {
  const { version, branch } = at
  const place = branch === undefined ? {} : { branch }
  const { version: committed } = await getApi().call('versions.restore', { dataset, version, ...place })
  showCommit(dataset, branch, committed)
  await invalidateHistory(dataset)
  showToast({
    kind: 'ok',
    title: `Restored version ${formatCount(version)} as version ${formatCount(committed)}`,
    text: 'Every version in between is still there.',
    action: { label: 'Undo', run: () => void undoCommit(dataset, { version: committed, branch }) },
  })
}

async function removeTag(dataset: string, name: string): Promise<TagEntry> {
  const { deleted } = await getApi().call('tags.delete', { dataset, name })
  await invalidateHistory(dataset)
  return deleted
}

/** `version 12`, `version 12 of dev`. */
export function placeText({ version, branch }: VersionPlace): string {
  return `version ${formatCount(version)}${branch === undefined ? '' : ` of ${branch}`}`
}

function placeOf({ version, branch }: TagEntry): VersionPlace {
  return { version, ...(branch === undefined ? {} : { branch }) }
}

function undo(failure: string, run: () => Promise<unknown>): () => void {
  return () => void run().catch((error: unknown) => sayFailure(failure, error))
}

function sayFailure(title: string, error: unknown): void {
  const { message, hint } = toErrorValue(error)
  showToast({ kind: 'bad', title, text: hint === undefined ? message : `${message} ${hint}` })
}
