import { expect, it } from 'vitest'
import { deleteRefusal, mainVersion, planDelete } from './plan-delete.ts'

const rows = (from: number, to: number) => ({ from: { row: from, column: 0 }, to: { row: to, column: 1 } })
const active = { row: 4, column: 0 }

it('takes every row a selected cell is in, once and in order', () => {
  expect(planDelete({ active, ranges: [] }, 100, '')).toEqual({
    kind: 'chosen',
    count: 1,
    runs: [{ start: 4, end: 5 }],
  })
  expect(planDelete({ active, ranges: [rows(9, 7), rows(8, 12), rows(1, 1)] }, 100, 'a = 1')).toEqual({
    kind: 'chosen',
    count: 7,
    runs: [
      { start: 1, end: 2 },
      { start: 7, end: 13 },
    ],
  })
})

it('never reaches beyond the rows there are', () => {
  expect(planDelete({ active, ranges: [rows(2, 9)] }, 5, '')).toMatchObject({ count: 3 })
  expect(planDelete({ active, ranges: [] }, 0, '')).toMatchObject({ kind: 'chosen', count: 0, runs: [] })
})

it('names all rows in view by their filter when they are too many, and refuses other crowds', () => {
  expect(planDelete({ active, ranges: [rows(0, 199_999)] }, 200_000, 'a = 1')).toEqual({
    kind: 'filter',
    count: 200_000,
    filter: 'a = 1',
  })
  expect(planDelete({ active, ranges: [rows(0, 199_999)] }, 200_000, '')).toMatchObject({ filter: 'true' })
  expect(planDelete({ active, ranges: [rows(0, 199_999)] }, 200_001, '')).toEqual({ kind: 'too-many', count: 200_000 })
})

it('says where rows cannot be deleted', () => {
  const here = { timeTravel: false, readOnly: false }
  expect(deleteRefusal(here)).toBeUndefined()
  expect(deleteRefusal({ ...here, branch: 'dev' })).toContain('branch')
  expect(deleteRefusal({ ...here, timeTravel: true })).toContain('older version')
  expect(deleteRefusal({ ...here, readOnly: true })).toContain('read-only')
})

it('knows the version only of main', () => {
  expect(mainVersion({ version: 7 })).toBe(7)
  expect(mainVersion({ branch: 'dev', version: 7 })).toBeUndefined()
  expect(mainVersion({ tag: 'release' })).toBeUndefined()
})
