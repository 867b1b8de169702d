import { setTimeout as sleep } from 'node:timers/promises'
import type { Queue } from '#shared/model/queue.ts'
import { readQueue, type BucketCache } from './read-queue.ts'

const POLL_MS = 1000
/** Looking may take at most this share of the time. */
const SHARE = 0.1

/** The queue now and whenever it looks different, until aborted. Fails when it cannot be read any more. */
export async function* watchQueue(
  location: string,
  root: string | undefined,
  signal: AbortSignal,
  pollMs = POLL_MS,
): AsyncGenerator<Queue> {
  const cache: BucketCache = new Map()
  let last: string | undefined
  while (!signal.aborted) {
    const began = performance.now()
    const queue = await readQueue(location, root, cache)
    const text = JSON.stringify(queue)
    if (text !== last) yield queue
    last = text
    const lookedMs = performance.now() - began
    await sleep(Math.max(pollMs, lookedMs / SHARE), undefined, { signal }).catch(() => undefined)
  }
}
