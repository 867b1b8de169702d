import { formatBytes, formatNoun } from '#shared/model/format.ts'
import type { MaintenanceNote } from '#shared/model/maintenance.ts'
import { UNVERIFIED_MS } from '../storage/index.ts'
import type { ObjectInfo, ObjectStore } from '../store/object-store.ts'

/**
 * Runs LanceDB's own maintenance and says which files that were there before are gone. It removes files no version uses
 * that are older than seven days, in silence; files of versions stay.
 */
export async function withSweepNoted<T>(
  store: ObjectStore,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly notes: readonly MaintenanceNote[] }> {
  const before = await store.listTree('')
  const old = before.objects.filter(({ modifiedMs }) => modifiedMs < Date.now() - UNVERIFIED_MS)
  const result = await work()
  if (old.length === 0) return { result, notes: [] }
  const left = new Set((await store.listTree('')).objects.map(({ path }) => path))
  return { result, notes: noteSwept(old.filter(({ path }) => !left.has(path))) }
}

/** A manifest among them was removed by somebody else, who may have removed the rest with it. */
export function noteSwept(gone: readonly ObjectInfo[]): readonly MaintenanceNote[] {
  const files = gone.filter((file) => !isManifest(file))
  if (files.length === 0) return []
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const some = `${formatNoun(files.length, 'file')} older than seven days (${formatBytes(bytes)})`
  const message =
    files.length === gone.length
      ? `LanceDB removed ${some} that no version used.`
      : `Another program removed versions meanwhile; LanceDB or that program removed ${some}.`
  return [{ severity: 'note', message }]
}

function isManifest({ path }: ObjectInfo): boolean {
  return /^_versions\/[^/.]+\.manifest$/.test(path)
}
