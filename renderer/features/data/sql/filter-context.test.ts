import { describe, expect, it } from 'vitest'
import { completionsFor, valueColumn } from './completions.ts'
import { filterContext } from './filter-context.ts'
import { SCHEMA } from './schema.fixture.ts'

/** The cursor is where the bar stands. */
function contextOf(marked: string) {
  return filterContext(marked.replace('|', ''), marked.indexOf('|'))
}

describe('filterContext', () => {
  it.each([
    ['|', { kind: 'operand', from: 0, prefix: '', comparedWith: null }],
    ['sc|', { kind: 'operand', from: 0, prefix: 'sc', comparedWith: null }],
    ['`Od|', { kind: 'operand', from: 0, prefix: 'Od', comparedWith: null }],
    ['score |', { kind: 'operator', from: 6, prefix: '', afterComparison: false }],
    ['score i|', { kind: 'operator', from: 6, prefix: 'i', afterComparison: false }],
    ['score > |', { kind: 'operand', from: 8, prefix: '', comparedWith: ['score'] }],
    ["title = 'a|", { kind: 'string', from: 8, prefix: 'a', comparedWith: ['title'] }],
    ["title NOT IN ('a', '|", { kind: 'string', from: 19, prefix: '', comparedWith: ['title'] }],
    ['`Odd Name` IN (|', { kind: 'operand', from: 15, prefix: '', comparedWith: ['Odd Name'] }],
    ['meta.|', { kind: 'member', from: 5, prefix: '', path: ['meta'] }],
    ['meta.`in`.a|', { kind: 'member', from: 10, prefix: 'a', path: ['meta', 'in'] }],
    ["meta.lang = '|", { kind: 'string', from: 12, prefix: '', comparedWith: ['meta', 'lang'] }],
    ['score > 1 |', { kind: 'operator', from: 10, prefix: '', afterComparison: true }],
    ['score > 1 AND |', { kind: 'operand', from: 14, prefix: '', comparedWith: null }],
    ['id IS NULL |', { kind: 'operator', from: 11, prefix: '', afterComparison: true }],
    ['score > 1|', { kind: 'none' }],
    ["contains(title, 'a|", { kind: 'none' }],
    ['1 = 1 -- com|', { kind: 'none' }],
  ])('%s', (marked, expected) => expect(contextOf(marked)).toEqual(expected))
})

describe('completionsFor', () => {
  const labels = (marked: string): readonly string[] =>
    completionsFor(contextOf(marked), SCHEMA).map((item) => item.label)
  it('offers columns, then functions, at the start', () => {
    expect(labels('|').slice(0, 2)).toEqual(['id', 'score'])
    expect(labels('|')).toContain('array_has')
  })
  it('offers fields of a struct and nothing else', () => {
    expect(labels('meta.|')).toEqual(['lang', 'in'])
    expect(labels('nothing.|')).toEqual([])
  })
  it('writes odd names quoted', () => {
    expect(completionsFor(contextOf('|'), SCHEMA).find((item) => item.label === 'Odd Name')?.insert).toBe('`Odd Name`')
    expect(completionsFor(contextOf('meta.|'), SCHEMA).find((item) => item.label === 'in')?.insert).toBe('`in`')
  })
  it('offers only AND and OR after a whole comparison', () => expect(labels('id = 1 |')).toEqual(['AND', 'OR']))
})

describe('valueColumn', () => {
  it.each([
    ["title = '|", 'title'],
    ['TITLE IN (|', 'title'],
    ["meta.lang = '|", null],
    ['score > |', null],
    ['nope = |', null],
    ['|', null],
  ])('%s', (marked, column) => expect(valueColumn(contextOf(marked), SCHEMA)).toBe(column))
})
