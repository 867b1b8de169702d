/**
 * Settles like `work`, or rejects with the signal's reason as soon as it is aborted. The native module cannot be told to
 * stop, so the work behind goes on to its own end or time limit, and its answer is dropped.
 */
export async function abortable<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  // Its rejection counts as handled even when the abort came first.
  work.catch(() => undefined)
  signal.throwIfAborted()
  let stopListening = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
    stopListening = () => signal.removeEventListener('abort', onAbort)
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    stopListening()
  }
}
