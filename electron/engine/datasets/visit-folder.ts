import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FoundItem } from '#shared/model/dataset.ts'
import { toErrorValue } from '#shared/errors.ts'
import { fileError } from '../store/errno.ts'
import { isInside, outsideRoot } from '../store/local-path.ts'
import { createLocalStore } from '../store/local-store.ts'
import { checkNewest } from './check-newest.ts'
import { checkInnerLinks } from './inside-root.ts'
import { datasetName } from './location.ts'
import { createManifestCache } from './manifest-cache.ts'
import { createOpenDataset } from './open-dataset.ts'
import { sumDataBytes } from './data-files.ts'
import { sumFragments } from './summary.ts'

/** A folder of a search. */
export interface Folder {
  /** Absolute, links resolved. */
  readonly path: string
  /** From the searched folder, `/`-separated; through links as they are named. */
  readonly relativePath: string
  readonly depth: number
}

/** What a folder turned out to be: findings, and folders to go on with. */
export interface Visit {
  readonly depth: number
  readonly items: readonly FoundItem[]
  readonly folders: readonly Folder[]
}

export interface VisitOptions {
  readonly root: string | undefined
  /** Real folders met so far, by device and inode. */
  readonly seen: Set<string>
}

/**
 * Not looked into: packages, which are many and hold no datasets, and the table LanceDB keeps of a database's namespaces
 * (`__manifest`), which is a dataset by form only. Named as the place to search, it is described like any other.
 */
const SKIPPED = new Set(['node_modules', '__manifest'])

/** Looks at one folder of a search. Never throws: what cannot be read becomes a broken item. */
export async function visitFolder(folder: Folder, options: VisitOptions): Promise<Visit> {
  const { path, depth } = folder
  try {
    if (await isRepeated(path, options.seen)) return { depth, items: [], folders: [] }
    // A link may lead out of the one allowed folder.
    if (options.root !== undefined && !isInside(options.root, path)) throw outsideRoot(path, options.root)
    const entries = await readdir(path, { withFileTypes: true })
    const looksLikeDataset = entries.some((entry) => entry.name === '_versions') || isDatasetFolder(entries, path)
    if (looksLikeDataset) return { depth, items: [await describeDataset(folder, options.root)], folders: [] }
    return { depth, items: [], folders: await listSubfolders(folder, entries) }
  } catch (error) {
    const failure = fileError(error, path)
    // A folder deleted while the search went on is no finding.
    return { depth, items: failure.code === 'not-found' ? [] : [toBroken(folder, failure)], folders: [] }
  }
}

/** A `.lance` folder is meant to be a dataset unless it only groups other folders, as queue roots and the like do. */
function isDatasetFolder(entries: readonly Dirent[], path: string): boolean {
  if (!path.endsWith('.lance')) return false
  return entries.length === 0 || entries.some((entry) => entry.isFile() || /^(data$|_)/.test(entry.name))
}

async function isRepeated(path: string, seen: Set<string>): Promise<boolean> {
  const { dev, ino } = await stat(path, { bigint: true })
  const key = `${dev}:${ino}`
  if (seen.has(key)) return true
  seen.add(key)
  return false
}

async function listSubfolders(folder: Folder, entries: readonly Dirent[]): Promise<readonly Folder[]> {
  const names = entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => entry.name)
    .filter((name) => !name.startsWith('.') && !SKIPPED.has(name))
    .toSorted((a, b) => (a < b ? -1 : 1))
  const links = new Set(entries.filter((entry) => entry.isSymbolicLink()).map((entry) => entry.name))
  const folders: Folder[] = []
  for (const name of names) {
    const path = links.has(name) ? await followLink(join(folder.path, name)) : join(folder.path, name)
    const relativePath = folder.relativePath === '.' ? name : `${folder.relativePath}/${name}`
    if (path !== undefined) folders.push({ path, relativePath, depth: folder.depth + 1 })
  }
  return folders
}

/** The real folder behind a link; undefined when it leads nowhere or to a file. */
async function followLink(link: string): Promise<string | undefined> {
  try {
    const path = await realpath(link)
    return (await stat(path)).isDirectory() ? path : undefined
  } catch {
    return undefined
  }
}

async function describeDataset(folder: Folder, root: string | undefined): Promise<FoundItem> {
  const { path, relativePath } = folder
  const name = datasetName(path)
  const identity = { handle: '', location: path, name }
  try {
    if (root !== undefined) await checkInnerLinks(path, root)
    const store = createLocalStore(path)
    const manifest = await checkNewest(createOpenDataset(identity, store, createManifestCache(0), root))
    const { rows, fragments } = sumFragments(manifest)
    const dataBytes = await sumDataBytes(store, undefined, manifest)
    const { version, timestamp } = manifest
    return { kind: 'dataset', location: path, name, relativePath, rows, version, fragments, dataBytes, timestamp }
  } catch (error) {
    return toBroken(folder, error)
  }
}

function toBroken({ path, relativePath }: Folder, error: unknown): FoundItem {
  return { kind: 'broken', location: path, name: datasetName(path), relativePath, error: toErrorValue(error) }
}
