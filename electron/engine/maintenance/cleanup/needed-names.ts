import { readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError, toErrorValue } from '#shared/errors.ts'
import type { MaintenanceNote } from '#shared/model/maintenance.ts'
import type { EngineContext, OpenDataset } from '../../context.ts'
import { listManifests, MAX_MANIFEST_BYTES, readBranches } from '../../datasets/index.ts'
import { decodeManifest } from '../../format/manifest.ts'
import { deletionFileName } from '../../format/names.ts'
import type { Manifest } from '../../format/types.ts'
import type { Pace, Snapshot } from '../../storage/index.ts'
import { isInside } from '../../store/local-path.ts'
import { createLocalStore } from '../../store/local-store.ts'
import type { ObjectStore } from '../../store/object-store.ts'

/** Names of files that something other than the branches of a dataset needs, and what could not be found out. */
export interface NeededNames {
  readonly names: ReadonlySet<string>
  readonly notes: readonly MaintenanceNote[]
}

/**
 * Manifests of the dataset that are of no branch: detached ones, and those below `tree/` whose branch file is missing, as
 * while a branch is being made. What they name is kept. Refuses when one cannot be read.
 */
export async function readStrayManifests(dataset: OpenDataset, snapshot: Snapshot, pace: Pace): Promise<NeededNames> {
  const folders = new Set(snapshot.references.lines.map(({ folder }) => folder))
  const strays = snapshot.files.filter(
    ({ placed: { kind, folder } }) => kind === 'detached-manifest' || (kind === 'manifest' && !folders.has(folder)),
  )
  const names = new Set<string>()
  for (const { path } of strays) {
    await pace()
    try {
      addNames(names, await readManifest(dataset.store, path))
    } catch (error) {
      const { code, message } = toErrorValue(error)
      // Gone meanwhile, as when a branch is deleted: it needs nothing any more.
      if (code === 'not-found') continue
      throw new AppError({
        code: 'corrupt-manifest',
        message: `Nothing was removed: ${path} cannot be read, so it is not known which files it needs.`,
        hint: 'Remove the file if nobody needs what it describes.',
        detail: { path, reason: message },
      })
    }
  }
  const notes: readonly MaintenanceNote[] =
    strays.length === 0
      ? []
      : [{ severity: 'note', message: `${strays.length} manifests belong to no branch; what they name is kept.` }]
  return { names, notes }
}

/** Files of a dataset that datasets in the same folder use: shallow clones name them by the path of their source. */
export async function readNeighbours(
  { paths }: Pick<EngineContext, 'paths'>,
  { location }: OpenDataset,
  pace: Pace,
): Promise<NeededNames> {
  const parent = dirname(location)
  const names = new Set<string>()
  const notes: MaintenanceNote[] = []
  if (paths.root !== undefined && !isInside(paths.root, parent)) return { names, notes }
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    await pace()
    if (!entry.isDirectory() && !entry.isSymbolicLink()) continue
    const neighbour = await realpath(join(parent, entry.name)).catch(() => undefined)
    if (neighbour === undefined || neighbour === location) continue
    if (paths.root !== undefined && !isInside(paths.root, neighbour)) continue
    const isDataset = await stat(join(neighbour, '_versions')).then(
      (found) => found.isDirectory(),
      () => false,
    )
    if (!isDataset) continue
    const found = await readNeighbour(neighbour, location, pace)
    if (found === 'unreadable') {
      notes.push({
        severity: 'warning',
        message: `${entry.name} cannot be read; if it is a clone of this dataset, it may lose files.`,
      })
    } else if (found.size > 0) {
      for (const name of found) names.add(name)
      notes.push({ severity: 'note', message: `${entry.name} is a clone of this dataset; the files it uses are kept.` })
    }
  }
  return { names, notes }
}

/** Versions main had when branches were made from it, as their files say. */
export async function readForks({ store }: OpenDataset) {
  const branches = await readBranches(store)
  return branches
    .filter(({ parentBranch, parentVersion }) => (parentBranch ?? 'main') === 'main' && parentVersion > 0)
    .map(({ name, parentVersion }) => ({ branch: name, version: parentVersion }))
}

/** What a neighbour's versions name of a dataset; all of them are read only when the first or last one refers to it. */
async function readNeighbour(
  neighbour: string,
  location: string,
  pace: Pace,
): Promise<ReadonlySet<string> | 'unreadable'> {
  const store = createLocalStore(neighbour)
  const names = new Set<string>()
  try {
    for (const branch of [undefined, ...(await readBranches(store)).map(({ name }) => name)]) {
      const manifests = await listManifests(store, branch)
      const ends = [manifests.at(0), manifests.at(-1)].filter((it) => it !== undefined)
      const known = await Promise.all(ends.map(({ path }) => readManifest(store, path)))
      const leadsHere = await Promise.all(known.map((manifest) => hasBaseIn(manifest, location)))
      if (!leadsHere.includes(true)) continue
      for (const { path } of manifests) {
        await pace()
        addNames(names, await readManifest(store, path), true)
      }
    }
    return names
  } catch (error) {
    if (toErrorValue(error).code === 'cancelled') throw error
    return 'unreadable'
  }
}

async function hasBaseIn({ basePaths }: Manifest, location: string): Promise<boolean> {
  for (const { path } of basePaths) {
    try {
      const local = path.startsWith('file:') ? fileURLToPath(path) : path
      if (isInside(location, local) || isInside(location, await realpath(local))) return true
    } catch {
      // Leads nowhere on this machine.
    }
  }
  return false
}

async function readManifest(store: ObjectStore, path: string): Promise<Manifest> {
  return decodeManifest(await store.read(path, MAX_MANIFEST_BYTES))
}

/** Names are unique across datasets, so where a base path leads need not be known; `elsewhere` = only by base path. */
function addNames(names: Set<string>, manifest: Manifest, elsewhere = false): void {
  const isMeant = ({ baseId }: { readonly baseId?: number }): boolean => !elsewhere || baseId !== undefined
  for (const { id, files, deletion } of manifest.fragments) {
    for (const file of files) if (isMeant(file)) names.add(lastPart(file.path))
    if (deletion !== undefined && isMeant(deletion)) names.add(deletionFileName(id, deletion))
  }
  for (const index of manifest.indices) if (isMeant(index)) names.add(index.uuid)
  if (!elsewhere && manifest.transactionFile !== '') names.add(manifest.transactionFile)
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
