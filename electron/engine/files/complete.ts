import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, sep } from 'node:path'
import type { DirectoryEntry } from '#shared/contract/files.ts'
import { expandPath, resolveRealPath } from '../store/local-path.ts'
import { describeEntries } from './describe-entries.ts'
import { compareNames } from './list.ts'

const MAX_COMPLETIONS = 50
/** Links and files are sorted out only after looking; so many candidates are looked at. */
const MAX_CANDIDATES = 500

/**
 * Folders and datasets, and files where asked for, that continue a partly typed path, by name. Nothing to continue, a folder that is not there, and
 * one outside `root` all give an empty list: half a path is no mistake.
 */
export async function completePath(
  text: string,
  root: string | undefined,
  files = false,
): Promise<readonly DirectoryEntry[]> {
  if (text === '') return completeIn(root ?? homedir(), '', root, files)
  if (text.includes('\0')) return []
  const path = expandPath(text)
  const isWholeFolder = text.endsWith('/') || text.endsWith(sep) || text === '~'
  if (root !== undefined && path.length < root.length && root.startsWith(path)) {
    return [{ name: basename(root), path: root, kind: 'directory' }]
  }
  return isWholeFolder ? completeIn(path, '', root, files) : completeIn(dirname(path), basename(path), root, files)
}

async function completeIn(
  folder: string,
  prefix: string,
  root: string | undefined,
  files: boolean,
): Promise<readonly DirectoryEntry[]> {
  try {
    const real = await resolveRealPath(folder, root)
    const entries = await readdir(real, { withFileTypes: true })
    const candidates = entries
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink() || (files && entry.isFile()))
      .filter(({ name }) => prefix.startsWith('.') || !name.startsWith('.'))
      .filter(({ name }) => name.toLowerCase().startsWith(prefix.toLowerCase()))
      .toSorted((a, b) => compareNames(a.name, b.name))
    const described = await describeEntries(real, candidates.slice(0, MAX_CANDIDATES), root)
    return described.filter((entry) => files || entry.kind !== 'file').slice(0, MAX_COMPLETIONS)
  } catch {
    return []
  }
}
