import { describe, expect, it } from 'vitest'
import { balanceAdvice, balanceOf, balanceText, sizesOf } from './balance.ts'

describe('balance of partitions', () => {
  it('is told in figures', () => {
    const balance = balanceOf([0, 10, 20, 70])!
    expect(balance).toMatchObject({ partitions: 4, rows: 100, empty: 1, min: 0, median: 15, max: 70 })
    expect(balanceText(balance)).toBe(
      '100 rows in 4 partitions · smallest 0, median 15, largest 70 · 1 empty · the largest is 2.8× the mean',
    )
    expect(balanceOf([])).toBeNull()
    expect(balanceText(balanceOf([0, 0])!)).toBe('0 rows in 2 partitions · smallest 0, median 0, largest 0 · 2 empty')
  })

  it('advises only where something is wrong', () => {
    expect(balanceAdvice(balanceOf([10, 11, 12])!)).toBeUndefined()
    expect(balanceAdvice(balanceOf([1, 1, 1, 1, 1, 100])!)).toContain('largest partition')
    expect(balanceAdvice(balanceOf([0, 0, 10, 11])!)).toContain('empty')
  })

  it('leaves out segments that cannot be read', () => {
    const segments = [
      { uuid: 'a', sizes: [1, 2] },
      { uuid: 'b', problem: 'gone' },
    ]
    expect(sizesOf({ name: 'x', segments })).toEqual([1, 2])
  })
})
