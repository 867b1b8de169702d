import { describe, expect, it } from 'vitest'
import { readRowCount, readTrailingUint64 } from './ipc-file.ts'
import { arrow, column, everyType, tableOf } from './tables.fixture.ts'

const ids = [5n, 2n ** 64n - 1n, 0n]
const withIds = (): Uint8Array =>
  arrow.tableToIPC(tableOf({ ...everyType(), _rowid: column(new arrow.Uint64(), ids) }), 'file')

describe('an IPC file', () => {
  it('tells its rows and its last column, whatever lies before it', () => {
    const file = withIds()
    expect(readRowCount(file)).toBe(3)
    expect([...readTrailingUint64(file)]).toEqual(ids)
  })

  it('is read where its bytes are not aligned', () => {
    const file = withIds()
    const shifted = new Uint8Array(file.length + 3)
    shifted.set(file, 3)
    expect([...readTrailingUint64(shifted.subarray(3))]).toEqual(ids)
  })

  it('may hold no rows', () => {
    const empty = arrow.tableToIPC(tableOf({ _rowid: column(new arrow.Uint64(), []) }), 'file')
    expect([readRowCount(empty), readTrailingUint64(empty).length]).toEqual([0, 0])
  })

  it('is refused when it is none or cut, with an error and not a crash', () => {
    for (const bytes of [new Uint8Array(0), new Uint8Array(100), withIds().subarray(0, 200), withIds().subarray(64)]) {
      expect(() => readTrailingUint64(bytes)).toThrowError(Error)
    }
  })
})
