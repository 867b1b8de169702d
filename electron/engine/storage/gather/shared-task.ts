/**
 * One piece of work several callers wait for. It is stopped when the last of them has given up; a caller that gives up
 * while others wait fails alone, with its signal's reason.
 */
export interface SharedTask<Result> {
  /** Waits for the work with one more caller. */
  join(signal: AbortSignal): Promise<Result>
  readonly isAbandoned: boolean
}

/** Starts work for several callers; it is aborted when the last of them has left. */
export function startShared<Result>(run: (signal: AbortSignal) => Promise<Result>): SharedTask<Result> {
  const controller = new AbortController()
  const running = run(controller.signal)
  // Everybody may have left before it fails.
  running.catch(() => undefined)
  let waiting = 0
  return {
    get isAbandoned() {
      return controller.signal.aborted
    },
    join(signal) {
      waiting++
      return new Promise<Result>((resolve, reject) => {
        const leave = (): void => {
          waiting--
          if (waiting === 0) controller.abort(signal.reason)
          reject(signal.reason as Error)
        }
        if (signal.aborted) return leave()
        signal.addEventListener('abort', leave, { once: true })
        const settle = (): void => {
          waiting--
          signal.removeEventListener('abort', leave)
        }
        running.then(
          (result) => {
            settle()
            resolve(result)
          },
          (error: unknown) => {
            settle()
            reject(error)
          },
        )
      })
    },
  }
}
