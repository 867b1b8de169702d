/** Ends something after it was unused for a while. */
export interface IdleTimer {
  /** Told the number of users on every change. */
  update(users: number): void
  stop(): void
}

/** Calls `onIdle` once nobody has been there for `minutes`. Starts counting at once: a link nobody opens is idle too. */
export function startIdleTimer(minutes: number, onIdle: () => void): IdleTimer {
  const start = (): ReturnType<typeof setTimeout> => setTimeout(onIdle, minutes * 60_000)
  let timer: ReturnType<typeof setTimeout> | undefined = start()
  return {
    update(users) {
      clearTimeout(timer)
      timer = users === 0 ? start() : undefined
    },
    stop: () => clearTimeout(timer),
  }
}
