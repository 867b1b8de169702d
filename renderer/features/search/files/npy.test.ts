import { describe, expect, it } from 'vitest'
import { NpyProblem, parseNpy } from './npy.ts'

/** A `.npy` file as NumPy writes it. */
function npy(
  dtype: string,
  shape: string,
  data: Uint8Array,
  { major = 1, order = 'False', descr = `'${dtype}'` } = {},
) {
  const dict = `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`
  const start = major === 1 ? 10 : 12
  const header = new TextEncoder().encode(
    dict.padEnd(Math.ceil((start + dict.length + 1) / 64) * 64 - start - 1) + '\n',
  )
  const file = new Uint8Array(start + header.length + data.length)
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, major, 0])
  const view = new DataView(file.buffer)
  if (major === 1) view.setUint16(8, header.length, true)
  else view.setUint32(8, header.length, true)
  file.set(header, start)
  file.set(data, start + header.length)
  return file
}

const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
const read = (file: Uint8Array) => parseNpy(file, 1000).vectors.map((vector) => Array.from(vector))

describe('parseNpy', () => {
  it('reads floats and whole numbers of every size', () => {
    expect(read(npy('<f4', '(3,)', bytesOf(new Float32Array([1, -2.5, 0.1]))))).toEqual([[1, -2.5, Math.fround(0.1)]])
    expect(read(npy('<f8', '(2,)', bytesOf(new Float64Array([0.1, 1e300]))))).toEqual([[0.1, 1e300]])
    expect(read(npy('<f2', '(5,)', bytesOf(new Uint16Array([0x3c00, 0xc000, 0x0001, 0x7bff, 0x0400]))))).toEqual([
      [1, -2, 2 ** -24, 65_504, 2 ** -14],
    ])
    expect(read(npy('|u1', '(2,)', bytesOf(new Uint8Array([0, 255]))))).toEqual([[0, 255]])
    expect(read(npy('|i1', '(2,)', bytesOf(new Int8Array([-128, 127]))))).toEqual([[-128, 127]])
    expect(read(npy('<i2', '(1,)', bytesOf(new Int16Array([-300]))))).toEqual([[-300]])
    expect(read(npy('<u4', '(1,)', bytesOf(new Uint32Array([4_000_000_000]))))).toEqual([[4_000_000_000]])
    expect(read(npy('<i8', '(1,)', bytesOf(new BigInt64Array([-5n]))))).toEqual([[-5]])
  })

  it('reads either byte order, versions 1 to 3, and several vectors', () => {
    const big = new Uint8Array(8)
    new DataView(big.buffer).setFloat32(0, 1.5)
    new DataView(big.buffer).setFloat32(4, -3)
    expect(read(npy('>f4', '(2,)', big))).toEqual([[1.5, -3]])
    for (const major of [2, 3]) {
      const data = bytesOf(new Float32Array([1, 2, 3, 4, 5, 6]))
      expect(read(npy('<f4', '(2, 3)', data, { major }))).toEqual([
        [1, 2, 3],
        [4, 5, 6],
      ])
    }
    // One row is in both orders at once, as NumPy itself marks it.
    expect(read(npy('<f4', '(1, 2)', bytesOf(new Float32Array([1, 2])), { order: 'True' }))).toEqual([[1, 2]])
  })

  it('reads a file in the middle of a buffer', () => {
    const file = npy('<f4', '(1,)', bytesOf(new Float32Array([7])))
    const within = new Uint8Array(file.length + 3)
    within.set(file, 3)
    expect(read(within.subarray(3))).toEqual([[7]])
  })

  it.each([
    ['not a NumPy', new Uint8Array(20)],
    ['pickled Python objects', npy('|O', '(2,)', new Uint8Array(16))],
    ['several fields', npy('', '(2,)', new Uint8Array(16), { descr: "[('a', '<f4')]" })],
    ['Fortran order', npy('<f4', '(2, 2)', new Uint8Array(16), { order: 'True' })],
    ['3 dimensions', npy('<f4', '(1, 2, 2)', new Uint8Array(16))],
    ['0 dimensions', npy('<f4', '()', new Uint8Array(4))],
    ['is empty', npy('<f4', '(0, 4)', new Uint8Array())],
    ['ends early', npy('<f4', '(4,)', new Uint8Array(15))],
    ['at most 1000', npy('<f4', '(999999999999, 9)', new Uint8Array(4))],
    ['not numbers', npy('<c8', '(1,)', new Uint8Array(8))],
    ['not numbers', npy('<U4', '(1,)', new Uint8Array(16))],
    ['too large to be taken exactly', npy('<u8', '(1,)', new Uint8Array(8).fill(255))],
    ['Version 9', npy('<f4', '(1,)', new Uint8Array(4), { major: 9 })],
    ['cannot be read', npy('<f4', '(x,)', new Uint8Array(4))],
    ['ends in its header', npy('<f4', '(1,)', new Uint8Array(4)).subarray(0, 40)],
  ])('refuses: %s', (message, file) => {
    expect(() => parseNpy(file, 1000)).toThrow(NpyProblem)
    expect(() => parseNpy(file, 1000)).toThrow(message)
  })
})
