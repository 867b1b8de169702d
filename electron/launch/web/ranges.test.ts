import { describe, expect, it } from 'vitest'
import { parseRange, resolveRange } from './ranges.ts'

const resolve = (header: string | undefined, size: number) => resolveRange(parseRange(header), size)

describe('ranges of a body of 1000 bytes', () => {
  it.each([
    [undefined, { start: 0, end: 1000 }],
    ['bytes=0-', { start: 0, end: 1000 }],
    ['bytes=0-0', { start: 0, end: 1 }],
    ['bytes=990-5000', { start: 990, end: 1000 }],
    ['bytes=-10', { start: 990, end: 1000 }],
    ['bytes=-5000', { start: 0, end: 1000 }],
    ['bytes=1000-', undefined],
    ['bytes=-0', undefined],
    // Malformed, unknown or several: the whole body, as if nothing had been asked.
    ['bytes=5-2', { start: 0, end: 1000 }],
    ['bytes=-', { start: 0, end: 1000 }],
    ['bytes=a-b', { start: 0, end: 1000 }],
    ['bytes=0-1,5-6', { start: 0, end: 1000 }],
    ['items=0-1', { start: 0, end: 1000 }],
    ['bytes=99999999999999999999-', { start: 0, end: 1000 }],
  ])('%s', (header, expected) => {
    expect(resolve(header, 1000)).toEqual(expected)
  })

  it('has nothing to give of an empty body but the whole', () => {
    expect(resolve(undefined, 0)).toEqual({ start: 0, end: 0 })
    expect(resolve('bytes=0-', 0)).toBeUndefined()
    expect(resolve('bytes=-1', 0)).toBeUndefined()
  })
})
