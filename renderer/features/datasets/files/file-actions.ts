import { toErrorValue } from '#shared/errors.ts'
import { formatBytes } from '#shared/model/format.ts'
import type { TrashedDataset } from '#shared/model/maintenance.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import {
  baseName,
  closeTab,
  contains,
  type DatasetTab,
  getApi,
  getWorkspace,
  openLocation,
  parentName,
  removeRecent,
  removeRoot,
} from '#renderer/features/workspace/index.ts'
import { startFind } from '../find-store.ts'
import type { DatasetPlace } from './requests.ts'
import { rememberTrash } from './trash-folders.ts'

/**
 * Renames a dataset's folder; its tab and its place in the sidebar go along. The message offers the old name again. Throws
 * the engine's refusal.
 */
export async function renameDataset({ location, name: before }: DatasetPlace, name: string): Promise<void> {
  const tab = leave(location)
  const isRoot = getWorkspace().roots.includes(location)
  const renamed = await orReturn(tab, () => getApi().call('datasets.rename', { location, name }))
  forget(location)
  findAgain(location)
  if (tab !== undefined || isRoot) await openLocation(renamed.location, tab === undefined ? {} : startOf(tab))
  const now: DatasetPlace = { location: renamed.location, name }
  const back = (): Promise<void> =>
    renameDataset(now, before).catch((error: unknown) => sayFailure(`${name} keeps its name`, error))
  showToast({
    kind: 'ok',
    title: 'Dataset renamed',
    text: renamed.location,
    action: { label: 'Undo', run: () => void back() },
  })
}

/** Moves a dataset into the trash of its folder; the message offers to take it back. Throws the engine's refusal. */
export async function dropDataset({ location, name }: DatasetPlace): Promise<void> {
  const tab = leave(location)
  const isRoot = getWorkspace().roots.includes(location)
  const trashed = await orReturn(tab, () => getApi().call('trash.drop', { location }))
  await rememberTrash(folderOf(location))
  forget(location)
  findAgain(location)
  showToast({
    kind: 'ok',
    title: `${name} moved to the trash`,
    text: `${formatBytes(trashed.bytes)}, in the trash of ${folderOf(location)}.`,
    action: { label: 'Undo', run: () => void takeBack(trashed, isRoot || tab !== undefined) },
  })
}

/** Moves a dataset out of the trash, under another name where one is given. Throws the engine's refusal. */
export async function restoreTrashed(folder: string, id: string, name?: string): Promise<string> {
  const restored = await getApi().call('trash.restore', { folder, id, ...(name === undefined ? {} : { name }) })
  findAgain(restored.location)
  // Not below anything in the sidebar: nobody would see it come back.
  if (!getWorkspace().roots.some((root) => contains(root, restored.location))) await openLocation(restored.location)
  return restored.location
}

/** Deletes a dataset in the trash for good. Throws the engine's refusal. */
export async function deleteTrashed(folder: string, { id, name }: TrashedDataset): Promise<void> {
  const { bytes } = await getApi().call('trash.delete', { folder, id })
  showToast({ kind: 'ok', title: `${name} deleted for good`, text: `${formatBytes(bytes)} freed.` })
}

/** The folder a dataset lies in, whose trash takes it. */
export function folderOf(location: string): string {
  return parentName(location) || '/'
}

/** Searches every opened location again that shows this one. */
export function findAgain(location: string): void {
  for (const root of getWorkspace().roots) if (contains(root, location)) void startFind(root)
}

async function takeBack(trashed: TrashedDataset, isOpened: boolean): Promise<void> {
  try {
    const location = await restoreTrashed(folderOf(trashed.location), trashed.id)
    if (isOpened) await openLocation(location)
    showToast({ kind: 'ok', title: `${baseName(location)} is back` })
  } catch (error) {
    sayFailure(`${trashed.name} could not be taken back`, error)
  }
}

function sayFailure(title: string, error: unknown): void {
  const { message, hint } = toErrorValue(error)
  showToast({ kind: 'bad', title, text: hint === undefined ? message : `${message} ${hint}` })
}

/** Closes the tab on a dataset before its files move. */
function leave(location: string): DatasetTab | undefined {
  const tab = getWorkspace().tabs.find((one) => one.location === location)
  if (tab !== undefined) closeTab(tab.dataset)
  return tab
}

/** What was refused changed nothing: the tab that was closed for it comes back. */
async function orReturn<Result>(tab: DatasetTab | undefined, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (tab !== undefined) await openLocation(tab.location, startOf(tab))
    throw error
  }
}

function startOf({ view, branch, version, timeTravel }: DatasetTab) {
  return {
    start: { view, ...(branch === undefined ? {} : { branch }), ...(timeTravel ? { version } : {}) },
  }
}

/** Takes a location that is no more off every list of the window. */
function forget(location: string): void {
  removeRoot(location)
  removeRecent(location)
}
