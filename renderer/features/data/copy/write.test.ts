import { describe, expect, it } from 'vitest'
import type { ExactValue } from '#shared/model/arrow/index.ts'
import { vectorToJson, vectorToNumpy, writeTable } from './write.ts'

const text = (value: string): ExactValue => ({ kind: 'string', value })
const whole = (value: bigint): ExactValue => ({ kind: 'integer', value })
const TABLE = {
  columns: ['id', 'a "b"'],
  rows: [
    [whole(9007199254740993n), text('x\ty, "z"\nend')],
    [{ kind: 'null' } as const, text('')],
    [undefined, { kind: 'float', value: NaN, precision: 'float64' } as const],
  ],
}

describe('writeTable', () => {
  it('writes TSV as spreadsheets read it', () => {
    expect(writeTable(TABLE, 'tsv', true)).toBe('id\t"a ""b"""\n9007199254740993\t"x\ty, ""z""\nend"\n\t""\n\tNaN')
  })
  it('writes CSV without a header when asked', () => {
    expect(writeTable(TABLE, 'csv', false)).toBe('9007199254740993,"x\ty, ""z""\nend"\n,""\n,NaN')
  })
  it('writes JSON exactly, leaving out cells outside the selection', () => {
    expect(JSON.parse(writeTable(TABLE, 'json', false))).toEqual([
      { id: '9007199254740993', 'a "b"': 'x\ty, "z"\nend' },
      { id: null, 'a "b"': '' },
      { 'a "b"': 'NaN' },
    ])
  })
  it('writes a single cell as its value', () => {
    expect(writeTable({ columns: ['a'], rows: [[text('x')]] }, 'json', true)).toBe('"x"')
  })
})

describe('vectors', () => {
  const values = Float32Array.of(0.1, NaN, -Infinity, 1)
  it('become NumPy with the right type', () => {
    expect(vectorToNumpy({ kind: 'vector', values, element: 'float32', precision: 'float32' })).toBe(
      'np.array([0.1, np.nan, -np.inf, 1], dtype=np.float32)',
    )
    expect(vectorToNumpy({ kind: 'vector', values: [1, 2], element: 'uint8', precision: null })).toBe(
      'np.array([1, 2], dtype=np.uint8)',
    )
    expect(vectorToNumpy({ kind: 'vector', values: [1], element: 'bfloat16', precision: 'bfloat16' })).toContain(
      'np.float32',
    )
  })
  it('become JSON', () => {
    expect(JSON.parse(vectorToJson({ kind: 'vector', values, element: 'float32', precision: 'float32' }))).toEqual([
      0.1,
      'NaN',
      '-Infinity',
      1,
    ])
  })
})
