/** Lets a bounded number of tasks run at a time; the others wait in order. */
export interface Turns {
  /** Runs when it is this task's turn. Rejects with the signal's reason when aborted while waiting. */
  take<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T>
}

/** At most `atOnce` tasks run at the same time. */
export function createTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = []
  let running = 0

  const wait = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const onAbort = (): void => {
        waiting.splice(waiting.indexOf(start), 1)
        reject(signal.reason as Error)
      }
      const start = (): void => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      }
      waiting.push(start)
      signal.addEventListener('abort', onAbort, { once: true })
    })

  return {
    async take(signal, run) {
      signal.throwIfAborted()
      // Whoever ends hands its place on, so a place is never free while somebody waits.
      if (running >= atOnce) await wait(signal)
      else running++
      try {
        return await run()
      } finally {
        const next = waiting.shift()
        if (next === undefined) running--
        else next()
      }
    },
  }
}
