import { describe, expect, it } from 'vitest'
import { mapParts } from './map-parts.ts'

const twice = (part: unknown): unknown => (typeof part === 'number' ? part * 2 : part)

describe('mapParts', () => {
  it('gives the same list or object back when no part changes', () => {
    const list = ['a', null, Number.NaN]
    const record = { a: 'b', none: undefined }
    expect(mapParts(list, (part) => part)).toBe(list)
    expect(mapParts(record, (part) => part)).toBe(record)
  })

  it('copies when a part changes and leaves the original alone', () => {
    const list = [1, 'a', 3]
    const record = { one: 1, a: 'a' }
    expect(mapParts(list, twice)).toEqual([2, 'a', 6])
    expect(mapParts(record, twice)).toEqual({ one: 2, a: 'a' })
    expect([list, record]).toEqual([[1, 'a', 3], { one: 1, a: 'a' }])
  })

  it('keeps the order of keys, and a key named __proto__ as data', () => {
    const record = JSON.parse('{"a":1,"__proto__":2,"b":"x"}') as object
    const mapped = mapParts(record, twice)
    expect(JSON.stringify(mapped)).toBe('{"a":2,"__proto__":4,"b":"x"}')
    expect(Object.getPrototypeOf(mapped)).toBe(Object.prototype)
  })
})
