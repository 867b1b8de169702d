import { describe, expect, it } from 'vitest'
import { entryChangeText, idRuns, schemaChangeText } from './change-text.ts'

describe('idRuns', () => {
  it('joins neighbours and sorts', () => {
    expect(idRuns([])).toBe('')
    expect(idRuns([7])).toBe('7')
    expect(idRuns([3, 1, 2, 9, 11, 10])).toBe('1–3, 9–11')
  })

  it('counts what it does not list', () => {
    expect(idRuns([1, 3, 5, 7, 9], 2)).toBe('1, 3 and 3 more')
  })
})

describe('changes in words', () => {
  it('says what happened to a column', () => {
    expect(schemaChangeText({ kind: 'renamed', name: 'b', from: 'a' })).toMatchObject({ text: 'renamed from a' })
    expect(
      schemaChangeText({ kind: 'metadata', name: 'b', changes: [{ key: 'unit', before: null, after: 'm' }] }).text,
    ).toBe('metadata: unit set')
  })

  it('tells an empty value from none', () => {
    expect(entryChangeText({ key: 'k', before: null, after: '' })).toMatchObject({ tone: 'more' })
    expect(entryChangeText({ key: 'k', before: 'x', after: null }).text).toBe('removed, was x')
    expect(entryChangeText({ key: 'k', before: '', after: 'x' }).text).toBe(' became x')
  })
})
