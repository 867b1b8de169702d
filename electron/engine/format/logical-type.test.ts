import { describe, expect, it } from 'vitest'
import { describeType } from './logical-type.ts'

const child = (name: string, type: string) => ({ name, type, children: [] })

describe('describeType', () => {
  it.each([
    ['int64', 'integer', 'int64'],
    ['halffloat', 'float', 'halffloat'],
    ['large_string', 'string', 'large_string'],
    ['fixed_size_binary:16', 'binary', 'fixed_size_binary[16]'],
    ['date32:day', 'date', 'date32'],
    ['time64:ns', 'time', 'time64[ns]'],
    ['timestamp:us:-', 'timestamp', 'timestamp[us]'],
    ['timestamp:ns:Europe/Berlin', 'timestamp', 'timestamp[ns, Europe/Berlin]'],
    ['timestamp:ms:+05:30', 'timestamp', 'timestamp[ms, +05:30]'],
    ['duration:ms', 'duration', 'duration[ms]'],
    ['decimal:128:10:2', 'decimal', 'decimal128(10, 2)'],
    ['dict:string:int16:false', 'dictionary', 'dictionary<string, int16>'],
    ['dict:timestamp:us:UTC:int8:false', 'dictionary', 'dictionary<timestamp[us, UTC], int8>'],
    ['from-the-future', 'unknown', 'from-the-future'],
    ['constructor', 'unknown', 'constructor'],
    ['fixed_size_list:float:none', 'unknown', 'fixed_size_list:float:none'],
  ])('%s is %s', (logicalType, kind, type) => {
    expect(describeType(logicalType, {}, [])).toEqual({ kind, type })
  })

  it('tells vectors from other fixed-size lists', () => {
    expect(describeType('fixed_size_list:float:768', {}, [])).toEqual({
      kind: 'vector',
      type: 'fixed_size_list<float>[768]',
      dimension: 768,
    })
    expect(describeType('fixed_size_list:lance.bfloat16:8', {}, []).kind).toBe('vector')
    expect(describeType('fixed_size_list:struct:2', {}, [child('item', 'struct{2}')])).toEqual({
      kind: 'list',
      type: 'fixed_size_list<struct{2}>[2]',
      dimension: 2,
    })
  })

  it('shows what lists, maps and structs hold', () => {
    expect(describeType('list', {}, [child('item', 'string')]).type).toBe('list<string>')
    expect(describeType('large_list.struct', {}, [child('item', 'struct{1}')]).type).toBe('large_list<struct{1}>')
    const entries = { ...child('entries', 'struct{2}'), children: [child('key', 'string'), child('value', 'int64')] }
    expect(describeType('map', {}, [entries as never])).toEqual({ kind: 'map', type: 'map<string, int64>' })
    expect(describeType('struct', {}, [child('a', 'int8'), child('b', 'int8')])).toEqual({
      kind: 'struct',
      type: 'struct{2}',
    })
  })

  it('lets extensions decide', () => {
    expect(describeType('struct', { 'ARROW:extension:name': 'lance.blob.v2' }, []).kind).toBe('blob')
    expect(describeType('large_binary', { 'lance-encoding:blob': 'true' }, []).kind).toBe('blob')
    expect(describeType('large_binary', { 'ARROW:extension:name': 'lance.json' }, []).kind).toBe('json')
    expect(describeType('fixed_size_binary:16', { 'ARROW:extension:name': 'arrow.uuid' }, []).kind).toBe('uuid')
  })

  it('is not led into endless nesting', () => {
    expect(describeType(`${'fixed_size_list:'.repeat(100_000)}float${':1'.repeat(100_000)}`, {}, []).kind).toBe('list')
  })
})
