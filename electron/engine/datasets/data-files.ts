import { branchFolder, joinPath } from '../format/names.ts'
import type { Manifest } from '../format/types.ts'
import type { ObjectStore } from '../store/object-store.ts'

/** Versions with more files than this are not checked: reading rows will tell. */
const MAX_CHECKED = 2000
const MAX_REPORTED = 20

/**
 * Data files a version names that are not in its data folder, by one listing. Files of other datasets (clones, branches)
 * are not looked at; a folder that cannot be listed counts as unchecked.
 */
export async function findMissingFiles(
  store: ObjectStore,
  branch: string | undefined,
  manifest: Manifest,
): Promise<readonly string[]> {
  const own = manifest.fragments
    .flatMap((fragment) => fragment.files)
    .filter((file) => file.baseId === undefined && !file.path.includes('/'))
  if (own.length === 0 || own.length > MAX_CHECKED) return []
  const folder = joinPath(branchFolder(branch), 'data')
  try {
    const present = new Set(await store.listNames(folder))
    const missing = own.filter((file) => !present.has(file.path)).slice(0, MAX_REPORTED)
    return missing.map((file) => joinPath(folder, file.path))
  } catch {
    return []
  }
}

/** Sizes are looked up in groups of this many. */
const GROUP = 64

/**
 * Bytes of the data files of a version. Old writers did not record sizes; those of this dataset's own files are
 * looked up, up to 2,000 of them. What is missing then, or lies elsewhere, is not counted.
 */
export async function sumDataBytes(
  store: ObjectStore,
  branch: string | undefined,
  manifest: Manifest,
): Promise<number> {
  const files = manifest.fragments.flatMap((fragment) => fragment.files)
  const recorded = files.reduce((sum, file) => sum + (file.bytes ?? 0), 0)
  const unknown = files.filter((file) => file.bytes === null && file.baseId === undefined).slice(0, MAX_CHECKED)
  const folder = joinPath(branchFolder(branch), 'data')
  let found = 0
  for (let start = 0; start < unknown.length; start += GROUP) {
    const sizes = unknown.slice(start, start + GROUP).map((file) =>
      store.info(joinPath(folder, file.path)).then(
        (info) => info.bytes,
        () => 0,
      ),
    )
    for (const bytes of await Promise.all(sizes)) found += bytes
  }
  return recorded + found
}
