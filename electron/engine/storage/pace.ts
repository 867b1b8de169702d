/** Longest stretch of work before others get their turn. */
const TURN_MS = 10

/** Called often inside long work: gives others a turn when it is time, and stops when the work is no longer wanted. */
export type Pace = () => Promise<void>

/** A pace for one piece of work. Throws the signal's reason when aborted. */
export function createPace(signal: AbortSignal): Pace {
  let turnEndsMs = performance.now() + TURN_MS
  return async () => {
    signal.throwIfAborted()
    if (performance.now() < turnEndsMs) return
    await new Promise((resolve) => setImmediate(resolve))
    turnEndsMs = performance.now() + TURN_MS
    signal.throwIfAborted()
  }
}
