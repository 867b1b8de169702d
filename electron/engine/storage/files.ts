import type { StorageFile } from '#shared/model/storage.ts'
import { createClassifier } from './classify/file-class.ts'
import { createUserFinder } from './classify/file-users.ts'
import { createLookups } from './classify/lookups.ts'
import type { Snapshot } from './gather/snapshot.ts'
import type { Pace } from './pace.ts'

const PACE_FILES = 128

/** Every file of a directory by path, with what it is for. */
export async function* listFiles(snapshot: Snapshot, pace: Pace): AsyncGenerator<StorageFile> {
  const { references } = snapshot
  const lookups = createLookups(references)
  const classify = createClassifier(references, lookups)
  const findUsers = createUserFinder(references, lookups)
  for (const [index, file] of snapshot.files.entries()) {
    if (index % PACE_FILES === 0) await pace()
    const { path, bytes, modifiedMs, placed } = file
    yield { path, bytes, modifiedAt: toTime(modifiedMs), kind: placed.kind, ...classify(file), ...findUsers(file) }
  }
}

/** File systems hold times JavaScript cannot say; the nearest one then. */
function toTime(ms: number): string {
  const mostMs = 8.64e15
  return new Date(Math.max(-mostMs, Math.min(mostMs, ms))).toISOString()
}
