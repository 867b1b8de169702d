import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PageCache, type PageCacheOptions } from './page-cache.ts'

interface FakePage {
  readonly index: number
  readonly columnIds: readonly string[]
}

interface Call extends FakePage {
  readonly signal: AbortSignal
  resolve(): Promise<void>
  reject(error: Error): Promise<void>
}

function makeCache(options: Partial<PageCacheOptions<FakePage>> = {}) {
  const calls: Call[] = []
  const toCell = vi.fn((page: FakePage, row: number, columnId: string) => ({
    kind: 'text' as const,
    text: `${page.index}.${row}.${columnId}`,
    tone: 'plain' as const,
  }))
  const cache = new PageCache<FakePage>({
    rowCount: 100_000,
    rowsPerPage: 100,
    maxBytes: 1000,
    maxInFlight: 3,
    byteLength: () => 100,
    toCell,
    load: (index, columnIds, signal) =>
      new Promise((resolve, reject) => {
        const settle = async (act: () => void) => {
          act()
          await vi.advanceTimersByTimeAsync(0)
        }
        calls.push({
          index,
          columnIds,
          signal,
          resolve: () => settle(() => resolve({ index, columnIds })),
          reject: (error) => settle(() => reject(error)),
        })
      }),
    ...options,
  })
  const call = (index: number) => calls.findLast((candidate) => candidate.index === index)!
  return { cache, calls, call, toCell, asked: () => calls.map((one) => one.index) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('fetching', () => {
  it('asks for the visible page first, then ahead', () => {
    const { cache, asked } = makeCache()
    cache.show(0, 40, ['a'])
    expect(asked()).toEqual([0, 1])
  })

  it('prefetches above when travelling up', () => {
    const { cache, asked } = makeCache({ maxInFlight: 10 })
    cache.show(520, 560, ['a'])
    cache.show(500, 540, ['a'])
    expect(asked()).toEqual([5, 6, 4])
  })

  it('holds no more requests than allowed and goes on when one ends', async () => {
    const { cache, calls, call, asked } = makeCache({ maxInFlight: 1 })
    cache.show(150, 190, ['a'])
    expect(asked()).toEqual([1])
    await call(1).resolve()
    expect(asked()).toEqual([1, 2])
    expect(calls[0]!.signal.aborted).toBe(false)
  })

  it('gives loading, then the cell, made once', async () => {
    const { cache, call, toCell } = makeCache()
    const listener = vi.fn()
    cache.subscribe(listener)
    cache.show(0, 40, ['a'])
    expect(cache.cell(7, 'a')).toEqual({ kind: 'loading' })
    await call(0).resolve()
    expect(listener).toHaveBeenCalledTimes(1)
    expect(cache.cell(7, 'a')).toMatchObject({ text: '0.7.a' })
    expect(cache.cell(7, 'a')).toBe(cache.cell(7, 'a'))
    expect(toCell).toHaveBeenCalledTimes(1)
    expect(cache.page(7, 'a')).toMatchObject({ row: 7 })
  })

  it('asks for nothing in an empty table', () => {
    const { cache, asked } = makeCache({ rowCount: 0 })
    cache.show(0, 0, ['a'])
    expect(asked()).toEqual([])
  })
})

describe('columns', () => {
  it('fetches only what is missing when a column comes into view', async () => {
    const { cache, call, calls } = makeCache()
    cache.show(0, 40, ['a', 'b'])
    await call(0).resolve()
    cache.show(0, 40, ['b', 'c'])
    expect(calls.filter((one) => one.index === 0).map((one) => one.columnIds)).toEqual([['a', 'b'], ['c']])
    await call(0).resolve()
    expect(cache.cell(0, 'a')).toMatchObject({ text: '0.0.a' })
    expect(cache.cell(0, 'c')).toMatchObject({ text: '0.0.c' })
  })

  it('does not ask twice for a column that is on its way', () => {
    const { cache, calls } = makeCache()
    cache.show(0, 40, ['a'])
    cache.show(0, 40, ['a', 'b'])
    expect(calls.filter((one) => one.index === 0).map((one) => one.columnIds)).toEqual([['a'], ['b']])
  })
})

describe('races', () => {
  it('aborts pages that left the window and ignores their late answer', async () => {
    const { cache, call } = makeCache()
    cache.show(0, 40, ['a'])
    const stale = call(0)
    vi.advanceTimersByTime(1000)
    cache.show(5000, 5040, ['a'])
    expect(stale.signal.aborted).toBe(true)
    await stale.resolve()
    expect(cache.cell(0, 'a')).toEqual({ kind: 'loading' })
  })

  it('ignores the failure of an aborted request', async () => {
    const { cache, call } = makeCache()
    cache.show(0, 40, ['a'])
    const stale = call(0)
    vi.advanceTimersByTime(1000)
    cache.show(5000, 5040, ['a'])
    await stale.reject(new Error('aborted'))
    cache.show(0, 40, ['a'])
    expect(cache.cell(0, 'a')).toEqual({ kind: 'loading' })
  })

  it('drops an answer that was asked for before invalidate', async () => {
    const { cache, call, calls } = makeCache()
    cache.show(0, 40, ['a'])
    const stale = call(0)
    cache.invalidate()
    await stale.resolve()
    expect(cache.cell(0, 'a')).toEqual({ kind: 'loading' })
    expect(calls.filter((one) => one.index === 0)).toHaveLength(2)
    await call(0).resolve()
    expect(cache.cell(0, 'a')).toMatchObject({ text: '0.0.a' })
  })

  it('grows at the end: full pages stay, a last one that was not full is shown as it was until it is there again', async () => {
    const { cache, call, calls } = makeCache({ rowCount: 150 })
    cache.show(0, 150, ['a'])
    await call(0).resolve()
    await call(1).resolve()
    cache.grow(220)
    expect(cache.rowCount).toBe(220)
    expect(cache.cell(120, 'a')).toMatchObject({ text: '1.20.a' })
    expect(calls.map(({ index }) => index)).toEqual([0, 1, 1, 2])
    await call(1).resolve()
    cache.show(0, 220, ['a'])
    expect(calls).toHaveLength(4)
    cache.grow(100)
    expect(cache.rowCount).toBe(220)
  })

  it('keeps a request that the new window still wants', () => {
    const { cache, call } = makeCache()
    cache.show(0, 40, ['a'])
    cache.show(60, 110, ['a'])
    expect(call(0).signal.aborted).toBe(false)
    expect(call(1).signal.aborted).toBe(false)
  })

  it('does not pile up requests on a source that ignores its signal', () => {
    const { cache, calls } = makeCache({ maxInFlight: 2 })
    for (let step = 0; step < 50; step++) {
      vi.advanceTimersByTime(1000)
      cache.show(step * 2000, step * 2000 + 40, ['a'])
    }
    expect(calls.length).toBeLessThanOrEqual(6)
  })

  it('does nothing after close', async () => {
    const { cache, call, calls } = makeCache()
    const listener = vi.fn()
    cache.subscribe(listener)
    cache.show(0, 40, ['a'])
    const open = call(0)
    cache.close()
    await open.resolve()
    cache.show(5000, 5040, ['a'])
    expect(open.signal.aborted).toBe(true)
    expect(listener).not.toHaveBeenCalled()
    expect(calls).toHaveLength(2)
  })
})

describe('a dragged thumb', () => {
  it('waits until it rests', () => {
    const { cache, asked } = makeCache()
    cache.show(0, 40, ['a'])
    for (let step = 1; step <= 10; step++) {
      vi.advanceTimersByTime(16)
      cache.show(step * 5000, step * 5000 + 40, ['a'])
    }
    expect(asked()).toEqual([0, 1])
    vi.advanceTimersByTime(100)
    expect(asked().slice(2)).toEqual([500, 501, 499])
  })

  it('still shows something now and then while it moves', () => {
    const { cache, asked } = makeCache()
    cache.show(0, 40, ['a'])
    for (let step = 1; step <= 40; step++) {
      vi.advanceTimersByTime(16)
      cache.show(step * 2000, step * 2000 + 40, ['a'])
    }
    expect(asked().length).toBeGreaterThan(2)
    expect(asked().length).toBeLessThan(20)
  })
})

describe('failure', () => {
  it('asks again only for failures of a kind', async () => {
    const { cache, call, calls } = makeCache()
    cache.show(0, 40, ['a'])
    await call(0).reject(new Error('died of it'))
    await call(1).reject(new Error('was away'))
    const before = calls.length
    cache.retryWhere((error) => error instanceof Error && error.message === 'was away')
    expect(calls.slice(before).map((one) => one.index)).toEqual([1])
    expect(cache.cell(0, 'a')).toEqual({ kind: 'error', message: 'died of it' })
    expect(cache.cell(100, 'a')).toEqual({ kind: 'loading' })
  })

  it('shows the reason and asks again on retry', async () => {
    const { cache, call, calls } = makeCache({ describeError: () => 'Disk went away' })
    cache.show(0, 40, ['a'])
    await call(0).reject(new Error('EIO'))
    expect(cache.cell(3, 'a')).toEqual({ kind: 'error', message: 'Disk went away' })
    cache.show(0, 40, ['a'])
    expect(calls.filter((one) => one.index === 0)).toHaveLength(1)
    cache.retry(3)
    expect(cache.cell(3, 'a')).toEqual({ kind: 'loading' })
    await call(0).resolve()
    expect(cache.cell(3, 'a')).toMatchObject({ text: '0.3.a' })
  })

  it('turns a cell that cannot be made into an error cell', async () => {
    const { cache, call } = makeCache({
      toCell: () => {
        throw new Error('bad bytes')
      },
    })
    cache.show(0, 40, ['a'])
    await call(0).resolve()
    expect(cache.cell(0, 'a')).toEqual({ kind: 'error', message: 'bad bytes' })
  })
})

describe('memory', () => {
  it('forgets the longest unused pages by bytes', async () => {
    const { cache, call } = makeCache({ maxBytes: 500 })
    for (let page = 0; page < 20; page++) {
      vi.advanceTimersByTime(1000)
      cache.show(page * 100, page * 100 + 40, ['a'])
      for (const near of [page, page + 1]) if (call(near) !== undefined) await call(near).resolve()
    }
    expect(cache.byteLength).toBeLessThanOrEqual(500)
    expect(cache.cell(0, 'a')).toEqual({ kind: 'loading' })
    expect(cache.cell(1900, 'a')).toMatchObject({ text: '19.0.a' })
  })

  it('never forgets what is on screen', async () => {
    const { cache, call } = makeCache({ maxBytes: 50 })
    cache.show(0, 40, ['a'])
    await call(0).resolve()
    expect(cache.cell(0, 'a')).toMatchObject({ text: '0.0.a' })
  })
})
