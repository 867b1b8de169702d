import type { FileStep, VersionDetails } from '#shared/model/version-details.ts'
import { branchFolder, deletionFileName, joinPath } from '../format/names.ts'
import type { Manifest, ManifestFragment } from '../format/types.ts'
import type { ObjectStore } from '../store/object-store.ts'
import type { FragmentDiff } from './fragment-steps.ts'

/** A file or index segment of one version. Bytes are null where the manifest does not say. */
interface UsedFile {
  readonly name: string
  readonly bytes: number | null
  /** From the dataset's or branch's folder; undefined when it lies elsewhere or is no single file. */
  readonly path?: string
}

/** Sizes a manifest does not record are looked up for at most this many files, so many at a time. */
const MAX_LOOKED_UP = 1000
const GROUP = 32

/** Data files, deletion files and index segments that came and went between two versions of a branch. */
export async function diffFiles(
  store: ObjectStore,
  branch: string | undefined,
  versions: { readonly before: Manifest; readonly after: Manifest },
  { added, removed, changed }: FragmentDiff,
): Promise<NonNullable<VersionDetails['files']>> {
  const old = [...removed, ...changed.map((it) => it.before)]
  const now = [...added, ...changed.map((it) => it.after)]
  const step = (before: readonly UsedFile[], after: readonly UsedFile[]): Promise<FileStep> =>
    toStep(store, branchFolder(branch), before, after)
  const [data, deletions, indexSegments] = await Promise.all([
    step(dataFiles(old), dataFiles(now)),
    step(deletionFiles(old), deletionFiles(now)),
    step(segments(versions.before), segments(versions.after)),
  ])
  return { data, deletions, indexSegments }
}

function dataFiles(fragments: readonly ManifestFragment[]): readonly UsedFile[] {
  return fragments.flatMap(({ files }) =>
    files.map(({ path: name, bytes, baseId }) => ({
      name,
      bytes,
      ...(baseId === undefined ? { path: joinPath('data', name) } : {}),
    })),
  )
}

/** The manifest never records the size of a deletion file. */
function deletionFiles(fragments: readonly ManifestFragment[]): readonly UsedFile[] {
  return fragments.flatMap(({ id, deletion }) => {
    if (deletion === undefined) return []
    const name = deletionFileName(id, deletion)
    return [{ name, bytes: null, ...(deletion.baseId === undefined ? { path: joinPath('_deletions', name) } : {}) }]
  })
}

function segments(manifest: Manifest): readonly UsedFile[] {
  return manifest.indices.map(({ uuid, bytes }) => ({ name: uuid, bytes }))
}

async function toStep(
  store: ObjectStore,
  folder: string,
  before: readonly UsedFile[],
  after: readonly UsedFile[],
): Promise<FileStep> {
  const added = without(after, before)
  const removed = without(before, after)
  return {
    added: added.length,
    removed: removed.length,
    addedBytes: await sumBytes(store, folder, added),
    removedBytes: await sumBytes(store, folder, removed),
  }
}

function without(files: readonly UsedFile[], others: readonly UsedFile[]): readonly UsedFile[] {
  const names = new Set(others.map(({ name }) => name))
  return files.filter(({ name }) => !names.has(name))
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
