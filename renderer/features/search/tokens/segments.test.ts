import { expect, it } from 'vitest'
import { segmentsOf, wordsOf } from './segments.ts'

const token = (text: string, position: number, start: number, end: number) => ({ text, position, start, end })
const rest = { tokenizer: {} }

it('cuts a text at its words', () => {
  const dropped = [{ text: 'The', start: 0, end: 3 }]
  expect(
    segmentsOf('The foxes ran!', { ...rest, dropped, tokens: [token('fox', 1, 4, 9), token('ran', 2, 10, 13)] }),
  ).toEqual([
    { kind: 'dropped', text: 'The', start: 0 },
    { kind: 'between', text: ' ', start: 3 },
    { kind: 'word', text: 'foxes', start: 4, tokens: [token('fox', 1, 4, 9)] },
    { kind: 'between', text: ' ', start: 9 },
    { kind: 'word', text: 'ran', start: 10, tokens: [token('ran', 2, 10, 13)] },
    { kind: 'between', text: '!', start: 13 },
  ])
  expect(segmentsOf('', { ...rest, dropped: [], tokens: [] })).toEqual([])
})

it('keeps several tokens of one word together, and gives up on grams', () => {
  const twice = segmentsOf('ab', { ...rest, dropped: [], tokens: [token('a', 0, 0, 2), token('b', 1, 0, 2)] })
  expect(twice).toMatchObject([{ tokens: [{ text: 'a' }, { text: 'b' }] }])
  expect(
    segmentsOf('abcd', { ...rest, dropped: [], tokens: [token('abc', 0, 0, 3), token('bcd', 0, 1, 4)] }),
  ).toBeNull()
  expect(segmentsOf('abc', { ...rest, dropped: [], tokens: [{ text: 'x', position: 0 }] })).toBeNull()
})

it('gathers the words of every part of a query', () => {
  const match = (terms: string) => ({ kind: 'match', terms }) as const
  expect(
    wordsOf({
      kind: 'boolean',
      must: [match('a')],
      mustNot: [{ kind: 'boost', positive: match('b'), negative: match('c') }],
    }),
  ).toBe('a b c')
})
