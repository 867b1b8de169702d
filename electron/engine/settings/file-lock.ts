import { open, rm, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#shared/errors.ts'
import { errnoOf, fileError } from '../store/errno.ts'

/** What runs under the lock takes milliseconds; an older lock was left by a process that died. */
const STALE_MS = 3000
const PATIENCE_MS = 8000
const RETRY_MS = 5

/** Runs while holding a lock file, which is made for it and removed after it. Waits for other holders; `engine-busy`. */
export async function withFileLock(path: string, run: () => Promise<void>): Promise<void> {
  const deadlineMs = Date.now() + PATIENCE_MS
  while (!(await tryLock(path))) {
    if (Date.now() > deadlineMs) throw busy(path)
    if (await isStale(path)) await rm(path, { force: true })
    else await sleep(RETRY_MS)
  }
  try {
    await run()
  } finally {
    await rm(path, { force: true })
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close()
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw fileError(error, path)
  }
}

async function isStale(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => Date.now() - found.mtimeMs > STALE_MS,
    () => false,
  )
}

function busy(path: string): AppError {
  return new AppError({
    code: 'engine-busy',
    message: 'Another window of Tiltyard is saving settings and does not finish.',
    hint: `Try again. If it stays so, remove ${path}.`,
    detail: { path },
  })
}
