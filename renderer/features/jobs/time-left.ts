import type { JobProgress } from '#shared/model/job.ts'

/** How far a job was at a moment of a clock, in milliseconds. */
export interface Seen {
  readonly atMs: number
  readonly progress: JobProgress
}

/** Watched for less than this, or over less of the whole, nothing can be said. */
const MIN_WATCHED_MS = 3000
const MIN_SHARE = 0.01

/**
 * How long a job takes from now on in milliseconds, by how fast it went since it was first seen, which is not its beginning
 * where it went on from an earlier one; undefined as long as that cannot be told.
 */
export function timeLeftMs(first: Seen, now: Seen): number | undefined {
  const { total, unit, done } = now.progress
  // What it does first may be counted in something else.
  if (total === null || total <= 0 || unit !== first.progress.unit || total !== first.progress.total) return undefined
  const watchedMs = now.atMs - first.atMs
  const went = done - first.progress.done
  if (watchedMs < MIN_WATCHED_MS || went < total * MIN_SHARE || done >= total) return undefined
  return ((total - done) / went) * watchedMs
}

/** `less than 10 s left`, `about 40 s left`, `about 5 min left`, `about 2 h left`: as rough as it is known. */
export function timeLeftText(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 10) return 'less than 10 s left'
  if (seconds < 50) return `about ${Math.ceil(seconds / 10) * 10} s left`
  const minutes = Math.round(seconds / 60)
  if (minutes < 10) return `about ${Math.max(1, minutes)} min left`
  if (minutes < 55) return `about ${Math.round(minutes / 5) * 5} min left`
  return `about ${Math.max(1, Math.round(seconds / 3600))} h left`
}
