import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { EnginePaths } from '../context.ts'
import { readRecord, removeFolder, uploadsFolder } from './upload.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Finished ones wait longer: an import that was paused still reads them. */
const FINISHED_DAYS = 30

/**
 * Removes what nobody will go on with: uploads interrupted more than a day ago and finished ones of more than 30 days.
 * What cannot be looked at stays. Never throws.
 */
export async function sweepUploads(paths: EnginePaths, now = Date.now()): Promise<number> {
  const folder = uploadsFolder(paths)
  const names = await readdir(folder).catch(() => [])
  let removed = 0
  for (const name of names) {
    const upload = join(folder, name)
    try {
      const changedMs = await lastChange(upload)
      const record = await readRecord(upload)
      const days = record?.isFinished === true ? FINISHED_DAYS : 1
      if (now - changedMs < days * DAY_MS) continue
      await removeFolder(upload)
      removed++
    } catch {
      // Another engine may be removing the same one.
    }
  }
  return removed
}

/** The record changes when an upload begins and when it is finished; a long upload is told by its folder of files. */
async function lastChange(upload: string): Promise<number> {
  const times = await Promise.all(
    [upload, join(upload, 'upload.json'), join(upload, 'files')].map((path) =>
      stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  )
  return Math.max(...times)
}
