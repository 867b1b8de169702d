import type { DataFileDetails } from '#shared/model/fragment-details.ts'
import { toErrorValue } from '#shared/errors.ts'
import type { ManifestDataFile } from '../format/types.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { nameColumns, type FieldIndex } from './file-columns.ts'
import type { FilePlace } from './locate.ts'
import { asMissing, readDataFile } from './read-data-file.ts'

const NO_BLOBS = { files: 0, bytes: 0 }

/** One data file with what lies in it; a file that cannot be read keeps its place, with the reason. */
export async function describeFile(
  file: ManifestDataFile,
  place: FilePlace,
  index: FieldIndex,
  count: (store: ObjectStore) => ObjectStore,
): Promise<DataFileDetails> {
  if (place.kind === 'elsewhere') return { ...unreadable(file, place.shown), problem: place.problem }
  const store = count(place.store)
  const [blobs, size] = await Promise.all([sumBlobs(store, place.path), findSize(store, place)])
  const bytes = typeof size === 'number' ? size : null
  try {
    if (bytes === null) throw size
    // The size the manifest gives is where Lance looks for the end, whatever was written behind it.
    const { metadata } = await readDataFile(store, place.path, file.bytes ?? bytes)
    const columns = nameColumns(file, metadata, index)
    return {
      path: place.shown,
      bytes,
      formatVersion: file.formatVersion,
      rows: metadata.rows,
      columns,
      // Legacy files do not say what their columns take: nothing is known to be anything else than columns.
      overheadBytes: metadata.columns === null ? 0 : bytes - columns.reduce((sum, column) => sum + column.bytes, 0),
      blobs,
    }
  } catch (error) {
    return { ...unreadable(file, place.shown), bytes, blobs, problem: toErrorValue(error) }
  }
}

/** The size of a file, or why it is not known. */
async function findSize(store: ObjectStore, { path, shown }: { path: string; shown: string }): Promise<unknown> {
  return store.info(path).then(
    (info) => info.bytes,
    (error: unknown) => asMissing(error, shown),
  )
}

function unreadable(file: ManifestDataFile, shown: string): DataFileDetails {
  const { formatVersion } = file
  return { path: shown, bytes: null, formatVersion, rows: null, columns: [], overheadBytes: 0, blobs: NO_BLOBS }
}

/** Sidecars of a data file lie in the folder of its name: `data/{stem}/{blob id}.blob`. */
export async function sumBlobs(store: ObjectStore, path: string): Promise<DataFileDetails['blobs']> {
  try {
    const found = await store.list(path.replace(/\.lance$/, ''))
    const blobs = found.filter((it) => it.path.endsWith('.blob'))
    return { files: blobs.length, bytes: blobs.reduce((sum, it) => sum + it.bytes, 0) }
  } catch {
    return NO_BLOBS
  }
}
