import type { StateFigures } from '#shared/model/maintenance.ts'
import type { OpenDataset } from '../context.ts'
import { listManifests } from '../datasets/index.ts'
import { deletionFileName } from '../format/names.ts'
import type { Manifest } from '../format/types.ts'
import { liveRows } from '../indices/index.ts'

/** Measures the newest version of main and everything in the directory. */
export async function measureState(dataset: OpenDataset, signal?: AbortSignal): Promise<StateFigures> {
  const at = await dataset.resolve()
  const manifest = await dataset.manifest(at)
  const { objects } = await dataset.store.listTree('', signal)
  const isLive = createLiveTest(manifest)
  const versions = await listManifests(dataset.store)
  const newest = versions.find(({ version }) => version === at.version)?.path
  const live = objects.filter(({ path }) => path === newest || isLive(path))
  const { fragments } = manifest
  return {
    version: at.version,
    versions: versions.length,
    rows: fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0),
    deletedRows: fragments.reduce((sum, { deletion }) => sum + (deletion?.deletedRows ?? 0), 0),
    fragments: fragments.length,
    liveBytes: live.reduce((sum, { bytes }) => sum + bytes, 0),
    totalBytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
    totalFiles: objects.length,
  }
}

/** Tells the files a version of main uses: data with the blobs beside it, deletions and index segments. */
function createLiveTest({ fragments, indices }: Manifest): (path: string) => boolean {
  const isOwn = ({ baseId }: { readonly baseId?: number }): boolean => baseId === undefined
  const data = new Set(fragments.flatMap(({ files }) => files.filter(isOwn).map(({ path }) => stem(path))))
  const segments = new Set(indices.filter(isOwn).map(({ uuid }) => uuid))
  const deletions = new Set(
    fragments.flatMap(({ id, deletion }) =>
      deletion === undefined || !isOwn(deletion) ? [] : [deletionFileName(id, deletion)],
    ),
  )
  return (path) => {
    const [folder, name = ''] = path.split('/')
    if (folder === 'data') return data.has(stem(name))
    if (folder === '_indices') return segments.has(name)
    return folder === '_deletions' && deletions.has(name)
  }
}

function stem(path: string): string {
  return path.replace(/\.lance$/, '')
}
