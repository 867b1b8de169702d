import { describe, expect, it } from 'vitest'
import { emptyDraft } from '../query/form.ts'
import { HISTORY_MAX, parseHistory, parseSaved, searchTitle, withRenamed, withSaved, withSearch } from './log.ts'

const EMPTY = emptyDraft({ vectors: [{ name: 'v', dimension: 2, isMulti: false, indexTypes: [] }], texts: [] })
const row = (rowId: string) => ({ ...EMPTY, rowId })

describe('searches remembered', () => {
  it('stand newest first, each once, and not without end', () => {
    const log = ['1', '2', '1'].reduce(
      (past, id, index) => withSearch(past, row(id), `t${index}`),
      [] as ReturnType<typeof parseHistory>,
    )
    expect(log.map(({ at, draft }) => [at, draft.rowId])).toEqual([
      ['t2', '1'],
      ['t1', '2'],
    ])
    const full = Array.from({ length: 80 }, (_, index) => String(index)).reduce(
      (past, id) => withSearch(past, row(id), id),
      [] as ReturnType<typeof parseHistory>,
    )
    expect(full).toHaveLength(HISTORY_MAX)
  })

  it('leave out what is too long to keep', () => {
    expect(withSearch([], { ...EMPTY, numbers: '1'.repeat(200_000) }, 't')).toEqual([])
    expect(withSearch([], { ...EMPTY, file: { name: 'a.npy', vectors: [[1]] } }, 't')).toEqual([])
  })

  it('survive being saved; what is not one is dropped', () => {
    const saved: unknown = JSON.parse(
      JSON.stringify([{ at: 't', draft: row('4') }, { at: 't' }, 7, { at: 1, draft: {} }]),
    )
    expect(parseHistory(saved, EMPTY)).toEqual([{ at: 't', draft: row('4') }])
    expect(parseHistory('nonsense', EMPTY)).toEqual([])
    expect(parseSaved([{ name: 'a', draft: { ...row('4'), mode: 'other' } }], EMPTY)).toEqual([])
    expect(parseSaved([{ name: 'a', draft: { rowId: '4', k: 'many' } }], EMPTY)).toEqual([
      { name: 'a', draft: row('4') },
    ])
  })
})

describe('named searches', () => {
  it('are replaced and renamed', () => {
    const list = withSaved(withSaved([], { name: 'b', draft: row('1') }), { name: 'a', draft: row('2') })
    expect(list.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(withSaved(list, { name: 'a', draft: row('3') })[0]?.draft.rowId).toBe('3')
    expect(withRenamed(list, 'a', 'c').map(({ name }) => name)).toEqual(['b', 'c'])
    expect(withRenamed(list, 'gone', 'c')).toBe(list)
  })

  it('have titles a person reads', () => {
    expect(searchTitle(row('12'))).toBe('like row 12')
    expect(searchTitle({ ...row('12'), mode: 'hybrid', text: 'red  shoes', filter: 'a > 1' })).toBe(
      'like row 12 + “red shoes” where a > 1',
    )
    expect(searchTitle({ ...EMPTY, source: 'text', embedText: 'warm' })).toBe('like “warm”')
  })
})
