import { AppError } from '#shared/errors.ts'
import { formatBytes } from '#shared/model/format.ts'
import type { Forecast } from '#shared/model/maintenance.ts'
import { freeDiskBytes } from '../store/free-disk.ts'

/** A volume with less than this is left alone: what runs is stopped before others notice. */
const RESERVE_BYTES = 64 * 1024 * 1024
const LOOK_EVERY_MS = 1000

/** Refuses with `disk-full` what would need more disk than there is. Nothing was done then. */
export function checkRoom({ freeDiskBytes: free, extraDiskAtMost }: Forecast): void {
  if (free === null || extraDiskAtMost === undefined || extraDiskAtMost + RESERVE_BYTES <= free) return
  throw new AppError({
    code: 'disk-full',
    message: `This may need ${formatBytes(extraDiskAtMost)} more disk, and ${formatBytes(free)} are free; nothing was changed.`,
    hint: 'Free some space, for instance by cleaning up old versions, then try again.',
    detail: { neededBytes: extraDiskAtMost, freeBytes: free },
  })
}

/**
 * Runs work and gives it up with `disk-full` once the volume runs low. The work itself may not be stoppable; the process of
 * the job ends with the failure, and takes it along.
 */
export async function withRoomWatched<T>(
  path: string,
  work: () => Promise<T>,
  { freeBytes = freeDiskBytes, everyMs = LOOK_EVERY_MS } = {},
): Promise<T> {
  let timer: ReturnType<typeof setInterval> | undefined
  const low = new Promise<never>((_, reject) => {
    const look = async (): Promise<void> => {
      const free = await freeBytes(path)
      if (free !== null && free < RESERVE_BYTES) reject(runsLow(free))
    }
    timer = setInterval(() => void look(), everyMs)
  })
  try {
    return await Promise.race([work(), low])
  } finally {
    clearInterval(timer)
  }
}

function runsLow(freeBytes: number): AppError {
  return new AppError({
    code: 'disk-full',
    message: `The disk ran low while this was running (${formatBytes(freeBytes)} free), so it was stopped.`,
    hint: 'The dataset is at a consistent version. What was half written can be removed among the leftovers; then free some space.',
    detail: { freeBytes },
  })
}
