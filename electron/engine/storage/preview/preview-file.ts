import { toErrorValue } from '#shared/errors.ts'
import type { FilePreview } from '#shared/model/storage.ts'
import type { OpenDataset } from '../../context.ts'
import { placeFile } from '../paths.ts'
import { aboutKind } from './about.ts'
import { decodeFile } from './decode-file.ts'
import { refuseLinksOut } from './links-out.ts'

/**
 * One file of a dataset's directory taken apart. A damaged one says so in `problem`; only a file that is not there, is no
 * file, or lies outside of the directory is an error.
 */
export async function previewFile({ store }: Pick<OpenDataset, 'store'>, path: string): Promise<FilePreview> {
  await refuseLinksOut(store.root, path)
  // Folders and devices have a size too; reading nothing of it tells whether it is a file.
  await store.readRange(path, 0, 0)
  const info = await store.info(path)
  const { kind } = placeFile(path)
  const preview = {
    path,
    bytes: info.bytes,
    modifiedAt: new Date(info.modifiedMs).toISOString(),
    kind,
    about: aboutKind(kind),
  }
  try {
    const decoded = await decodeFile(store, info)
    return decoded === undefined ? preview : { ...preview, decoded }
  } catch (error) {
    return { ...preview, problem: toErrorValue(error) }
  }
}

/** Bytes [start, start + length) of a file and its size; fewer where the file ends. */
export async function readFileRange(
  { store }: Pick<OpenDataset, 'store'>,
  path: string,
  start: number,
  length: number,
): Promise<{ readonly bytes: Uint8Array; readonly size: number }> {
  await refuseLinksOut(store.root, path)
  const bytes = await store.readRange(path, start, start + length)
  const { bytes: size } = await store.info(path)
  return { bytes, size }
}
