import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DirectoryEntry, DirectoryListing } from '#shared/contract/files.ts'
import { fileError } from '../store/errno.ts'
import { resolveRealPath } from '../store/local-path.ts'
import { describeEntries } from './describe-entries.ts'

const MAX_ENTRIES = 2000
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

export interface ListOptions {
  readonly root: string | undefined
  readonly hidden: boolean
}

/** Entries of a folder: folders and datasets first, then files, each by name; the first 2,000. */
export async function listDirectory(directory: string, { root, hidden }: ListOptions): Promise<DirectoryListing> {
  const path = await resolveRealPath(directory, root)
  const all = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw fileError(error, path)
  })
  const shown = all.filter((entry) => hidden || !entry.name.startsWith('.')).toSorted(compareDirents)
  const entries = await describeEntries(path, shown.slice(0, MAX_ENTRIES), root)
  const parent = dirname(path)
  return {
    path,
    parent: parent === path || path === root ? null : parent,
    entries: entries.toSorted(compareEntries),
    truncated: shown.length > MAX_ENTRIES,
  }
}

/** Files last, so that the cap never hides a folder behind files; what a link leads to is known only later. */
function compareDirents(a: Dirent, b: Dirent): number {
  return Number(a.isFile()) - Number(b.isFile()) || compareNames(a.name, b.name)
}

function compareEntries(a: DirectoryEntry, b: DirectoryEntry): number {
  return Number(a.kind === 'file') - Number(b.kind === 'file') || compareNames(a.name, b.name)
}

/** By reading order, and by code for names that differ in case only. */
export function compareNames(a: string, b: string): number {
  return byName.compare(a, b) || (a < b ? -1 : Number(a > b))
}
