import { expect, it } from 'vitest'
import type { ComparedState } from '#shared/model/compare.ts'
import { previewLines } from './restore-preview.ts'

const STATE: ComparedState = {
  location: '/data/a.lance',
  name: 'a',
  version: 9,
  timestamp: '2026-01-01T00:00:00Z',
  rows: 1000,
  deletedRows: 5,
  fragments: 3,
  columns: 4,
  dataBytes: 2_000_000,
  formatVersion: '2.1',
  writer: 'lance 12.0.0',
}

it('sets both states side by side and names only what changes', () => {
  const lines = previewLines({
    from: STATE,
    to: { ...STATE, version: 4, rows: 1200, deletedRows: 9, dataBytes: 1_500_000 },
  })
  expect(lines.map((line) => [line.name, line.before, line.after, line.delta, line.sign])).toEqual([
    ['Rows', '1,000', '1,200', '+200', 1],
    ['Columns', '4', '4', '', 0],
    ['Fragments', '3', '3', '', 0],
    ['Deleted rows', '5', '9', '+4', 0],
    ['Data files', '2 MB', '1.5 MB', '\u2212500 kB', -1],
  ])
})
