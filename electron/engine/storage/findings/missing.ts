import { isAbsolute } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { OpenDataset, ResolvedRef } from '../../context.ts'
import { isSystemIndex } from '../../format/index-section.ts'
import { branchFolder, deletionFileName, joinPath } from '../../format/names.ts'
import type { BasePath, Manifest } from '../../format/types.ts'
import { createLocalStore } from '../../store/local-store.ts'
import type { ObjectStore } from '../../store/object-store.ts'
import type { Snapshot } from '../gather/snapshot.ts'
import type { Pace } from '../pace.ts'
import { indexKey } from '../paths.ts'
import { createBaseResolver } from '../references/base-paths.ts'
import type { FoundState, MissingSegment } from './context.ts'

type Folder = 'data' | '_deletions'

/** Files in other datasets are asked for in groups, and only so many. */
const GROUP = 64
const MAX_ELSEWHERE = 2000
const PACE_FRAGMENTS = 512

interface Place {
  /** From the dataset's root; undefined when it lies elsewhere. */
  readonly inside: string | undefined
  /** Base folder and path below it, for files elsewhere on this machine. */
  readonly elsewhere: { readonly root: string; readonly path: string } | undefined
}

interface RecordedPlace extends Place {
  /** Null when the manifest says nothing of it. */
  readonly recordedBytes: number | null
}

/**
 * Data and deletion files a version names that are not there. Files the listing does not show are asked for once more,
 * since a folder may be a link, or they may just have been written.
 */
export async function findMissingFiles(
  { store, location }: OpenDataset,
  at: ResolvedRef,
  manifest: Manifest,
  snapshot: Snapshot,
  pace: Pace,
): Promise<readonly string[]> {
  const places = await placeFiles(location, at, manifest, pace)
  const present = new Set(snapshot.files.map(({ path }) => path))
  const isGone = async (place: Place): Promise<string | undefined> => {
    if (place.inside !== undefined) {
      if (present.has(place.inside) || (await exists(store, place.inside))) return undefined
      return place.inside
    }
    const { elsewhere } = place
    if (elsewhere === undefined || (await exists(createLocalStore(elsewhere.root), elsewhere.path))) return undefined
    return `${elsewhere.root}/${elsewhere.path}`
  }
  const inside = places.filter((it) => it.inside !== undefined && !present.has(it.inside))
  const elsewhere = places.filter((it) => it.inside === undefined).slice(0, MAX_ELSEWHERE)
  const missing: string[] = []
  const asked = [...inside, ...elsewhere]
  for (let start = 0; start < asked.length; start += GROUP) {
    const group = await Promise.all(asked.slice(start, start + GROUP).map(isGone))
    for (const path of group) if (path !== undefined) missing.push(path)
  }
  return missing
}

/** Data files of this dataset whose size is not the one the version recorded: cut off, or written over. */
export async function findResizedFiles(
  { location }: Pick<OpenDataset, 'location'>,
  at: ResolvedRef,
  manifest: Manifest,
  { files }: Snapshot,
  pace: Pace,
): Promise<FoundState['resized']> {
  const places = await placeFiles(location, at, manifest, pace)
  const sizes = new Map(files.map(({ path, bytes }) => [path, bytes]))
  const resized: FoundState['resized'][number][] = []
  for (const [index, { inside, recordedBytes }] of places.entries()) {
    if (index % PACE_FRAGMENTS === 0) await pace()
    const bytes = inside === undefined ? undefined : sizes.get(inside)
    if (inside === undefined || bytes === undefined || recordedBytes === null || bytes === recordedBytes) continue
    resized.push({ path: inside, bytes, recordedBytes })
  }
  return resized
}

/** False only when the file is certainly not there. */
async function exists(store: ObjectStore, path: string): Promise<boolean> {
  try {
    await store.info(path)
    return true
  } catch (error) {
    return !(error instanceof AppError && error.code === 'not-found')
  }
}

async function placeFiles(
  location: string,
  at: ResolvedRef,
  manifest: Manifest,
  pace: Pace,
): Promise<readonly RecordedPlace[]> {
  const resolveBase = createBaseResolver(location)
  const bases = new Map<number, (folder: Folder, name: string) => Place>()
  for (const base of manifest.basePaths) bases.set(base.id, toPlacer(base, (await resolveBase(base.path)).folder))
  const own = branchFolder(at.branch)
  const place = (folder: Folder, name: string, baseId: number | undefined): Place => {
    if (baseId === undefined) return { inside: joinPath(own, folder, name), elsewhere: undefined }
    return bases.get(baseId)?.(folder, name) ?? { inside: undefined, elsewhere: undefined }
  }
  const places: RecordedPlace[] = []
  for (const [index, { id, files, deletion }] of manifest.fragments.entries()) {
    if (index % PACE_FRAGMENTS === 0) await pace()
    for (const { path, baseId, bytes } of files) places.push({ ...place('data', path, baseId), recordedBytes: bytes })
    if (deletion === undefined) continue
    places.push({ ...place('_deletions', deletionFileName(id, deletion), deletion.baseId), recordedBytes: null })
  }
  await pace()
  return places
}

function toPlacer(base: BasePath, inside: string | undefined): (folder: Folder, name: string) => Place {
  return (folder, name) => {
    const path = base.isDatasetRoot ? joinPath(folder, name) : name
    if (inside !== undefined) return { inside: joinPath(inside, path), elsewhere: undefined }
    const root = isAbsolute(base.path) ? base.path.replace(/\/+$/, '') : undefined
    return { inside: undefined, elsewhere: root === undefined ? undefined : { root, path } }
  }
}

/** Index segments without their files where they should be; those of other datasets and Lance's own are not looked for. */
export async function findMissingSegments(
  { location }: OpenDataset,
  at: ResolvedRef,
  { indices, basePaths }: Manifest,
  { files }: Snapshot,
): Promise<readonly MissingSegment[]> {
  const resolveBase = createBaseResolver(location)
  const folders = new Map<number | undefined, string | undefined>([[undefined, branchFolder(at.branch)]])
  for (const { id, path } of basePaths) folders.set(id, (await resolveBase(path)).folder)
  const present = new Map<string, Set<string>>()
  const paths = new Set<string>()
  for (const { placed, path } of files) {
    if (placed.kind !== 'index' || placed.key === undefined) continue
    present.set(placed.key, (present.get(placed.key) ?? new Set()).add(placed.folder))
    paths.add(path)
  }
  return indices.flatMap(({ name, uuid, baseId, files: recorded }): readonly MissingSegment[] => {
    const folder = folders.get(baseId)
    const found = present.get(indexKey(uuid))
    if (isSystemIndex(name) || folder === undefined) return []
    if (found?.has(folder) === true) {
      return recorded
        .map(({ path }) => joinPath(folder, indexKey(uuid), path))
        .filter((path) => !paths.has(path))
        .map((path) => ({ index: name, path, isWhole: false, foundAt: undefined }))
    }
    const [other] = found ?? []
    const foundAt = other === undefined ? undefined : joinPath(other, indexKey(uuid))
    return [{ index: name, path: joinPath(folder, indexKey(uuid)), isWhole: true, foundAt }]
  })
}
