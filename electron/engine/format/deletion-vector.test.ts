import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { decodeDeletionVector, toDeletionBitmap } from './deletion-vector.ts'
import { fileOf } from './fixtures/files.fixture.ts'

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

describe('decodeDeletionVector', () => {
  it('reads a list of offsets, which is packed and in no order', () => {
    const offsets = decodeDeletionVector(fileOf('deletion.arrow'), 'arrow')
    expect([...offsets]).toEqual(numbers(200).filter((it) => it % 7 === 3))
  })

  it('reads a Roaring bitmap', () => {
    const offsets = decodeDeletionVector(fileOf('deletion.bin'), 'bitmap')
    expect([...offsets]).toEqual(numbers(12_000).filter((it) => it % 2 === 0 || it < 6000))
  })

  it('refuses more deletions than rows, one type for the other, and what is neither', () => {
    const wrong = { code: 'corrupt-data' }
    const decode = (file: Uint8Array, type: 'arrow' | 'bitmap', rows?: number): unknown => {
      try {
        return decodeDeletionVector(file, type, rows)
      } catch (error) {
        return error instanceof AppError ? error.toValue() : error
      }
    }
    expect(decode(fileOf('deletion.arrow'), 'arrow', 20)).toMatchObject(wrong)
    expect(decode(fileOf('deletion.bin'), 'bitmap', 8999)).toMatchObject(wrong)
    expect(decode(fileOf('deletion.bin'), 'bitmap', 9000)).toHaveLength(9000)
    expect(decode(fileOf('deletion.arrow'), 'bitmap')).toMatchObject(wrong)
    expect(decode(fileOf('deletion.bin'), 'arrow')).toMatchObject(wrong)
    expect(decode(new Uint8Array(0), 'arrow')).toMatchObject(wrong)
    expect(decode(new Uint8Array(0), 'bitmap')).toMatchObject(wrong)
  })

  it('takes a few bytes that name four billion rows for damage, at once', () => {
    // 65,536 containers with one run of 65,536 values each.
    const bitmap = new Uint8Array(4 + 8192 + 65_536 * 4 + 65_536 * 4 + 65_536 * 6)
    const view = new DataView(bitmap.buffer)
    view.setUint32(0, 12_347 | (65_535 << 16), true)
    bitmap.fill(255, 4, 4 + 8192)
    const started = performance.now()
    for (let key = 0; key < 65_536; key++) {
      view.setUint16(4 + 8192 + key * 4, key, true)
      view.setUint16(4 + 8192 + key * 4 + 2, 65_535, true)
      const run = 4 + 8192 + 65_536 * 8 + key * 6
      view.setUint16(run, 1, true)
      view.setUint16(run + 4, 65_535, true)
    }
    expect(() => decodeDeletionVector(bitmap, 'bitmap')).toThrow(/4294967296 rows, more than there can be/)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('toDeletionBitmap', () => {
  it('has one bit a row, least significant first', () => {
    expect([...toDeletionBitmap(Uint32Array.of(0, 3, 8, 11), 11)]).toEqual([0b1001, 0b1])
    expect([...toDeletionBitmap(new Uint32Array(0), 0)]).toEqual([])
  })
})
