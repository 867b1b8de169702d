import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#shared/errors.ts'
import { errnoOf, fileError } from './errno.ts'

/** A holder says this often that it lives. */
const BEAT_MS = 500
/** A lock not heard of for this long was left by a process that died. */
const STALE_MS = 5000
const RETRY_MS = 5

export interface LockOptions {
  /** What another process does while it holds the lock: `saving settings`. */
  readonly doing: string
  /** Longest wait for other holders. */
  readonly patienceMs: number
}

/**
 * Runs while holding a lock file, which is made for it and removed after it, across processes. Waits for other holders,
 * and takes over from one that died; `engine-busy` when that takes too long.
 */
export async function withFileLock<T>(path: string, options: LockOptions, run: () => Promise<T>): Promise<T> {
  const deadlineMs = Date.now() + options.patienceMs
  while (!(await tryLock(path))) {
    if (Date.now() > deadlineMs) throw busy(path, options)
    if (await isStale(path)) await rm(path, { force: true })
    else await sleep(RETRY_MS)
  }
  const beat = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => undefined)
  }, BEAT_MS)
  beat.unref()
  try {
    return await run()
  } finally {
    clearInterval(beat)
    await rm(path, { force: true })
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw fileError(error, path)
  }
}

/** Left behind: not heard of for long, or by a process of this machine that is gone. */
async function isStale(path: string): Promise<boolean> {
  try {
    const [found, text] = await Promise.all([stat(path), readFile(path, 'utf8')])
    return Date.now() - found.mtimeMs > STALE_MS || (/^\d+$/.test(text) && !isAlive(Number(text)))
  } catch {
    // Gone meanwhile: the next try to lock tells.
    return false
  }
}

/** Whether a process of this machine with that id runs, whoever it is now. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
}

function busy(path: string, { doing }: LockOptions): AppError {
  return new AppError({
    code: 'engine-busy',
    message: `Another Tiltyard is ${doing} and does not finish.`,
    hint: `Try again. If it stays so, remove ${path}.`,
    detail: { path },
  })
}
