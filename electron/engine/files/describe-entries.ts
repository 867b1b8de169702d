import type { Dirent } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DirectoryEntry } from '#shared/contract/files.ts'
import { isInside } from '../store/local-path.ts'

/** Looks at this many entries at once. */
const GROUP = 64

/**
 * Says of each name in a folder whether it is a dataset, a folder or a file. Links that lead nowhere, or out of `root`,
 * are left out.
 */
export async function describeEntries(
  folder: string,
  entries: readonly Dirent[],
  root: string | undefined,
): Promise<readonly DirectoryEntry[]> {
  const described: DirectoryEntry[] = []
  for (let start = 0; start < entries.length; start += GROUP) {
    const group = entries.slice(start, start + GROUP).map((entry) => describeEntry(folder, entry, root))
    for (const entry of await Promise.all(group)) if (entry !== undefined) described.push(entry)
  }
  return described
}

async function describeEntry(
  folder: string,
  entry: Dirent,
  root: string | undefined,
): Promise<DirectoryEntry | undefined> {
  const { name } = entry
  const path = join(folder, name)
  const isFolder = entry.isSymbolicLink() ? await leadsToFolder(path, root) : entry.isDirectory()
  if (isFolder === undefined) return undefined
  if (!isFolder) return { name, path, kind: 'file' }
  return { name, path, kind: (await isDataset(path)) ? 'dataset' : 'directory' }
}

/** Undefined when the link leads nowhere one may go. */
async function leadsToFolder(link: string, root: string | undefined): Promise<boolean | undefined> {
  try {
    if (root !== undefined && !isInside(root, await realpath(link))) return undefined
    return (await stat(link)).isDirectory()
  } catch {
    return undefined
  }
}

/** By name, or by the folder every dataset has. */
async function isDataset(path: string): Promise<boolean> {
  if (path.endsWith('.lance')) return true
  return stat(join(path, '_versions')).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
