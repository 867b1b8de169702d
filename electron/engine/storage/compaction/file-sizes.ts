import type { SchemaField } from '#shared/model/schema.ts'
import type { OpenDataset, ResolvedRef } from '../../context.ts'
import { branchFolder, joinPath } from '../../format/names.ts'
import type { Manifest, ManifestDataFile, ManifestFragment } from '../../format/types.ts'

/** Folders of blobs listed at once. */
const GROUP = 32

/**
 * Bytes of data files with the blobs that lie beside them. Sizes the writer did not record are looked up; those of files
 * in other datasets stay at what the manifest says.
 */
export async function readFileSizes(
  { store }: OpenDataset,
  { branch }: ResolvedRef,
  { schema }: Manifest,
  fragments: readonly ManifestFragment[],
): Promise<ReadonlyMap<ManifestDataFile, number>> {
  const folder = joinPath(branchFolder(branch), 'data')
  const files = fragments.flatMap((fragment) => fragment.files)
  const own = files.filter(({ baseId }) => baseId === undefined)
  const sizes = new Map(files.map((file) => [file, file.bytes ?? 0]))
  const unsized = own.filter(({ bytes }) => bytes === null)
  const listed = new Map(
    unsized.length === 0 ? [] : (await store.list(folder)).map(({ path, bytes }) => [path, bytes] as const),
  )
  for (const file of unsized) sizes.set(file, listed.get(joinPath(folder, file.path)) ?? 0)
  if (!hasSidecars(schema)) return sizes
  for (let start = 0; start < own.length; start += GROUP) {
    const group = own.slice(start, start + GROUP).map(async (file) => {
      const blobs = await store.list(joinPath(folder, file.path.replace(/\.lance$/, '')))
      sizes.set(file, (sizes.get(file) ?? 0) + blobs.reduce((sum, { bytes }) => sum + bytes, 0))
    })
    await Promise.all(group)
  }
  return sizes
}

/** Only columns of the second kind of blobs keep them in files of their own. */
function hasSidecars(schema: readonly SchemaField[]): boolean {
  return schema.some(
    ({ metadata, children }) => metadata['ARROW:extension:name'] === 'lance.blob.v2' || hasSidecars(children),
  )
}
