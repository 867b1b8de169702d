import { describe, expect, it } from 'vitest'
import { readRoaring } from './roaring.ts'

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

describe('readRoaring', () => {
  it('reads a run container', () => {
    const set = readRoaring(fromHex('3b300000 01 0000 0300 0100 0000 0300'))
    expect([...set]).toEqual([0, 1, 2, 3])
    expect(set.size).toBe(4)
    expect([0, 3, 4, -1, 1.5].map((value) => set.has(value))).toEqual([true, true, false, false, false])
  })

  it('reads an array container', () => {
    expect([...readRoaring(fromHex('3a300000 01000000 0000 0000 10000000 0400'))]).toEqual([4])
  })

  it('reads a bitset container under a high key', () => {
    const bits = new Uint8Array(8192).fill(0xff)
    const head = fromHex('3a300000 01000000 0200 ffff 10000000')
    const set = readRoaring(Uint8Array.from([...head, ...bits]))
    expect(set.size).toBe(65_536)
    expect(set.has(2 * 65_536 + 77)).toBe(true)
    expect(set.has(77)).toBe(false)
    expect(set.values().next().value).toBe(131_072)
  })

  it('reads an empty bitmap', () => {
    expect([...readRoaring(fromHex('3a300000 00000000'))]).toEqual([])
  })

  it('names four billion values without holding them', () => {
    const count = 65_536
    const bytes = new Uint8Array(4 + count / 8 + count * 8 + count * 6)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, 12347 | ((count - 1) << 16), true)
    bytes.fill(0xff, 4, 4 + count / 8)
    for (let key = 0; key < count; key++) {
      view.setUint16(4 + count / 8 + key * 4, key, true)
      view.setUint16(4 + count / 8 + key * 4 + 2, 0xffff, true)
      const run = 4 + count / 8 + count * 8 + key * 6
      view.setUint16(run, 1, true)
      view.setUint16(run + 4, 0xffff, true)
    }
    const set = readRoaring(bytes)
    expect(set.size).toBe(2 ** 32)
    expect(set.has(2 ** 32 - 1)).toBe(true)
  })

  it.each(['', '3a30', '39300000', '3a300000ffffffff', '3b300000 01 0000 0300 ff00 0000'])('refuses "%s"', (hex) => {
    expect(() => readRoaring(fromHex(hex))).toThrow(expect.objectContaining({ code: 'corrupt-manifest' }))
  })
})
