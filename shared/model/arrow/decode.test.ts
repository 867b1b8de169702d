import { readFileSync } from 'node:fs'
import { tableFromArrays, tableToIPC, int32 } from '@uwdata/flechette'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../errors.ts'
import { decodePage } from './decode.ts'
import { exactValue } from './exact.ts'
import { toJsonValue } from './json.ts'

const file = (values: readonly number[]): Uint8Array =>
  tableToIPC(tableFromArrays({ n: [...values] }, { types: { n: int32() } }), { format: 'file' })!

const numbers = (page: ReturnType<typeof decodePage>) =>
  Array.from({ length: page.rowCount }, (_, row) => toJsonValue(exactValue(page.column('n')!, row)))

describe('decodePage', () => {
  it('joins several files in order', () => {
    expect(numbers(decodePage([file([1, 2]), file([3])]))).toEqual([1, 2, 3])
  })

  it('honours the order over all batches, repeats and gaps included', () => {
    expect(numbers(decodePage([file([1, 2]), file([3, 4])], [3, 0, 0, 2]))).toEqual([4, 1, 1, 3])
  })

  it('is empty without files', () => {
    const page = decodePage([])
    expect(page.rowCount).toBe(0)
    expect(page.columnNames).toEqual([])
    expect(page.column('n')).toBeUndefined()
  })

  it('reads bytes at any alignment', () => {
    const bytes = new Uint8Array(readFileSync(new URL('fixtures/scalars.arrow', import.meta.url)))
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    const page = decodePage([shifted.subarray(3)])
    expect(toJsonValue(exactValue(page.column('int64')!, 1))).toBe('9223372036854775807')
  })

  it('refuses an order that points outside', () => {
    expect(() => decodePage([file([1])], [1])).toThrow(AppError)
    expect(() => decodePage([file([1])], [Number.NaN])).toThrow(AppError)
  })

  it('says so when the bytes are not Arrow', () => {
    expect(() => decodePage([new TextEncoder().encode('ARROW1 but not really')])).toThrow('could not be decoded')
    expect(() => decodePage([file([1, 2, 3]).slice(0, 200)])).toThrow(AppError)
  })

  it('refuses a row outside the page', () => {
    expect(() => exactValue(decodePage([file([1])]).column('n')!, 5)).toThrow('outside a page of 1 rows')
  })
})
