import { describe, expect, it } from 'vitest'
import { literalOfType } from './literal.ts'
import { literalTypeOf, parseLogicalType, type LiteralType } from './literal-type.ts'
import { makeField } from './schema.fixture.ts'

function sqlOf(logicalType: string, text: string): string {
  const type = parseLogicalType(logicalType)
  if (type === null) throw new Error(`no literals for ${logicalType}`)
  const result = literalOfType(type, text)
  return result.ok ? result.sql : `refused: ${result.reason}`
}

describe('parseLogicalType', () => {
  it.each<[string, LiteralType | null]>([
    ['uint8', { kind: 'integer', bits: 8, signed: false }],
    ['dict:string:int32:false', { kind: 'string' }],
    ['dict:timestamp:us:UTC:int8:false', { kind: 'timestamp', unit: 'us', zone: 'UTC' }],
    ['timestamp:ns:+05:30', { kind: 'timestamp', unit: 'ns', zone: '+05:30' }],
    ['timestamp:us:-', { kind: 'timestamp', unit: 'us', zone: null }],
    ['decimal:128:10:3', { kind: 'decimal', bits: 128, precision: 10, scale: 3 }],
    ['fixed_size_binary:16', { kind: 'binary' }],
    ['fixed_size_list:float:768', null],
    ['struct', null],
    ['list.struct', null],
  ])('%s', (name, type) => expect(parseLogicalType(name)).toEqual(type))
  it('has no literals for nested types', () => {
    expect(parseLogicalType('struct')).toBeNull()
    expect(parseLogicalType('fixed_size_list:float:768')).toBeNull()
    expect(literalTypeOf(makeField('b', 'struct', 'blob'))).toBeNull()
    expect(literalTypeOf(makeField('j', 'json', 'json'))).toBeNull()
  })
})

/** Each accepted form was run against Lance 12; see the functions' comments for the ones it refuses. */
describe('literals', () => {
  it.each([
    ['int64', '9007199254740993', '9007199254740993'],
    ['int64', '1,234,567', '1234567'],
    ['int64', '-9223372036854775808', "arrow_cast('-9223372036854775808', 'Int64')"],
    ['uint64', '18446744073709551615', '18446744073709551615'],
    ['double', '5e-324', '5e-324'],
    ['float', 'NaN', "cast('NaN' as float)"],
    ['double', '-Infinity', "cast('-inf' as double)"],
    ['double', '-0', '-0.0'],
    ['halffloat', '0.25', "arrow_cast(0.25, 'Float16')"],
    ['bool', 'TRUE', 'true'],
    ['string', "it's", "'it''s'"],
    ['large_string', '', "''"],
    ['decimal:128:10:3', '12.345', "cast('12.345' as decimal(10,3))"],
    ['decimal:128:10:3', '-0.100', "cast('-0.1' as decimal(10,3))"],
    ['decimal:256:50:3', '7', "arrow_cast('7', 'Decimal256(50, 3)')"],
    ['binary', '0x00FF', "X'00ff'"],
    ['binary', '', "X''"],
    ['date32:day', '2024-02-29', "date '2024-02-29'"],
    ['date32:day', '+10000-01-01', "arrow_cast(2932897, 'Date32')"],
    ['date64:ms', '2024-01-02T00:00:00.001', "arrow_cast(1704153600001, 'Date64')"],
    ['time64:us', '1:00', "arrow_cast('01:00:00', 'Time64(Microsecond)')"],
    ['time32:ms', '23:59:59.5', "arrow_cast('23:59:59.5', 'Time32(Millisecond)')"],
    ['duration:us', '-5', "arrow_cast(-5, 'Duration(Microsecond)')"],
    ['timestamp:us:-', '2024-01-02T03:04:05.123456', "timestamp '2024-01-02 03:04:05.123456'"],
    ['timestamp:us:-', '2024-01-02', "timestamp '2024-01-02 00:00:00'"],
    ['timestamp:us:-', '2024-01-02 03:04:05+01:00', "arrow_cast(1704161045000000, 'Timestamp(Microsecond, None)')"],
    [
      'timestamp:ns:-',
      '2024-01-02 03:04:05.123456789',
      "arrow_cast('2024-01-02T03:04:05.123456789', 'Timestamp(Nanosecond, None)')",
    ],
    [
      'timestamp:us:Europe/Berlin',
      '2024-01-02T03:04:05Z',
      `arrow_cast('2024-01-02T03:04:05Z', 'Timestamp(Microsecond, Some("Europe/Berlin"))')`,
    ],
    ['timestamp:s:UTC', '2024-01-02 03:04', `arrow_cast('2024-01-02T03:04:00', 'Timestamp(Second, Some("UTC"))')`],
    ['timestamp:us:-', '-0001-12-31T23:59:59.999999', "arrow_cast(-62167219200000001, 'Timestamp(Microsecond, None)')"],
  ])('%s %j', (type, text, sql) => expect(sqlOf(type, text)).toBe(sql))

  it.each([
    ['int8', '300', 'does not fit int8'],
    ['uint8', '-1', 'does not fit uint8'],
    ['int64', '1.5', 'whole number'],
    ['double', 'abc', 'number'],
    ['double', '1e999', 'larger than any float'],
    ['bool', 'maybe', 'true or false'],
    ['decimal:128:10:3', '1.2345', '3 digits after'],
    ['decimal:128:5:3', '123.4', '2 digits before'],
    ['decimal:128:5:3', '.', 'decimal number'],
    ['binary', 'abc', 'hexadecimal'],
    ['date32:day', '2023-02-29', 'date'],
    ['date32:day', '2023-02-28T01:00', 'days'],
    ['time32:s', '01:00:00.5', 'finer'],
    ['time32:s', '25:00', 'time'],
    ['timestamp:ms:-', '2024-01-01 00:00:00.1234', 'finer'],
    ['timestamp:ms:-', 'yesterday', 'date and time'],
    ['duration:ms', '1h', 'milliseconds'],
  ])('refuses %s %j', (type, text, reason) => expect(sqlOf(type, text)).toContain(reason))
})
