import { STORAGE_CLASSES, type StorageClassUsage, type StorageUsage } from '#shared/model/storage.ts'
import type { Manifest } from '../format/types.ts'
import { createClassifier } from './classify/file-class.ts'
import type { Snapshot } from './gather/snapshot.ts'
import type { Pace } from './pace.ts'

const PACE_FILES = 512

/** Adds up every byte of a directory by class. `newest` is the newest manifest of main if it has files elsewhere. */
export async function sumUsage(snapshot: Snapshot, newest: Manifest | undefined, pace: Pace): Promise<StorageUsage> {
  const classify = createClassifier(snapshot.references)
  const sums = new Map<string, { -readonly [K in keyof StorageClassUsage]: StorageClassUsage[K] }>()
  let totalBytes = 0
  for (const [index, file] of snapshot.files.entries()) {
    if (index % PACE_FILES === 0) await pace()
    const { class: storageClass, keeper } = classify(file)
    const key = `${storageClass}\0${keeper ?? ''}`
    const sum = sums.get(key) ?? {
      class: storageClass,
      ...(keeper === undefined ? {} : { keeper }),
      bytes: 0,
      files: 0,
    }
    sums.set(key, sum)
    sum.bytes += file.bytes
    sum.files++
    totalBytes += file.bytes
  }
  return {
    totalBytes,
    totalFiles: snapshot.files.length,
    classes: [...sums.values()].toSorted(byClass),
    elsewhereBytes: newest === undefined ? 0 : sumElsewhere(newest, snapshot),
    unreadable: snapshot.unreadable,
    version: snapshot.references.lines[0]?.versions.at(-1)?.version ?? 0,
    read: snapshot.read,
  }
}

function byClass(a: StorageClassUsage, b: StorageClassUsage): number {
  const order = STORAGE_CLASSES.indexOf(a.class) - STORAGE_CLASSES.indexOf(b.class)
  return order === 0 ? b.bytes - a.bytes : order
}

/** Recorded bytes of the files that lie under base paths leading out of the dataset. */
function sumElsewhere({ basePaths, fragments, indices }: Manifest, { references }: Snapshot): number {
  const foreign = new Set(references.lines[0]?.foreignBases)
  const foreignIds = new Set(basePaths.filter(({ path }) => foreign.has(path)).map(({ id }) => id))
  const isElsewhere = ({ baseId }: { readonly baseId?: number }): boolean =>
    baseId !== undefined && foreignIds.has(baseId)
  const files = fragments.flatMap((fragment) => fragment.files).filter(isElsewhere)
  return [...files, ...indices.filter(isElsewhere)].reduce((sum, { bytes }) => sum + (bytes ?? 0), 0)
}
