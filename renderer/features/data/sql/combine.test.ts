import { describe, expect, it } from 'vitest'
import { addCondition, splitConjunction } from './combine.ts'

describe('addCondition', () => {
  it.each([
    ['', 'a = 1', 'a = 1'],
    ['  ', 'a = 1', 'a = 1'],
    ['a = 1', 'b = 2', 'a = 1 AND b = 2'],
    ['a = 1 OR b = 2', 'c = 3', '(a = 1 OR b = 2) AND c = 3'],
    ["s = ' or '", 'c = 3', "s = ' or ' AND c = 3"],
    ['(a = 1 OR b = 2)', 'c = 3', '(a = 1 OR b = 2) AND c = 3'],
    ['a = 1 -- all', 'b = 2', 'a = 1 -- all\nAND b = 2'],
    ['a = 1 OR b = 2 -- all', 'c = 3', '(a = 1 OR b = 2 -- all\n) AND c = 3'],
    ['a = 1', 'b = 2 OR b IS NULL', 'a = 1 AND (b = 2 OR b IS NULL)'],
  ])('%j and %j', (filter, condition, result) => expect(addCondition(filter, condition)).toBe(result))

  it('does not repeat a condition', () => {
    expect(addCondition('a = 1 and b=2', 'b = 2')).toBe('a = 1 and b=2')
    expect(addCondition("a = 'X'", "a = 'x'")).toBe("a = 'X' AND a = 'x'")
  })
})

describe('splitConjunction', () => {
  it('keeps BETWEEN whole and looks into no parentheses', () => {
    expect(splitConjunction('a BETWEEN 1 AND 2 AND (b = 1 AND c = 2) AND d')).toEqual([
      'a BETWEEN 1 AND 2',
      '(b = 1 AND c = 2)',
      'd',
    ])
    expect(splitConjunction('a OR b AND c')).toEqual(['a OR b AND c'])
  })
})
