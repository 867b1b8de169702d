import { expect, it } from 'vitest'
import { firstDraft, OPERATIONS, toOperation } from './operations.ts'
import { parseWhole } from './whole.ts'

const NOW = Date.UTC(2026, 0, 31)
const draft = firstDraft('/data/items.lance', NOW)

it('offers each operation once, and a place beside the dataset for a copy', () => {
  expect(new Set(OPERATIONS.map(({ kind }) => kind)).size).toBe(OPERATIONS.length)
  expect(draft.to).toBe('/data/items-copy.lance')
  expect(firstDraft('/data/items', NOW).to).toBe('/data/items-copy.lance')
})

it('reads whole numbers with separators and refuses the rest', () => {
  expect(parseWhole(' 1,000,000 ', 1, 1e9)).toBe(1_000_000)
  for (const text of ['', '0', '-1', '1.5', '1e3', '9999999999', 'ten']) {
    expect(parseWhole(text, 1, 1e9), text).toBeUndefined()
  }
})

it('turns ages and numbers into a cleanup', () => {
  expect(toOperation('cleanup', draft, NOW)).toEqual({ kind: 'cleanup', olderThan: '2026-01-17T00:00:00.000Z' })
  const byCount = { ...draft, keepBy: 'count', newest: '3', deleteUnverified: true } as const
  expect(toOperation('cleanup', byCount, NOW)).toEqual({ kind: 'cleanup', keepLast: 3, deleteUnverified: true })
  const byDate = { ...draft, keepBy: 'date', before: NOW - 1 } as const
  expect(toOperation('cleanup', byDate, NOW)).toEqual({ kind: 'cleanup', olderThan: '2026-01-30T23:59:59.999Z' })
  expect(toOperation('cleanup', { ...byCount, newest: '0' }, NOW)).toBeUndefined()
})

it('asks for nothing while a field is missing or wrong', () => {
  expect(toOperation('delete-rows', draft, NOW)).toBeUndefined()
  expect(toOperation('delete-rows', { ...draft, filter: ' id > 1 ' }, NOW)).toMatchObject({ filter: 'id > 1' })
  expect(toOperation('refragment', { ...draft, rowsPerFragment: 'many' }, NOW)).toBeUndefined()
  const picked = { ...draft, pick: 'ids', fragments: '2, 4-9' } as const
  expect(toOperation('refragment', picked, NOW)).toBeUndefined()
  const known = [2, 5, 8].map((id) => ({
    id,
    physicalRows: 9,
    deletedRows: 0,
    liveRows: 9,
    rowStart: 0,
    bytes: 1,
    files: [],
    indices: [],
  }))
  expect(toOperation('refragment', picked, NOW, known)).toMatchObject({ fragments: [2, 5, 8] })
  expect(toOperation('refragment', { ...picked, pick: 'small', smallerThan: '9' }, NOW, known)).toBeUndefined()
  expect(toOperation('copy', { ...draft, copyRows: 'many' }, NOW)).toBeUndefined()
  expect(toOperation('copy', { ...draft, to: '' }, NOW)).toBeUndefined()
  expect(toOperation('copy', draft, NOW)).toMatchObject({ kind: 'copy', to: '/data/items-copy.lance' })
})
