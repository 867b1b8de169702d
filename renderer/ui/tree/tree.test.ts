import { describe, expect, it } from 'vitest'
import { type ExactValue, toJsonValue } from '#shared/model/arrow/index.ts'
import { parseJsonValue } from './json-value.ts'
import { CLOSED_TREE, parentPath, treeLines, withMore, withToggled } from './model.ts'
import { matchesField, searchTree } from './search.ts'

function json(text: string): ExactValue {
  const value = parseJsonValue(text)
  if (value === undefined) throw new Error('not JSON')
  return value
}

const labels = (value: ExactValue, state = CLOSED_TREE): readonly string[] =>
  treeLines(value, state).map((line) =>
    line.kind === 'value' ? `${line.level} ${line.label}: ${line.text}` : `${line.level} more ${line.remaining}`,
  )

describe('parseJsonValue', () => {
  it.each(['', '{', '[1,]', "{'a':1}", 'undefined', '01'])('refuses %j', (text) =>
    expect(parseJsonValue(text)).toBeUndefined(),
  )
  it('keeps every digit of a number', () => {
    expect(json('[12345678901234567890.10]')).toMatchObject({ kind: 'list', length: 1 })
    expect(toJsonValue(json('[12345678901234567890.10, 1e400]'))).toEqual(['12345678901234567890.10', '1e400'])
  })
  it('reads what JSON.parse reads', () => {
    const text = ' { "a" : [ true , false , null ] , "b\\n\\"" : { } , "a": "x\\u00e9" , "c": [] } '
    const value = json(text)
    expect(value.kind === 'struct' ? value.names : []).toEqual(['a', 'b\n"', 'a', 'c'])
    expect(toJsonValue(json('{"x":[{"y":"z"}],"t":true}'))).toEqual({ x: [{ y: 'z' }], t: true })
  })
  it('gives up on absurd nesting instead of crashing', () => {
    expect(parseJsonValue('['.repeat(2000) + ']'.repeat(2000))).toBeUndefined()
  })
})

describe('treeLines', () => {
  const value = json('{"a":{"b":[1,2]},"c":"x"}')
  it('shows the first level closed', () =>
    expect(labels(value)).toEqual(['1 a: {b: [1, 2]}', '1 c: "x"'].map((line) => line.replace('"x"', 'x'))))
  it('opens what was opened', () => {
    const state = withToggled(withToggled(CLOSED_TREE, '0', true), '0.0', true)
    expect(labels(value, state)).toEqual(['1 a: {b: [1, 2]}', '2 b: [1, 2]', '3 0: 1', '3 1: 2', '1 c: x'])
    expect(labels(value, withToggled(state, '0', false))).toHaveLength(2)
  })
  it('lists long lists in steps', () => {
    const list = json(`[${Array.from({ length: 10_000 }, (_, index) => index).join(',')}]`)
    expect(labels(list).at(-1)).toBe('1 more 9900')
    expect(labels(list, withMore(CLOSED_TREE, ''))).toHaveLength(1001)
  })
  it('knows parents', () => {
    expect(parentPath('0.1.2')).toBe('0.1')
    expect(parentPath('7')).toBe('')
  })
})

describe('search', () => {
  const value = json('{"title":"Cats","meta":{"tags":["web","Animal"],"n":42}}')
  it('opens the way to every match', () => {
    const { paths, state } = searchTree(value, 'ANIMAL')
    expect([...paths]).toEqual(['1.0.1'])
    expect([...state.expanded].toSorted()).toEqual(['1', '1.0'])
  })
  it('finds labels and numbers', () => {
    expect([...searchTree(value, 'tags').paths]).toEqual(['1.0'])
    expect([...searchTree(value, '42').paths]).toEqual(['1.1'])
    expect(searchTree(value, 'dog').paths.size).toBe(0)
  })
  it('lists far items it found, and stops in endless lists', () => {
    const far = json(`[${'0,'.repeat(500)}"needle"]`)
    expect(searchTree(far, 'needle').state.shown['']).toBe(501)
    const endless: ExactValue = { kind: 'list', length: 1e9, item: () => ({ kind: 'null' }) }
    expect(searchTree(endless, 'x').truncated).toBe(true)
  })
  it('matches fields by name or content', () => {
    expect(matchesField('Title', undefined, 'tit')).toBe(true)
    expect(matchesField('x', value, 'web')).toBe(true)
    expect(matchesField('x', undefined, 'web')).toBe(false)
    expect(matchesField('x', undefined, ' ')).toBe(true)
  })
})
