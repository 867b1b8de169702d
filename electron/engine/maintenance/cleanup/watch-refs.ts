import type { OpenDataset } from '../../context.ts'
import { joinPath } from '../../format/names.ts'
import { placeFile, type Snapshot } from '../../storage/index.ts'

const METADATA = new Set(['manifest', 'detached-manifest', 'tag', 'branch'])

/** Tells whether a version, tag or branch was made since a snapshot; what was deleted since needs nothing any more. */
export function createRefWatch({ store }: OpenDataset, { files, references }: Snapshot): () => Promise<boolean> {
  const known = new Set(files.filter(({ placed }) => METADATA.has(placed.kind)).map(toKey))
  const folders = [
    '_refs/tags',
    '_refs/branches',
    ...references.lines.map(({ folder }) => joinPath(folder, '_versions')),
  ]
  return async () => {
    const listed = await Promise.all(folders.map((folder) => store.list(folder)))
    return listed.flat().some((file) => METADATA.has(placeFile(file.path).kind) && !known.has(toKey(file)))
  }
}

function toKey({ path, bytes, modifiedMs }: Pick<Snapshot['files'][number], 'path' | 'bytes' | 'modifiedMs'>): string {
  return `${path} ${bytes} ${modifiedMs}`
}
