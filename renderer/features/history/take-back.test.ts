import { expect, it } from 'vitest'
import type { LedgerEntry } from '#shared/model/ledger.ts'
import { hasMade } from './take-back.ts'

const entry: LedgerEntry = {
  id: 'a',
  at: '2026-01-01T00:00:00Z',
  who: { user: 'ann', by: 'person' },
  operation: 'versions.restore',
  title: 'Restore version 1',
  location: '/d.lance',
  versionBefore: 4,
  versionAfter: 6,
  outcome: 'done',
}

it('knows the write that made a version, by branch and the versions it began and ended with', () => {
  expect([4, 5, 6, 7].map((version) => hasMade({ entry, later: [] }, { version }))).toEqual([false, true, true, false])
  expect(hasMade({ entry, later: [] }, { version: 5, branch: 'dev' })).toBe(false)
  expect(hasMade({ entry: { ...entry, branch: 'dev' }, later: [] }, { version: 5, branch: 'dev' })).toBe(true)
  const { versionAfter: _after, ...open } = entry
  const commit = { version: 5, timestamp: '2026-01-01T00:00:00Z', sentence: 'Restore' }
  expect(hasMade({ entry: open, later: [commit] }, { version: 5 })).toBe(false)
  const later = [{ ...commit, perhapsOf: ['a'] }]
  expect(hasMade({ entry: open, later }, { version: 5 })).toBe(true)
  expect(hasMade({ entry: open, later }, { version: 6 })).toBe(false)
})
