import type { JobInfo } from '#shared/model/job.ts'

/** States waiting for a reader, the newest of each job: a slow reader misses steps, never the end. */
export class NewestStates {
  readonly #states = new Map<string, JobInfo>()
  #wake: (() => void) | undefined

  push(job: JobInfo): void {
    this.#states.delete(job.id)
    this.#states.set(job.id, job)
    this.#wake?.()
  }

  /** The oldest state waiting. */
  take(): JobInfo | undefined {
    const [first] = this.#states.values()
    if (first !== undefined) this.#states.delete(first.id)
    return first
  }

  /** Resolves when a state waits, the signal is aborted, or the time is over. */
  async wait(signal: AbortSignal | undefined, timeoutMs?: number): Promise<void> {
    if (this.#states.size > 0 || signal?.aborted === true) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let wake = (): void => undefined
    await new Promise<void>((resolve) => {
      wake = resolve
      this.#wake = resolve
      signal?.addEventListener('abort', wake, { once: true })
      if (timeoutMs !== undefined) timer = setTimeout(resolve, timeoutMs)
    })
    clearTimeout(timer)
    signal?.removeEventListener('abort', wake)
    this.#wake = undefined
  }
}
