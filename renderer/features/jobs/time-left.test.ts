import { describe, expect, it } from 'vitest'
import { type Seen, timeLeftMs, timeLeftText } from './time-left.ts'

const seen = (atMs: number, done: number, total: number | null = 1000, unit: 'bytes' | 'files' = 'bytes'): Seen => ({
  atMs,
  progress: { done, total, unit },
})

describe('the time left', () => {
  it('is by how fast it went since it was first seen', () => {
    expect(timeLeftMs(seen(0, 0), seen(10_000, 250))).toBe(30_000)
    expect(timeLeftMs(seen(5000, 800), seen(15_000, 900))).toBe(10_000)
  })

  it('is not told before it can be known', () => {
    expect(timeLeftMs(seen(0, 0), seen(2000, 500))).toBeUndefined()
    expect(timeLeftMs(seen(0, 0), seen(10_000, 5))).toBeUndefined()
    expect(timeLeftMs(seen(0, 0), seen(10_000, 1000))).toBeUndefined()
    expect(timeLeftMs(seen(0, 0, null), seen(10_000, 500, null))).toBeUndefined()
    expect(timeLeftMs(seen(0, 0, 1000, 'files'), seen(10_000, 500))).toBeUndefined()
    expect(timeLeftMs(seen(0, 0, 900), seen(10_000, 500))).toBeUndefined()
  })

  it('is told as roughly as it is known', () => {
    const texts = [3000, 12_000, 48_000, 58_000, 290_000, 1_000_000, 3_500_000, 7_000_000].map(timeLeftText)
    expect(texts).toEqual([
      'less than 10 s left',
      'about 20 s left',
      'about 50 s left',
      'about 1 min left',
      'about 5 min left',
      'about 15 min left',
      'about 1 h left',
      'about 2 h left',
    ])
  })
})
