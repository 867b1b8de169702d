import { describe, expect, it } from 'vitest'
import { lintFilter, problemOfCheck } from './lint.ts'
import { SCHEMA } from './schema.fixture.ts'

const messages = (text: string): readonly string[] => lintFilter(text, SCHEMA).map((problem) => problem.message)

describe('lintFilter', () => {
  it.each([
    "score > 0.8 AND `Odd Name` LIKE 'a%'",
    'meta.`in`.`a b` = 1 and ID = 2',
    "created_at > timestamp '2024-01-01 00:00:00'",
    "cast(score as varchar) = '1' and _rowid = 3",
    "array_has(tags, 'x') and id between 1 and 2",
    "meta['lang'] = 'de'",
    '',
  ])('has nothing against %s', (text) => expect(messages(text)).toEqual([]))

  it('names an unknown column and the nearest one', () => {
    expect(lintFilter('scor > 1', SCHEMA)).toEqual([
      { start: 0, end: 4, message: 'There is no column “scor”. Did you mean “score”?' },
    ])
    expect(messages('meta.lnag = 1')).toEqual(['meta has no field “lnag”. Did you mean “lang”?'])
    expect(messages('zzzzzz = 1')).toEqual(['There is no column “zzzzzz”.'])
  })
  it('marks what is never closed', () => {
    expect(messages("title = 'a")).toEqual(['This quote is never closed.'])
    expect(messages('(id = 1')).toEqual(['This parenthesis is never closed.'])
    expect(messages('id = 1)')).toEqual(['Nothing is open here to close.'])
  })
})

describe('problemOfCheck', () => {
  it('uses the engine’s place, clamped to the text', () => {
    const check = { valid: false, message: 'No.', at: { start: 3, end: 99 } } as const
    expect(problemOfCheck(check, 'id = =', SCHEMA)).toEqual({ start: 3, end: 6, message: 'No.' })
  })
  it('falls back to what the page can see, then to everything', () => {
    expect(problemOfCheck({ valid: false, message: 'No.', hint: 'Try.' }, 'nope = 1', SCHEMA)).toMatchObject({
      start: 0,
      end: 4,
      message: 'No. Try.',
    })
    expect(problemOfCheck({ valid: false, message: 'No.' }, 'id = id', SCHEMA)).toMatchObject({ start: 0, end: 7 })
  })
})
