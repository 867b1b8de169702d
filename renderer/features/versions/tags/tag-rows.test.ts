import { expect, it } from 'vitest'
import { toTagRows } from './tag-rows.ts'

const TAGS = [
  { name: 'old', version: 9 },
  { name: 'older', version: 2 },
  { name: 'moved', version: 1, createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-03-01T00:00:00Z' },
  { name: 'new', version: 3, branch: 'dev', createdAt: '2026-02-01T00:00:00Z' },
]

it('puts the latest change first, undated tags last by version', () => {
  expect(toTagRows(TAGS, '').map((tag) => tag.name)).toEqual(['moved', 'new', 'old', 'older'])
})

it('finds by name, version and branch', () => {
  expect(toTagRows(TAGS, 'dev').map((tag) => tag.name)).toEqual(['new'])
  expect(toTagRows(TAGS, 'v2 old').map((tag) => tag.name)).toEqual(['older'])
  expect(toTagRows(TAGS, 'nothing')).toEqual([])
})
