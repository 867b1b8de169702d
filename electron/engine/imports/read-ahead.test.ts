import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { readAhead, type AheadOptions } from './read-ahead.ts'
import { lanesFor, type Lane, type Reader } from './reader.ts'

const options = (more: Partial<AheadOptions<number>> = {}): AheadOptions<number> => ({
  lanes: 3,
  weigh: () => 1,
  maxWeight: 100,
  signal: new AbortController().signal,
  ...more,
})
const numbers = Array.from({ length: 20 }, (_, index) => index)

async function gather<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const gathered: Item[] = []
  for await (const item of items) gathered.push(item)
  return gathered
}

it('gives results in the order of the items, one at a time of each lane, and one more than lanes at most', async () => {
  const busy = new Set<number>()
  let [open, most] = [0, 0]
  const results = readAhead(numbers, options(), async (item, lane) => {
    expect(busy.has(lane)).toBe(false)
    busy.add(lane)
    most = Math.max(most, ++open)
    for (let turn = item % 4; turn > 0; turn--) await Promise.resolve()
    busy.delete(lane)
    return item
  })
  const seen: number[] = []
  for await (const item of results) {
    seen.push(item)
    open--
  }
  expect(seen).toEqual(numbers)
  expect(most).toBeLessThanOrEqual(5)
})

it('holds what weighs too much back, but works on one item whatever it weighs', async () => {
  const begun: number[] = []
  const weigh = (item: number): number => (item === 2 ? 1000 : 40)
  for await (const item of readAhead([0, 1, 2, 3], options({ weigh }), async (item) => begun.push(item) && item)) {
    if (item < 2) expect(begun).not.toContain(2)
    if (item === 2) expect(begun).toEqual([0, 1, 2])
  }
  expect(begun).toEqual([0, 1, 2, 3])
})

it('tells a failure when its turn comes', async () => {
  const seen: number[] = []
  const results = readAhead(numbers, options(), async (item) => {
    if (item === 2) throw new Error('the third')
    return item
  })
  await expect(
    (async () => {
      for await (const item of results) seen.push(item)
    })(),
  ).rejects.toThrow('the third')
  expect(seen).toEqual([0, 1])
})

it('left in the middle, aborts what is under way and waits for its end', async () => {
  let running = 0
  const work = async (item: number, _lane: number, signal: AbortSignal): Promise<number> => {
    if (item === 0) return item
    running++
    try {
      await sleep(60_000, undefined, { signal })
      return item
    } finally {
      running--
    }
  }
  for await (const item of readAhead(numbers, options(), work)) {
    expect(item).toBe(0)
    break
  }
  expect(running).toBe(0)
})

it('fails when it is aborted', async () => {
  const controller = new AbortController()
  const results = readAhead(numbers, options({ signal: controller.signal }), async (item) => {
    if (item === 5) controller.abort(new Error('given up'))
    return item
  })
  await expect(gather(results)).rejects.toThrow('given up')
})

it('starts further threads only for files that keep them busy', () => {
  const lane = {} as Lane
  const reader = { lanes: [lane, lane, lane] } as unknown as Reader
  const files = (count: number, bytes: number) => Array.from({ length: count }, () => ({ bytes }))
  expect(lanesFor(reader, files(12, 20_000))).toHaveLength(1)
  expect(lanesFor(reader, files(60, 1000))).toHaveLength(2)
  expect(lanesFor(reader, files(500, 1000))).toHaveLength(3)
  expect(lanesFor(reader, files(2, 50e6))).toHaveLength(2)
  expect(lanesFor(reader, files(1, 5e9))).toHaveLength(1)
})
