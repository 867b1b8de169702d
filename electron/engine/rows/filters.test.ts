import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrow, column, numbered, tableOf } from '../lance/tables.fixture.ts'
import { idle, makeTestEngine, type TestEngine } from './engine.fixture.ts'
import { locateProblem } from './filter-position.ts'

let engine: TestEngine
let dataset: string

beforeAll(async () => {
  engine = await makeTestEngine()
  const days = [new Date('2024-02-29'), new Date('1969-12-31'), null, new Date('2024-02-29')]
  await engine.folder.create(
    'things',
    tableOf({
      id: column(new arrow.Int64(), [1n, 2n ** 53n + 1n, null, -4n]),
      name: column(new arrow.Utf8(), ["it's", 'plain', null, 'plain']),
      'Mixed Case': column(new arrow.Int32(), [1, 2, 3, 4]),
      flag: column(new arrow.Bool(), [true, false, null, true]),
      day: column(new arrow.DateDay(), days),
      at: column(new arrow.Timestamp(arrow.TimeUnit.MICROSECOND, null), [1_700_000_000_123, -1, null, 0]),
      colour: column(new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), ['red', 'blue', null, 'red']),
      part: column(new arrow.Float64(), [1.5, 2, 3, 4]),
    }),
  )
  dataset = await engine.open('things')
})
afterAll(() => engine.remove())

describe('validating a filter', () => {
  const check = async (filter: string) => engine.rows['rows.validateFilter']({ dataset, filter }, idle)

  it.each([
    '',
    '   ',
    'id > 3',
    "name = 'it''s'",
    '`Mixed Case` in (1, 2)',
    '"Mixed Case" = 1',
    'flag',
    'id = 1 -- why',
  ])('accepts %j', async (filter) => expect(await check(filter)).toEqual({ valid: true }))

  it.each([
    ['id > 1 and nmae = 3', /no column "nmae"/, 'nmae'],
    ["name = 'nope' or nope = 1", /no column "nope"/, 'nope'],
    ['id = = 1', /but found =/, '='],
    ['id = ', /ends too early/, ' '],
    ["name = 'open", /unterminated string/, "'open"],
    ["id = 'abc'", /'abc' does not fit a column of type int64/, "'abc'"],
    ['foo(id) = 1', /no function "foo"/, 'foo'],
    ['id ~ 3', /operator ~/, '~'],
    ['id', /not a condition/, undefined],
    ['id in (select 1)', /does not support/, undefined],
  ])('refuses %s', async (filter, words, part) => {
    const verdict = await check(filter)
    if (verdict.valid) throw new Error('accepted')
    expect(verdict.message).toMatch(words)
    expect(verdict.at === undefined ? undefined : filter.slice(verdict.at.start, verdict.at.end)).toBe(part)
  })

  it('refuses a second statement, which Lance would silently drop', async () => {
    const verdict = await check("name = ';' and id = 1; drop table things")
    expect(verdict).toMatchObject({ valid: false, at: { start: 21, end: 22 } })
    expect(await check("name = 'a;b'")).toEqual({ valid: true })
    expect(await check('id = 1;')).toEqual({ valid: true })
    expect(await check('id = 1 -- one; two')).toEqual({ valid: true })
    await expect(engine.rows['rows.count']({ dataset, filter: 'id = 1; x' }, idle)).rejects.toMatchObject({
      code: 'invalid-filter',
    })
  })
})

describe('counting', () => {
  it('counts all or what matches, and names the mistake', async () => {
    expect(await engine.rows['rows.count']({ dataset, filter: 'id is null' }, idle)).toEqual({ count: 1 })
    expect(await engine.rows['rows.count']({ dataset }, idle)).toEqual({ count: 4 })
    await expect(engine.rows['rows.count']({ dataset, filter: 'idd = 1' }, idle)).rejects.toMatchObject({
      code: 'unknown-column',
      hint: 'Did you mean "id"?',
    })
  })
})

describe('distinct values', () => {
  const values = async (name: string, limit = 50) => engine.rows['rows.values']({ dataset, column: name, limit }, idle)

  it.each([
    ['id', ['1', '9007199254740993', '-4']],
    ['name', ["'plain'", "'it''s'"]],
    ['flag', ['true', 'false']],
    ['day', ["DATE '2024-02-29'", "DATE '1969-12-31'"]],
    [
      'at',
      [
        "TIMESTAMP '2023-11-14 22:13:20.123000'",
        "TIMESTAMP '1969-12-31 23:59:59.999000'",
        "TIMESTAMP '1970-01-01 00:00:00'",
      ],
    ],
    ['colour', ["'red'", "'blue'"]],
  ])('of %s are literals Lance accepts', async (name, expected) => {
    const answer = await values(name)
    expect(answer.values.toSorted()).toEqual(expected.toSorted())
    expect(answer.complete).toBe(true)
    for (const literal of answer.values) {
      const { count } = await engine.rows['rows.count']({ dataset, filter: `${name} = ${literal}` }, idle)
      expect(count, literal).toBeGreaterThan(0)
    }
  })

  it('are bounded and refused where they make no sense', async () => {
    await engine.folder.create('many', numbered(20_000))
    const many = await engine.open('many')
    const answer = await engine.rows['rows.values']({ dataset: many, column: 'id', limit: 10 }, idle)
    expect([answer.values.length, answer.complete]).toEqual([10, false])
    await expect(values('part')).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(values('nope')).rejects.toMatchObject({ code: 'unknown-column' })
  })
})

describe('the place of a problem', () => {
  it('is found outside of literals and comments of quotes', () => {
    expect(locateProblem("a = 'b' and `b` = 1", { column: 'b' })).toEqual({ start: 12, end: 15 })
    expect(locateProblem('x.y = 1', { column: 'y' })).toEqual({ start: 0, end: 3 })
    expect(locateProblem('a = 1\nand b = "', { line: 2, column: 9 })).toEqual({ start: 14, end: 15 })
    expect(locateProblem("a = '😀' and b = 'c", { line: 1, column: 17 })).toEqual({ start: 17, end: 19 })
  })

  it('stays unknown when it could be several', () => {
    expect(locateProblem('a = 1 b = 2', { syntax: 'Expected: end of statement, found: =' })).toBeUndefined()
    expect(locateProblem('a = 1', undefined)).toBeUndefined()
    expect(locateProblem('a = 1', { column: 'zz' })).toBeUndefined()
  })
})
