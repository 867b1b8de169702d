import { watch, type FSWatcher } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { WatchEvent } from '#shared/contract/datasets.ts'
import { AppError } from '#shared/errors.ts'
import type { OpenDataset } from '../context.ts'
import { errnoOf } from '../store/errno.ts'
import { versionsFolder } from './manifest-listing.ts'

/** File system events are not reliable everywhere (network mounts); a look at the folder's time stamp is. */
const POLL_MS = 1000

/**
 * Yields the newest version of a branch now and again whenever it is another one, within two seconds, until aborted.
 * Throws `not-found` when the dataset is gone. Uses file system events and time stamps, never the native module.
 */
export async function* watchDataset(
  dataset: OpenDataset,
  branch: string | undefined,
  signal: AbortSignal,
  pollMs = POLL_MS,
): AsyncGenerator<WatchEvent> {
  const bell = createBell(signal)
  const watcher = watchFolder(join(dataset.location, versionsFolder(branch)), bell.ring)
  let last: number | undefined
  try {
    while (!signal.aborted) {
      const latest = await resolveNewest(dataset, branch)
      if (latest !== last) yield { latestVersion: latest, noticedAt: new Date().toISOString() }
      last = latest
      await bell.wait(pollMs)
    }
  } finally {
    watcher?.close()
    bell.dispose()
  }
}

async function resolveNewest(dataset: OpenDataset, branch: string | undefined): Promise<number> {
  try {
    return (await dataset.resolve(branch === undefined ? undefined : { branch })).version
  } catch (error) {
    if (await isGone(dataset.location)) throw goneError(dataset)
    if (!(error instanceof AppError) || error.code !== 'version-not-found') throw error
    throw goneError(dataset)
  }
}

async function isGone(location: string): Promise<boolean> {
  return stat(location).then(
    () => false,
    (error: unknown) => errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR',
  )
}

function goneError(dataset: OpenDataset): AppError {
  return new AppError({
    code: 'not-found',
    message: `The dataset ${dataset.name} is gone from ${dataset.location}.`,
    hint: 'It was moved, renamed or deleted. Open it where it is now.',
    detail: { path: dataset.location },
  })
}

/** Events only hurry the next look, so a watcher that cannot start or breaks is simply done without. */
function watchFolder(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onChange)
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}

interface Bell {
  ring(): void
  /** Resolves at the next ring, at one that came since the last wait, after `ms`, or on abort. */
  wait(ms: number): Promise<void>
  dispose(): void
}

function createBell(signal: AbortSignal): Bell {
  let isRung = false
  let wake: (() => void) | undefined
  const ring = (): void => {
    isRung = true
    wake?.()
  }
  signal.addEventListener('abort', ring)
  return {
    ring,
    async wait(ms) {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      wake = undefined
      isRung = false
    },
    dispose: () => signal.removeEventListener('abort', ring),
  }
}
