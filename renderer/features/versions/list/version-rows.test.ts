import { describe, expect, it } from 'vitest'
import { entry } from '#renderer/features/history/entry.fixture.ts'
import { neighbourVersion, toVersionRows, type VersionRow } from './version-rows.ts'

const options = { filter: '', stretch: null, isComplete: true, isMain: true }
const lines = (rows: readonly VersionRow[]) =>
  rows.map((row) => (row.kind === 'gap' ? `${row.oldest}-${row.newest}` : String(row.entry.version)))

describe('toVersionRows', () => {
  it('shows cleaned-up versions as one quiet line per run', () => {
    const list = [entry(12), entry(11), entry(7), entry(3)]
    expect(lines(toVersionRows(list, options))).toEqual(['12', '11', '8-10', '7', '4-6', '3', '1-2'])
  })

  it('says nothing about the end before it was reached, nor on branches', () => {
    expect(lines(toVersionRows([entry(3)], { ...options, isComplete: false }))).toEqual(['3'])
    expect(lines(toVersionRows([entry(3)], { ...options, isMain: false }))).toEqual(['3'])
    expect(lines(toVersionRows([entry(1)], options))).toEqual(['1'])
    expect(toVersionRows([], options)).toEqual([])
  })

  it('shows a stretch only, and says nothing of what lies outside it', () => {
    const list = [entry(12), entry(11), entry(7), entry(3)]
    expect(lines(toVersionRows(list, { ...options, stretch: { oldest: 7, newest: 11 } }))).toEqual(['11', '8-10', '7'])
  })

  it('filters by words, version and tag', () => {
    const list = [
      entry(12, { tags: ['release'] }),
      entry(2, { operation: 'delete', sentence: 'Delete: 5 rows' }),
      entry(1),
    ]
    const found = (filter: string) => lines(toVersionRows(list, { ...options, filter }))
    expect(found('release')).toEqual(['12'])
    expect(found('v2')).toEqual(['2'])
    expect(found('1')).toEqual(['12', '1'])
    expect(found('delete 5')).toEqual(['2'])
    expect(found('nothing like it')).toEqual([])
  })
})

describe('neighbourVersion', () => {
  it('skips what was cleaned up and stops at the ends', () => {
    const list = [entry(9), entry(5), entry(4)]
    expect(neighbourVersion(list, 9, 'older')).toBe(5)
    expect(neighbourVersion(list, 5, 'newer')).toBe(9)
    expect(neighbourVersion(list, 4, 'older')).toBeUndefined()
    expect(neighbourVersion(list, 9, 'newer')).toBeUndefined()
    expect(neighbourVersion(list, 7, 'older')).toBe(5)
  })
})
