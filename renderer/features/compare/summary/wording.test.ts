import { describe, expect, it } from 'vitest'
import { entryDifferences, indexDifferences, schemaDifferences } from './wording.ts'

describe('schemaDifferences', () => {
  it('tells every kind of change', () => {
    const lines = schemaDifferences([
      { kind: 'added', name: 'score', type: 'float' },
      { kind: 'dropped', name: 'old', type: 'int32' },
      { kind: 'renamed', name: 'title', from: 'name' },
      { kind: 'retyped', name: 'n', from: 'int32', to: 'int64' },
      { kind: 'nullable', name: 'n', nullable: false },
      { kind: 'metadata', name: 'n', changes: [{ key: 'unit', before: null, after: 'm' }] },
    ])
    expect(lines.map(({ sign, name }) => `${sign} ${name}`)).toEqual([
      'added score',
      'removed old',
      'changed title',
      'changed n',
      'changed n',
      'added n · unit',
    ])
    expect(lines[2]?.note).toBe('was called name')
    expect(lines[3]).toMatchObject({ before: 'int32', after: 'int64' })
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length)
  })
})

describe('entryDifferences', () => {
  it('tells an empty value from none', () => {
    const [set, emptied, gone] = entryDifferences([
      { key: 'a', before: null, after: '1' },
      { key: 'b', before: '1', after: '' },
      { key: 'c', before: '', after: null },
    ])
    expect(set).toMatchObject({ sign: 'added', after: '1' })
    expect(emptied).toMatchObject({ sign: 'changed', before: '1', after: '' })
    expect(gone).toMatchObject({ sign: 'removed', before: '' })
  })
})

describe('indexDifferences', () => {
  it('tells coverage before and after', () => {
    const [added, changed] = indexDifferences({
      added: [{ name: 'id_idx', columns: ['id'], type: 'BTree' }],
      removed: [],
      changed: [{ name: 'v_idx', segmentsBefore: 1, segmentsAfter: 2, coveredRowsBefore: 100, coveredRowsAfter: 150 }],
      unchanged: 1,
    })
    expect(added).toMatchObject({ sign: 'added', note: 'BTree on id' })
    expect(changed).toMatchObject({ before: '100 rows in 1 segment', after: '150 rows in 2 segments' })
  })
})
