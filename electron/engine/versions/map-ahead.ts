/**
 * Maps items in order with up to `limit` running at once; results come in the order of the items. Nothing runs before
 * the first result is asked for, and leaving the loop starts nothing more.
 */
export async function* mapAhead<Item, Result>(
  items: readonly Item[],
  limit: number,
  map: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = []
  let next = 0
  while (next < items.length || running.length > 0) {
    while (running.length < limit && next < items.length) {
      const item = items[next++] as Item
      const result = map(item)
      // Awaited below in order; until then, and when the loop is left, a failure must not count as unhandled.
      result.catch(() => undefined)
      running.push(result)
    }
    const first = running.shift()
    if (first !== undefined) yield await first
  }
}
