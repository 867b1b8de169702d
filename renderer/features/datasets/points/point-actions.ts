import type { CheckpointOutcome } from '#shared/model/checkpoint.ts'
import { getApi, getWorkspace, showCommit } from '#renderer/features/workspace/index.ts'
import { findAgain } from '../files/file-actions.ts'

/** Tags the newest version of every dataset of a folder. */
export async function createPoint(folder: string, name: string, note: string): Promise<readonly CheckpointOutcome[]> {
  const text = note.trim()
  const input = { folder, name, ...(text === '' ? {} : { note: text }) }
  return (await getApi().call('checkpoints.create', input)).outcomes
}

/** Commits the versions of a restore point anew and shows them in the tabs that show the newest of main. */
export async function restorePoint(
  folder: string,
  name: string,
  paths: string[] | undefined,
): Promise<readonly CheckpointOutcome[]> {
  const input = { folder, name, ...(paths === undefined ? {} : { paths }) }
  const { outcomes } = await getApi().call('checkpoints.restore', input)
  for (const { path, version } of outcomes) {
    if (version === undefined) continue
    const location = path === '.' ? folder : `${folder.replace(/\/$/, '')}/${path}`
    const tab = getWorkspace().tabs.find((one) => one.location === location)
    if (tab !== undefined && tab.branch === undefined && !tab.timeTravel) showCommit(tab.dataset, undefined, version)
  }
  findAgain(folder)
  return outcomes
}

/** Removes a restore point with its tags. */
export async function deletePoint(folder: string, name: string): Promise<readonly CheckpointOutcome[]> {
  return (await getApi().call('checkpoints.delete', { folder, name })).outcomes
}
