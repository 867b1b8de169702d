import type { TrashedDataset } from '#shared/model/maintenance.ts'
import { contains, getApi, readSetting, writeSetting } from '#renderer/features/workspace/index.ts'

const KEY = 'trash-folders'
const MAX_FOLDERS = 200

/** A dataset in a trash, with the folder whose trash it is. */
export interface InTrash {
  readonly folder: string
  readonly dataset: TrashedDataset
}

/** Notes a folder whose trash was used: once emptied of datasets, the sidebar shows it no more. */
export async function rememberTrash(folder: string): Promise<void> {
  const known = await readFolders()
  if (known.includes(folder)) return
  await writeSetting(KEY, [...known, folder].slice(-MAX_FOLDERS))
}

/** The trash of a folder, and of the folders below it whose trash was used from this app. Throws where its own fails. */
export async function listTrash(folder: string, signal: AbortSignal): Promise<readonly InTrash[]> {
  const list = async (from: string): Promise<readonly InTrash[]> =>
    (await getApi().call('trash.list', { folder: from }, { signal })).map((dataset) => ({ folder: from, dataset }))
  const below = (await readFolders()).filter((one) => one !== folder && contains(folder, one))
  // A remembered folder may have been removed since.
  const lists = await Promise.all([list(folder), ...below.map((one) => list(one).catch(() => []))])
  return lists.flat()
}

async function readFolders(): Promise<readonly string[]> {
  const saved = await readSetting(KEY)
  return Array.isArray(saved) ? saved.filter((one) => typeof one === 'string') : []
}
