import { branchFolder, joinPath, parseManifestName } from '../format/names.ts'
import type { ObjectStore } from '../store/object-store.ts'

/** One manifest of a branch as the folder listing shows it. */
export interface ListedManifest {
  readonly version: number
  /** From the dataset's root. */
  readonly path: string
}

/** Folder of a branch's manifests. */
export function versionsFolder(branch: string | undefined): string {
  return joinPath(branchFolder(branch), '_versions')
}

/** Every version of a branch, newest first, by the names in its folder; empty when there is no such folder. */
export async function listManifests(store: ObjectStore, branch?: string): Promise<readonly ListedManifest[]> {
  const folder = versionsFolder(branch)
  const byVersion = new Map<number, ListedManifest>()
  for (const name of await store.listNames(folder)) {
    const parsed = parseManifestName(name)
    if (parsed?.kind !== 'version') continue
    const isShadowed = parsed.scheme === 'v1' && byVersion.has(parsed.version)
    if (!isShadowed) byVersion.set(parsed.version, { version: parsed.version, path: joinPath(folder, name) })
  }
  return [...byVersion.values()].toSorted((a, b) => b.version - a.version)
}

/** A folder's time stamp may stand still over two changes this close; a listing younger than that is not kept. */
const COARSEST_CLOCK_MS = 2500

interface Kept {
  readonly folderChangedMs: number
  readonly manifests: readonly ListedManifest[]
}

/**
 * Like {@link listManifests}, but lists again only when the folder has changed since: one look at the folder instead of
 * ten thousand names for every read of a busy dataset.
 */
export function createManifestLister(store: ObjectStore): (branch?: string) => Promise<readonly ListedManifest[]> {
  const keptByFolder = new Map<string, Kept>()
  return async (branch) => {
    const folder = versionsFolder(branch)
    const folderChangedMs = await readChangeTime(store, folder)
    const kept = keptByFolder.get(folder)
    if (kept !== undefined && kept.folderChangedMs === folderChangedMs) return kept.manifests
    const startedMs = Date.now()
    const manifests = await listManifests(store, branch)
    const isSettled = folderChangedMs !== undefined && startedMs - folderChangedMs > COARSEST_CLOCK_MS
    if (isSettled) keptByFolder.set(folder, { folderChangedMs, manifests })
    else keptByFolder.delete(folder)
    return manifests
  }
}

async function readChangeTime(store: ObjectStore, folder: string): Promise<number | undefined> {
  try {
    return (await store.info(folder)).modifiedMs
  } catch {
    // A store without folders, or a folder that cannot be looked at: the listing itself will tell.
    return undefined
  }
}
