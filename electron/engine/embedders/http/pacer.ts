import { setTimeout as sleep } from 'node:timers/promises'

/** Spaces requests to one server and counts them. */
export interface Pacer {
  /** Resolves when the next request may go out. Rejects with the signal's reason. */
  turn(signal: AbortSignal, isRepeated: boolean): Promise<void>
  /** The server answered. */
  went(): void
  /** The server said it is asked too often. */
  tooOften(): void
  readonly requests: number
  /** Those among the requests that repeated one that had failed. */
  readonly retries: number
}

const FIRST_GAP_MS = 100
const LONGEST_GAP_MS = 60_000
/** Answers in a row before it dares to ask faster. */
const CALM_ANSWERS = 20
const FASTER = 0.7

/**
 * Finds the pace a server bears, since endpoints do not say it: full speed until the server says it is too fast, then a
 * gap between requests, doubled each time it says so again and shortened while it is content.
 */
export function createPacer(now: () => number = () => performance.now()): Pacer {
  let gapMs = 0
  let nextAt = 0
  let calm = 0
  let requests = 0
  let retries = 0
  return {
    async turn(signal, isRepeated) {
      const waitMs = nextAt - now()
      if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted())
      nextAt = now() + gapMs
      requests++
      if (isRepeated) retries++
    },
    went() {
      calm++
      if (calm < CALM_ANSWERS || gapMs === 0) return
      calm = 0
      gapMs = gapMs * FASTER < FIRST_GAP_MS ? 0 : gapMs * FASTER
    },
    tooOften() {
      calm = 0
      gapMs = Math.min(LONGEST_GAP_MS, gapMs === 0 ? FIRST_GAP_MS : gapMs * 2)
      nextAt = now() + gapMs
    },
    get requests() {
      return requests
    },
    get retries() {
      return retries
    },
  }
}
