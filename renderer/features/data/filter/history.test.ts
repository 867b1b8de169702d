import { describe, expect, it } from 'vitest'
import { parseHistory, withFilter } from './history.ts'

describe('filter history', () => {
  it('survives damaged settings', () => {
    expect(parseHistory(null)).toEqual([])
    expect(parseHistory(['a = 1', 3, '', null])).toEqual(['a = 1'])
  })
  it('puts the newest first, each once, twenty at most', () => {
    expect(withFilter(['a', 'b'], ' b ')).toEqual(['b', 'a'])
    expect(withFilter(['a'], '  ')).toEqual(['a'])
    const many = Array.from({ length: 30 }, (_, index) => `x = ${index}`).reduce(withFilter, [] as readonly string[])
    expect(many).toHaveLength(20)
    expect(many[0]).toBe('x = 29')
  })
})
