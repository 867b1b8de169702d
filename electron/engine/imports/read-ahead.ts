import { setMaxListeners } from 'node:events'

export interface AheadOptions<Item> {
  /** How many are worked on at one time. */
  readonly lanes: number
  /** Memory an item takes until its result is dealt with, about. */
  readonly weigh: (item: Item) => number
  /** What all of them may take; one item is worked on whatever it weighs. */
  readonly maxWeight: number
  readonly signal: AbortSignal
}

interface Started<Result> {
  readonly result: Promise<Result>
  readonly weight: number
}

/**
 * Works on items ahead of who takes the results, which come in the order of the items; one more than there are lanes is
 * begun and not yet dealt with. A failure comes when its turn does. Leaving the iteration aborts what is under way and waits
 * for its end.
 */
export async function* readAhead<Item, Result>(
  items: readonly Item[],
  { lanes, weigh, maxWeight, signal }: AheadOptions<Item>,
  work: (item: Item, lane: number, signal: AbortSignal) => Promise<Result>,
): AsyncGenerator<Result> {
  const leaving = new AbortController()
  const inner = AbortSignal.any([signal, leaving.signal])
  // Every question to a parser listens for its end.
  setMaxListeners(0, inner)
  const idle = Array.from({ length: lanes }, (_, lane) => lane).reverse()
  const started: Started<Result>[] = []
  let next = 0
  let weight = 0
  const startMore = (): void => {
    while (next < items.length && started.length <= lanes && !inner.aborted) {
      const item = items[next] as Item
      const itemWeight = weigh(item)
      const lane = started.length > 0 && weight + itemWeight > maxWeight ? undefined : idle.pop()
      if (lane === undefined) return
      next++
      weight += itemWeight
      const result = work(item, lane, inner).finally(() => {
        idle.push(lane)
        startMore()
      })
      result.catch(() => undefined)
      started.push({ result, weight: itemWeight })
    }
  }
  try {
    startMore()
    for (let [first] = started; first !== undefined; [first] = started) {
      yield await first.result
      started.shift()
      weight -= first.weight
      startMore()
    }
    signal.throwIfAborted()
  } finally {
    leaving.abort()
    await Promise.allSettled(started.map(({ result }) => result))
  }
}
