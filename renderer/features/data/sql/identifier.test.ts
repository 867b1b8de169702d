import { describe, expect, it } from 'vitest'
import { canBeFiltered, quoteIdentifier, quotePath, quoteString } from './identifier.ts'

describe('quoteIdentifier', () => {
  it('leaves plain lower-case names alone', () => expect(quoteIdentifier('created_at2')).toBe('created_at2'))
  it.each(['Id', 'a b', 'x-y', '1a', 'naïve', 'select', 'a"b', "it's", 'a.b', ''])('quotes %j', (name) => {
    expect(quoteIdentifier(name)).toBe(`\`${name}\``)
  })
  it('quotes each part of a path', () => expect(quotePath(['meta', 'in', 'a b'])).toBe('meta.`in`.`a b`'))
  it('knows that a backtick cannot be filtered on', () => {
    expect(canBeFiltered(['a`b'])).toBe(false)
    expect(canBeFiltered(['a', 'b c'])).toBe(true)
  })
})

describe('quoteString', () => {
  it('doubles single quotes and keeps everything else', () => expect(quoteString(`it's "x"\\`)).toBe(`'it''s "x"\\'`))
})
