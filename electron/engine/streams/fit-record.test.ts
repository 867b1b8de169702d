import { describe, expect, it } from 'vitest'
import { fitRecord } from './fit-record.ts'
import { inferFields } from './infer-fields.ts'
import { parseRecord } from './parse-record.ts'
import { parseTime } from './parse-time.ts'
import { nameRecordType, type RecordField, type RecordType } from './record-type.ts'

const record = (text: string): Readonly<Record<string, unknown>> => {
  const parsed = parseRecord(text)
  if ('reason' in parsed) throw new Error(parsed.reason)
  return parsed.record
}
const typesOf = (text: string) => inferFields(record(text)).map(({ name, type }) => `${name} ${nameRecordType(type)}`)
const field = (type: RecordType, nullable = true): RecordField => ({ name: 'c', nullable, type })
const fitted = (type: RecordType, json: string, nullable = true) => {
  const result = fitRecord([field(type, nullable)], record(`{"c":${json}}`))
  return 'reason' in result ? result.reason : result.values[0]
}

describe('parseRecord', () => {
  it('keeps whole numbers beyond 2^53 exactly', () => {
    expect(record('{"id":9007199254740993,"x":1234567890123456.5}')).toEqual({
      id: 9_007_199_254_740_993n,
      x: 1234567890123456.5,
    })
  })
  it.each(['', '[1]', '3', '"a"', 'null', '{"a":1', '9007199254740993'])('refuses %j', (text) => {
    expect(parseRecord(text)).toHaveProperty('reason')
  })
  it('takes __proto__ for a plain name', () => {
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.keys(record('{"__proto__":{"polluted":1}}'))).toEqual(['__proto__'])
  })
})

describe('inferFields', () => {
  it('fixes types by the first record', () => {
    expect(
      typesOf(
        '{"id":1,"big":9007199254740993,"x":1.5,"t":"a","b":true,"n":null,"v":[1,2,3,4,5,6,7,8.5],"tags":["a"],"when":"2026-11-26T12:00:00Z","day":"2026-11-26","o":{"a":1},"e":{},"l":[],"m":[1,2.5]}',
      ),
    ).toEqual([
      'id int64',
      'big int64',
      'x float64',
      't string',
      'b bool',
      'n string',
      'v vector[8]',
      'tags list<string>',
      'when timestamp[us, UTC]',
      'day date',
      'o struct{1}',
      'e json',
      'l json',
      'm list<float64>',
    ])
  })
  it('does not overflow on deep nesting', () => {
    const deep = `{"a":`.repeat(500) + '1' + '}'.repeat(500)
    expect(typesOf(deep)).toEqual(['a struct{1}'])
  })
})

describe('fitRecord', () => {
  it.each<[RecordType, string, unknown]>([
    [{ kind: 'int', bits: 64, signed: true }, '9223372036854775807', 9_223_372_036_854_775_807n],
    [{ kind: 'int', bits: 8, signed: false }, '255', 255],
    [{ kind: 'float', bits: 64 }, '3', 3],
    [{ kind: 'string', isLarge: false }, '"é"', 'é'],
    [{ kind: 'json' }, '{"a":[1]}', '{"a":[1]}'],
    [{ kind: 'binary', isLarge: false }, '"AQI="', new Uint8Array([1, 2])],
    [{ kind: 'date' }, '"1970-01-02"', 86_400_000],
    [{ kind: 'timestamp', unit: 'ns', zone: null }, '"1970-01-01T00:00:00.123456789Z"', 123_456_789n],
    [{ kind: 'vector', dimension: 2, bits: 32 }, '[1,2.5]', [1, 2.5]],
    [{ kind: 'bool' }, 'null', null],
  ])('takes %j for %s', (type, json, value) => {
    expect(fitted(type, json)).toEqual(value)
  })

  it.each<[RecordType, string, string]>([
    [{ kind: 'int', bits: 8, signed: true }, '128', '"c" is 128, beyond what its column holds.'],
    [{ kind: 'int', bits: 32, signed: true }, '1.5', '"c" is 1.5, and has to be a whole number (int32).'],
    [{ kind: 'int', bits: 64, signed: true }, '"1"', '"c" is the text "1", and has to be a whole number (int64).'],
    [
      { kind: 'float', bits: 64 },
      '9007199254740993',
      '"c" is 9007199254740993, which a 64-bit number cannot hold exactly.',
    ],
    [{ kind: 'vector', dimension: 3, bits: 32 }, '[1,2]', '"c" has 2 numbers, and its column vectors of 3.'],
    [{ kind: 'vector', dimension: 2, bits: 32 }, '[1,null]', '"c[1]" is no number.'],
    [
      { kind: 'timestamp', unit: 's', zone: null },
      '"2026-01-01T00:00:00.5Z"',
      '"c" is the text "2026-01-01T00:00:00.5Z", and has to be a time such as "2026-11-26T12:00:00Z".',
    ],
    [{ kind: 'date' }, '"2026-02-30"', '"c" is the text "2026-02-30", and has to be a date such as "2026-11-26".'],
    [{ kind: 'binary', isLarge: false }, '"a"', '"c" is the text "a", and has to be bytes in Base64.'],
    [
      { kind: 'unwritable', type: 'map<string, int32>' },
      '1',
      '"c" is 1, and has to be nothing: map<string, int32> cannot be written from JSON.',
    ],
  ])('refuses for %j the value %s', (type, json, reason) => {
    expect(fitted(type, json)).toBe(reason)
  })

  it('refuses null where it may not be, and columns there are none for', () => {
    expect(fitted({ kind: 'bool' }, 'null', false)).toBe('"c" may not be null.')
    expect(fitRecord([field({ kind: 'bool' })], { c: true, d: 1 })).toEqual({ reason: 'There is no column "d".' })
  })
  it('names the place inside of nested values', () => {
    const type: RecordType = {
      kind: 'struct',
      fields: [
        {
          name: 'l',
          nullable: true,
          type: { kind: 'list', item: { name: 'item', nullable: true, type: { kind: 'bool' } } },
        },
      ],
    }
    expect(fitted(type, '{"l":[true,1]}')).toBe('"c.l[1]" is 1, and has to be true or false.')
    expect(fitted(type, '{"x":1}')).toBe('There is no column "c.x".')
  })
})

describe('parseTime', () => {
  it('takes offsets and missing zones', () => {
    expect(parseTime('1970-01-01T01:00:00+01:00', 's')).toBe(0n)
    expect(parseTime('1970-01-01T01:00:00+0100', 's')).toBe(0n)
    expect(parseTime('1970-01-01 00:00', 'ms')).toBe(0n)
    expect(parseTime('1969-12-31T23:59:59.999Z', 'ms')).toBe(-1n)
  })
  it.each(['', 'today', '2026-13-01', '1970-01-01T25:00:00Z', '2026-02-30T00:00:00Z'])('refuses %j', (text) => {
    expect(parseTime(text, 'ns')).toBeUndefined()
  })
})
