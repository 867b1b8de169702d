import { describe, expect, it } from 'vitest'
import { NEW_DRAFT } from '../query/draft.ts'
import { HISTORY_MAX, parseHistory, parseSaved, searchTitle, withRenamed, withSaved, withSearch } from './log.ts'

const row = (rowId: string) => ({ ...NEW_DRAFT, rowId })
const NONE: ReturnType<typeof parseHistory> = []

describe('searches remembered', () => {
  it('stand newest first, each once, and not without end', () => {
    const log = ['1', '2', '1'].reduce((past, id, index) => withSearch(past, row(id), `t${index}`), NONE)
    expect(log.map(({ at, draft }) => [at, draft.rowId])).toEqual([
      ['t2', '1'],
      ['t1', '2'],
    ])
    const ids = Array.from({ length: 80 }, (_, index) => String(index))
    expect(ids.reduce((past, id) => withSearch(past, row(id), id), NONE)).toHaveLength(HISTORY_MAX)
  })

  it('leave out what is too long to keep', () => {
    expect(withSearch([], { ...NEW_DRAFT, numbers: '1'.repeat(200_000) }, 't')).toEqual([])
  })

  it('survive being saved; what is not one is dropped, what is new is as in an untouched form', () => {
    const saved: unknown = JSON.parse(
      JSON.stringify([{ at: 't', draft: row('4') }, { at: 't' }, 7, { at: 1, draft: {} }]),
    )
    expect(parseHistory(saved)).toEqual([{ at: 't', draft: row('4') }])
    expect(parseHistory('nonsense')).toEqual([])
    expect(parseSaved([{ name: 'a', draft: { ...row('4'), mode: 'other' } }])).toEqual([])
    const odd = { rowId: '4', k: 7, settings: { exact: true, ef: 3 }, builder: { kind: 'boolean', must: [null] } }
    expect(parseSaved([{ name: 'a', draft: odd }])).toEqual([
      { name: 'a', draft: { ...row('4'), settings: { ...NEW_DRAFT.settings, exact: true } } },
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
    const text = { ...NEW_DRAFT, source: 'text', text: 'red shoes', embedder: 'mine' } as const
    expect(searchTitle(text)).toBe('like “red shoes”')
    expect(searchTitle({ ...text, mode: 'hybrid' })).toBe('like and with “red shoes”')
    expect(parseSaved([{ name: 'a', draft: text }])).toEqual([{ name: 'a', draft: text }])
    const hybrid = { ...row('12'), mode: 'hybrid', text: 'red  shoes', filter: 'a > 1' } as const
    expect(searchTitle(hybrid)).toBe('like row 12 + “red shoes” where a > 1')
  })
})
