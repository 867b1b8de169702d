import { expect, it } from 'vitest'
import { parsePercent, toDraft, toPlan } from './plan.ts'

it('begins with every step that keeps all versions, and never by itself', () => {
  expect(toPlan(toDraft(null))).toEqual({
    compact: { smallFragmentsAbove: 50 },
    purgeDeletions: { deletedPercentAbove: 10 },
    optimizeIndices: { coveragePercentBelow: 95 },
    whenIdle: false,
  })
})

it('comes back as it was saved', () => {
  const plan = { compact: { smallFragmentsAbove: 7 }, cleanup: { keepLast: 3 }, whenIdle: true }
  expect(toPlan(toDraft(plan))).toEqual(plan)
  const byAge = { optimizeIndices: { coveragePercentBelow: 0.5 }, cleanup: { keepDays: 0 }, whenIdle: false }
  expect(toPlan(toDraft(byAge))).toEqual(byAge)
})

it('says what is wrong', () => {
  const draft = { ...toDraft(null), cleanup: true }
  expect(toPlan({ ...draft, keepDays: '', keepLast: '' })).toContain('say the days')
  expect(toPlan({ ...draft, keepDays: 'x' })).toContain('Days kept')
  expect(toPlan({ ...draft, deletedPercent: '101' })).toContain('Deleted rows')
  expect(toPlan({ ...draft, compact: false, purge: false, fold: false, cleanup: false })).toBe('No step is chosen.')
})

it('reads percentages', () => {
  expect(parsePercent('2.5 %')).toBe(2.5)
  expect(parsePercent('100')).toBe(100)
  for (const text of ['', '-1', '100.1', '1e1']) expect(parsePercent(text), text).toBeUndefined()
})
