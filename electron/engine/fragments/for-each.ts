/** Longest stretch without letting other calls have a turn, where every task answers at once. */
const TURN_MS = 10

/**
 * Runs a task for each item, up to `atOnce` at the same time and in no order. The first failure, or an abort, is thrown
 * once the tasks under way have settled; nothing more is started then.
 */
export async function forEachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  signal: AbortSignal,
  run: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0
  let isFailed = false
  let turnEndsMs = performance.now() + TURN_MS
  const worker = async (): Promise<void> => {
    while (next < items.length && !isFailed) {
      signal.throwIfAborted()
      const item = items[next++] as Item
      try {
        await run(item)
      } catch (error) {
        isFailed = true
        throw error
      }
      if (performance.now() < turnEndsMs) continue
      await new Promise(setImmediate)
      turnEndsMs = performance.now() + TURN_MS
    }
  }
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, worker)
  const settled = await Promise.allSettled(workers)
  const failed = settled.find((it) => it.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
