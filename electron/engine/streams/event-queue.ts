/** What one side tells and the other reads in its own time. Events of a kind that only tell a state replace each other. */
export class EventQueue<T extends { readonly kind: string }> {
  #events: T[] = []
  #isEnded = false
  #failure: { readonly error: unknown } | undefined
  #wake: (() => void) | undefined

  push(event: T): void {
    this.#events.push(event)
    this.#wake?.()
  }

  /** Takes the place of the newest event when that is of the kind, too. */
  replace(kind: T['kind'], event: T): void {
    if (this.#events.at(-1)?.kind === kind) this.#events.pop()
    this.push(event)
  }

  end(): void {
    this.#isEnded = true
    this.#wake?.()
  }

  fail(error: unknown): void {
    this.#failure = { error }
    this.end()
  }

  /** Reads until the end, or until the signal is aborted. */
  async *read(signal: AbortSignal): AsyncGenerator<T> {
    const ring = (): void => this.#wake?.()
    signal.addEventListener('abort', ring)
    try {
      for (;;) {
        const event = this.#events.shift()
        if (event !== undefined) {
          yield event
          continue
        }
        if (this.#failure !== undefined) throw this.#failure.error
        if (this.#isEnded || signal.aborted) return
        await new Promise<void>((resolve) => (this.#wake = resolve))
      }
    } finally {
      signal.removeEventListener('abort', ring)
    }
  }
}
