import { describe, expect, it } from 'vitest'
import { parseVectorText } from './vector-text.ts'

describe('parseVectorText', () => {
  it.each([
    ['JSON', '[1, 2.5, -3e-2]', [[1, 2.5, -0.03]]],
    ['nested JSON', '[[1,2],\n [3,4]]', [[1, 2], [3, 4]]], // prettier-ignore
    ['NumPy', '[ 0.1 -2.   3.5\n  4.  ]', [[0.1, -2, 3.5, 4]]],
    ['lines of CSV', '1,2,3\n4;5;6\n', [[1, 2, 3], [4, 5, 6]]], // prettier-ignore
    ['spaces', ' 1 2\t3 ', [[1, 2, 3]]],
    ['points without a zero', '[.5, -.5, +1]', [[0.5, -0.5, 1]]],
  ])('reads %s', (_what, text, vectors) => {
    expect(parseVectorText(text)).toEqual({ ok: true, vectors })
  })

  it.each([
    ['', /Paste/],
    ['[1, 2', /bracket/],
    ['1]', /is not a number/],
    ['[1, x]', /“x” \(number 2\)/],
    ['1,2\n3', /Vector 2 has 1 numbers/],
    ['[]', /empty/],
    ['[1, NaN]', /NaN/],
    ['[1, Infinity]', /Infinity/],
  ])('says what is wrong with %j', (text, message) => {
    expect(parseVectorText(text)).toMatchObject({ ok: false, message: expect.stringMatching(message) as string })
  })
})
