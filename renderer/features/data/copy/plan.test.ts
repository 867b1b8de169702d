import { describe, expect, it } from 'vitest'
import { planCopy, runsOf } from './plan.ts'

const at = (row: number, column: number) => ({ row, column })
const range = (r0: number, c0: number, r1: number, c1: number) => ({ from: at(r0, c0), to: at(r1, c1) })
const COLUMNS = ['a', 'b', 'c']

function planOf(ranges: readonly ReturnType<typeof range>[]) {
  const result = planCopy({ active: at(0, 0), ranges }, COLUMNS)
  if (!result.ok) throw new Error('refused')
  return result.plan
}

describe('planCopy', () => {
  it('takes the active cell when nothing is selected', () => {
    expect(planOf([])).toMatchObject({ rows: [0], columns: ['a'] })
  })
  it('takes ranges drawn in any direction', () => {
    expect(planOf([range(2, 2, 1, 1)])).toMatchObject({ rows: [1, 2], columns: ['b', 'c'] })
  })
  it('leaves out cells between ranges', () => {
    const plan = planOf([range(0, 0, 0, 0), range(2, 2, 2, 2)])
    expect(plan).toMatchObject({ rows: [0, 2], columns: ['a', 'c'] })
    expect([plan.includes(0, 0), plan.includes(0, 1), plan.includes(2, 0), plan.includes(2, 1)]).toEqual([
      true,
      false,
      false,
      true,
    ])
  })
  it('counts overlapping rows once', () =>
    expect(planOf([range(0, 0, 2, 0), range(1, 0, 3, 0)]).rows).toEqual([0, 1, 2, 3]))
  it('refuses a billion rows without listing them', () => {
    expect(planCopy({ active: at(0, 0), ranges: [range(0, 0, 999_999_999, 2)] }, COLUMNS)).toEqual({
      ok: false,
      cells: 3_000_000_000,
    })
  })
})

describe('runsOf', () => {
  it('joins neighbours up to a length', () => {
    expect(runsOf([0, 1, 2, 5, 6], 2)).toEqual([
      { start: 0, end: 2 },
      { start: 2, end: 3 },
      { start: 5, end: 7 },
    ])
    expect(runsOf([], 10)).toEqual([])
  })
})
