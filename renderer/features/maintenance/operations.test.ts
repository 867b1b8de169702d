import { expect, it } from 'vitest'
import { firstDraft, OPERATIONS, parseWhole, toOperation } from './operations.ts'

const draft = firstDraft('/data/items.lance')
const NOW = Date.UTC(2026, 0, 31)

it('offers each operation once, and a place beside the dataset for a copy', () => {
  expect(new Set(OPERATIONS.map(({ kind }) => kind)).size).toBe(OPERATIONS.length)
  expect(draft.to).toBe('/data/items-copy.lance')
  expect(firstDraft('/data/items').to).toBe('/data/items-copy.lance')
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
  expect(toOperation('cleanup', { ...byCount, newest: '0' }, NOW)).toBeUndefined()
})

it('asks for nothing while a field is missing or wrong', () => {
  expect(toOperation('delete-rows', draft, NOW)).toBeUndefined()
  expect(toOperation('delete-rows', { ...draft, filter: ' id > 1 ' }, NOW)).toMatchObject({ filter: 'id > 1' })
  expect(toOperation('refragment', { ...draft, rowsPerFragment: 'many' }, NOW)).toBeUndefined()
  expect(toOperation('copy', { ...draft, copyRows: 'many' }, NOW)).toBeUndefined()
  expect(toOperation('copy', { ...draft, to: '' }, NOW)).toBeUndefined()
  expect(toOperation('copy', draft, NOW)).toMatchObject({ kind: 'copy', to: '/data/items-copy.lance' })
})
