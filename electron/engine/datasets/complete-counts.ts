import { deletionFileName, joinPath } from '../format/names.ts'
import { LEGACY_TAIL_BYTES, readLegacyRowCount } from '../format/legacy-file.ts'
import { readRoaring } from '../format/roaring.ts'
import type { Manifest, ManifestFragment } from '../format/types.ts'
import { readRowCount } from '../lance/index.ts'
import type { ObjectStore } from '../store/object-store.ts'

/** Fragments looked at for one manifest; each costs two or three small reads. */
const MAX_FRAGMENTS = 10_000
/** Fragments are looked at in groups of this many. */
const GROUP = 32
const MAX_DELETION_BYTES = 64 * 1024 * 1024

/** True for a fragment of the first writers (before Lance 0.8), who left its rows out of the manifest. */
function isUncounted({ physicalRows, files }: ManifestFragment): boolean {
  return physicalRows === 0 && files.length > 0
}

/**
 * The manifest with the rows its writer left out, taken from the data and deletion files themselves. `folder` is that of
 * the dataset or branch. What cannot be read stays at 0 rows: reading rows will say why.
 */
export async function completeCounts(store: ObjectStore, folder: string, manifest: Manifest): Promise<Manifest> {
  const uncounted = manifest.fragments.filter(isUncounted)
  if (uncounted.length === 0 || uncounted.length > MAX_FRAGMENTS) return manifest
  const counted = new Map<ManifestFragment, ManifestFragment>()
  for (let start = 0; start < uncounted.length; start += GROUP) {
    await Promise.all(
      uncounted.slice(start, start + GROUP).map(async (fragment) => {
        const known = await count(store, folder, fragment).catch(() => fragment)
        counted.set(fragment, known)
      }),
    )
  }
  return { ...manifest, fragments: manifest.fragments.map((fragment) => counted.get(fragment) ?? fragment) }
}

async function count(store: ObjectStore, folder: string, fragment: ManifestFragment): Promise<ManifestFragment> {
  const [file] = fragment.files
  if (file === undefined || file.baseId !== undefined) return fragment
  const physicalRows = await countRows(store, joinPath(folder, 'data', file.path))
  const { deletion } = fragment
  if (deletion === undefined || deletion.baseId !== undefined) return { ...fragment, physicalRows }
  const path = joinPath(folder, '_deletions', deletionFileName(fragment.id, deletion))
  const deleted = await store.read(path, MAX_DELETION_BYTES)
  const deletedRows = deletion.type === 'arrow' ? readRowCount(deleted) : readRoaring(deleted).size
  return { ...fragment, physicalRows, deletion: { ...deletion, deletedRows: Math.min(deletedRows, physicalRows) } }
}

async function countRows(store: ObjectStore, path: string): Promise<number> {
  const { bytes } = await store.info(path)
  const tail = await store.readRange(path, Math.max(0, bytes - LEGACY_TAIL_BYTES), bytes)
  return readLegacyRowCount(tail, bytes) ?? readLegacyRowCount(await store.readRange(path, 0, bytes), bytes) ?? 0
}
