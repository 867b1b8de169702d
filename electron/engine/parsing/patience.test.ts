import { afterEach, describe, expect, it, vi } from 'vitest'
import { patienceMs, startWait } from './patience.ts'

it('waits ten seconds for a small file, longer for a large or a packed one, and never beyond the limit', () => {
  const wait = (subject: object) => patienceMs({ name: 'a', ...subject }, 60_000)
  expect(wait({ bytes: 0 })).toBe(10_000)
  expect(wait({ bytes: 5_000_000, kind: 'csv' })).toBe(15_000)
  expect(wait({ bytes: 1_000_000, kind: 'pdf' })).toBe(20_000)
  expect(wait({ bytes: 1_000_000, kind: 'csv', compression: 'gzip' })).toBe(20_000)
  expect(wait({ bytes: 5e9 })).toBe(60_000)
  expect(wait({})).toBe(60_000)
  expect(patienceMs({ name: 'a', bytes: 0 }, 3000)).toBe(3000)
})

describe('a wait', () => {
  afterEach(() => vi.useRealTimers())

  /** When a wait of 10 s was over, in a process that gets a share of one processor; undefined when it was not in two minutes. */
  function overAfterMs(share: number, stopAfterMs = Infinity): number | undefined {
    vi.useFakeTimers()
    const began = Date.now()
    let over: number | undefined
    const stop = startWait(
      10_000,
      () => (over = Date.now() - began),
      () => (Date.now() - began) * share,
    )
    if (stopAfterMs < Infinity) setTimeout(stop, stopAfterMs)
    vi.advanceTimersByTime(120_000)
    return over
  }

  it('is over in time where the process had the processor', () => {
    expect(overAfterMs(1)).toBe(10_000)
    expect(overAfterMs(0.5)).toBe(10_000)
  })

  it('is longer where others had it, and has an end', () => {
    expect(overAfterMs(0.3)).toBe(20_000)
    expect(overAfterMs(0.05)).toBe(30_000)
    expect(overAfterMs(0)).toBe(30_000)
  })

  it('is never over once it was stopped', () => {
    expect(overAfterMs(1, 5000)).toBeUndefined()
    expect(overAfterMs(0.3, 15_000)).toBeUndefined()
  })
})
