import type { FileStep, VersionDetails } from '#shared/model/version-details.ts'
import { branchFolder, deletionFileName, joinPath } from '../format/names.ts'
import type { Manifest } from '../format/types.ts'
import type { ObjectStore } from '../store/object-store.ts'

/** A file or index segment of one version. Bytes are null where the manifest does not say. */
interface UsedFile {
  /** From the dataset's or branch's folder; undefined when it lies elsewhere or is no single file. */
  readonly path?: string
  readonly bytes: number | null
}

type UsedFiles = ReadonlyMap<string, UsedFile>

/** Sizes a manifest does not record are looked up for at most this many files, so many at a time. */
const MAX_LOOKED_UP = 1000
const GROUP = 32

/** Data files, deletion files and index segments that came and went between two versions of a branch. */
export async function diffFiles(
  store: ObjectStore,
  branch: string | undefined,
  before: Manifest,
  after: Manifest,
): Promise<NonNullable<VersionDetails['files']>> {
  const step = (list: (manifest: Manifest) => UsedFiles): Promise<FileStep> =>
    toStep(store, branchFolder(branch), list(before), list(after))
  const [data, deletions, indexSegments] = await Promise.all([step(dataFiles), step(deletionFiles), step(segments)])
  return { data, deletions, indexSegments }
}

function dataFiles(manifest: Manifest): UsedFiles {
  const files = new Map<string, UsedFile>()
  for (const { files: ofFragment } of manifest.fragments) {
    for (const { path, bytes, baseId } of ofFragment) {
      files.set(path, { bytes, ...(baseId === undefined ? { path: joinPath('data', path) } : {}) })
    }
  }
  return files
}

/** The manifest never records the size of a deletion file. */
function deletionFiles(manifest: Manifest): UsedFiles {
  const files = new Map<string, UsedFile>()
  for (const { id, deletion } of manifest.fragments) {
    if (deletion === undefined) continue
    const name = deletionFileName(id, deletion)
    files.set(name, { bytes: null, ...(deletion.baseId === undefined ? { path: joinPath('_deletions', name) } : {}) })
  }
  return files
}

function segments(manifest: Manifest): UsedFiles {
  return new Map(manifest.indices.map(({ uuid, bytes }) => [uuid, { bytes }]))
}

async function toStep(store: ObjectStore, folder: string, before: UsedFiles, after: UsedFiles): Promise<FileStep> {
  const added = [...after].filter(([name]) => !before.has(name)).map(([, file]) => file)
  const removed = [...before].filter(([name]) => !after.has(name)).map(([, file]) => file)
  return {
    added: added.length,
    removed: removed.length,
    addedBytes: await sumBytes(store, folder, added),
    removedBytes: await sumBytes(store, folder, removed),
  }
}

/** Null as soon as one size is unknown: the manifest does not say and the file is elsewhere, gone, or one of too many. */
async function sumBytes(store: ObjectStore, folder: string, files: readonly UsedFile[]): Promise<number | null> {
  const unsized = files.filter(({ bytes }) => bytes === null)
  if (unsized.length > MAX_LOOKED_UP || unsized.some(({ path }) => path === undefined)) return null
  let sum = files.reduce((total, { bytes }) => total + (bytes ?? 0), 0)
  for (let start = 0; start < unsized.length; start += GROUP) {
    const sizes = await Promise.all(
      unsized.slice(start, start + GROUP).map(({ path = '' }) =>
        store.info(joinPath(folder, path)).then(
          ({ bytes }) => bytes,
          () => null,
        ),
      ),
    )
    for (const bytes of sizes) {
      if (bytes === null) return null
      sum += bytes
    }
  }
  return sum
}
