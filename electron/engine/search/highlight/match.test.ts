import { describe, expect, it } from 'vitest'
import { isWithinEdits } from './distance.ts'
import { findRanges, type Wanted } from './match.ts'
import { splitWords } from '../tokenize/words.ts'

const TEXT = 'alpha beta gamma delta eps zeta eta the alpha of zeta'
const words = (splitWords(TEXT, { baseTokenizer: 'simple' }) ?? []).map((word) => ({ ...word, tokens: [word.text] }))
const found = (wanted: Wanted) => findRanges(words, [wanted]).map(([start, end]) => TEXT.slice(start, end))
const phrase = (terms: string, slop: number): Wanted => ({
  kind: 'phrase',
  tokens: terms.split(' ').map((text, position) => ({ text, position })),
  slop,
})

describe('phrases', () => {
  // Each was asked of LanceDB 0.39 with the same text.
  it.each<readonly [string, number, boolean]>([
    ['alpha gamma', 0, false],
    ['alpha gamma', 1, true],
    ['alpha delta', 1, false],
    ['alpha delta', 2, true],
    ['gamma alpha', 4, false],
    ['gamma alpha', 5, true],
    ['beta alpha', 5, false],
    ['alpha gamma eps', 1, true],
    ['alpha beta eps', 1, false],
    ['alpha beta eps', 2, true],
    ['alpha zeta', 1, true],
  ])('%s, slop %i', (terms, slop, isFound) => expect(found(phrase(terms, slop)).length > 0).toBe(isFound))

  it('are one range from their first word to their last', () => {
    expect(found(phrase('beta gamma', 0))).toEqual(['beta gamma'])
    expect(found(phrase('gamma eps', 1))).toEqual(['gamma delta eps'])
    expect(found(phrase('alpha', 0))).toEqual(['alpha', 'alpha'])
  })
})

describe('tokens', () => {
  const wanted = (tokens: readonly string[], more: object = {}): Wanted => ({
    kind: 'tokens',
    tokens,
    isAll: false,
    edits: 0,
    prefixLength: 0,
    ...more,
  })
  it('are found wherever they stand', () => {
    expect(found(wanted(['zeta', 'nope']))).toEqual(['zeta', 'zeta'])
    expect(found(wanted(['zeta', 'nope'], { isAll: true }))).toEqual([])
    expect(found(wanted(['zeta', 'eps'], { isAll: true }))).toEqual(['eps', 'zeta', 'zeta'])
  })
  it('may be some edits away, their beginning not', () => {
    expect(found(wanted(['eta'], { edits: 1 }))).toEqual(['beta', 'zeta', 'eta', 'zeta'])
    expect(found(wanted(['xamma'], { edits: 1, prefixLength: 1 }))).toEqual([])
    expect(found(wanted(['gxmma'], { edits: 1, prefixLength: 1 }))).toEqual(['gamma'])
  })
  it('count characters, not code units', () => {
    expect([isWithinEdits('a😀', 'a', 1), isWithinEdits('ab', 'ba', 1), isWithinEdits('', 'ab', 1)]).toEqual([
      true,
      false,
      false,
    ])
  })
})

it('joins ranges that overlap', () => {
  const tokens: Wanted = { kind: 'tokens', tokens: ['beta', 'alpha'], isAll: false, edits: 0, prefixLength: 0 }
  expect(findRanges(words, [phrase('alpha beta', 0), tokens])[0]).toEqual([0, 10])
})
