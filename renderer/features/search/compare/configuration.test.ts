import { describe, expect, it } from 'vitest'
import { NEW_DRAFT, NO_SETTINGS } from '../query/draft.ts'
import { firstConfigurations, namesProblem, searchOf, toRelevance, withOneMore } from './configuration.ts'

const question = { ...NEW_DRAFT, rowId: '7', text: 'fox' }

describe('configurations', () => {
  it('start with the index against exact search, or with words', () => {
    expect(firstConfigurations(['vector', 'text']).map(({ name }) => name)).toEqual(['Index', 'Exact'])
    expect(firstConfigurations(['text'])).toMatchObject([{ use: 'text' }])
  })

  it('grow to four, each with a name of its own', () => {
    let list = firstConfigurations(['vector'])
    for (let i = 0; i < 5; i++) list = withOneMore(list)
    expect(list.map(({ name }) => name)).toEqual(['Index', 'Exact', 'Exact 2', 'Exact 3'])
    expect(new Set(list.map(({ id }) => id)).size).toBe(4)
    expect(namesProblem(list)).toBeNull()
    expect(namesProblem([...list, list[0]!])).toMatch(/same name/)
    expect(namesProblem([{ ...list[0]!, name: ' ' }])).toMatch(/needs a name/)
  })

  it('ask the same question each in its own way', () => {
    const [index, exact] = firstConfigurations(['vector'])
    expect(searchOf(question, index!, '5')).toEqual({ ok: true, query: { vector: { rowId: '7' }, k: 5 } })
    expect(searchOf(question, exact!, '5')).toMatchObject({ query: { params: { exact: true } } })
    expect(searchOf(question, { ...index!, use: 'text', filter: ' a > 1 ' }, '5')).toEqual({
      ok: true,
      query: { text: 'fox', k: 5, filter: 'a > 1' },
    })
    expect(searchOf({ ...question, text: '' }, { ...index!, use: 'hybrid' }, '5')).toMatchObject({ ok: false })
  })

  it('are kept in the form of a relevance set', () => {
    const one = { ...firstConfigurations(['vector'])[0]!, column: 'v', settings: { ...NO_SETTINGS, refine: '5' } }
    const asked = searchOf(question, one, '5')
    expect(asked.ok && toRelevance(one, asked.query)).toEqual({
      name: 'Index',
      use: 'vector',
      column: 'v',
      params: { refine: 5 },
    })
  })
})
