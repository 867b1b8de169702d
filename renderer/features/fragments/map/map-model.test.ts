import { describe, expect, it } from 'vitest'
import { fragment } from '../fragment.fixture.ts'
import { brokenFragments, cellDetail, fragmentSentence, toWeights } from './map-model.ts'

describe('toWeights', () => {
  it('gives every fragment a place, also the empty and those of unknown size', () => {
    const list = [fragment(0, { bytes: 500 }), fragment(1, { bytes: null }), fragment(2, { bytes: 0, physicalRows: 0 })]
    expect([...toWeights(list, 'bytes')]).toEqual([500, 1, 1])
    expect([...toWeights(list.slice(0, 2), 'bytes')]).toEqual([500, 500])
    expect([...toWeights([fragment(0, { bytes: null })], 'bytes')]).toEqual([1])
    expect([...toWeights(list, 'rows')]).toEqual([100, 100, 1])
    expect([...toWeights(list, 'equal')]).toEqual([1, 1, 1])
  })
})

describe('brokenFragments', () => {
  it('finds fragments by their data and deletion files', () => {
    const deletionFile = { path: '_deletions/1.arrow', type: 'arrow', deletedRows: 1 } as const
    const list = [fragment(0), fragment(1, { deletionFile }), fragment(2)]
    expect([...brokenFragments(list, ['data/2.lance', '_deletions/1.arrow'])!]).toEqual([0, 1, 1])
    expect(brokenFragments(list, undefined)).toBeUndefined()
    expect(brokenFragments(list, ['data/9.lance'])).toBeUndefined()
  })
})

describe('fragmentSentence', () => {
  it('says what matters of a fragment', () => {
    const one = fragment(7, { physicalRows: 1000, deletedRows: 48, bytes: 12_100_000, indices: ['a'] })
    expect(fragmentSentence(one, 3, false)).toBe(
      'Fragment 7: 952 live rows, 48 deleted (4.8%) · 12.1 MB in 1 data file · format 2.1 · in 1 of 3 indices',
    )
    expect(fragmentSentence(fragment(0, { bytes: null, files: [] }), 0, true)).toBe(
      'Fragment 0: 100 live rows · size unknown in 0 data files · format unknown · a file of it is missing',
    )
    expect(fragmentSentence(fragment(0), 1, false)).toContain('no index covers it')
    expect(cellDetail(one, 'rows')).toBe('1,000 rows')
    expect(cellDetail(fragment(0, { bytes: null }), 'bytes')).toBe('size unknown')
  })
})
