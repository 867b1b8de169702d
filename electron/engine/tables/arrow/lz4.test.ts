import { describe, expect, it } from 'vitest'
import { unpackLz4 } from './lz4.ts'

/** A frame of blocks; a block with `isPlain` is kept as it is. */
function frame(...blocks: readonly { readonly bytes: readonly number[]; readonly isPlain?: boolean }[]): Uint8Array {
  const parts = blocks.map(({ bytes, isPlain = false }) => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE((bytes.length | (isPlain ? 0x80_00_00_00 : 0)) >>> 0)
    return Buffer.concat([length, Buffer.from(bytes)])
  })
  return Buffer.concat([Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0]), ...parts, Buffer.alloc(4)])
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const codes = (word: string): readonly number[] => [...Buffer.from(word, 'latin1')]

describe('LZ4 frames', () => {
  it('unpacks literals, copies that overlap, and long lengths', () => {
    // Three literals, a copy of 4 + 8 from three before, then five literals.
    const overlapping = [0x38, ...codes('abc'), 3, 0, 0x50, ...codes('-end.')]
    expect(text(unpackLz4(frame({ bytes: overlapping }), 20))).toBe('abcabcabcabcabc-end.')
    // One literal, a copy of 4 + 15 + 255 + 1 from one before.
    const long = [0x1f, ...codes('x'), 1, 0, 255, 1, 0x50, ...codes('-end.')]
    expect(text(unpackLz4(frame({ bytes: long }), 281))).toBe(`${'x'.repeat(276)}-end.`)
  })

  it('lets a block copy from the one before, and keeps plain ones', () => {
    const blocks = frame({ bytes: codes('hello '), isPlain: true }, { bytes: [0x02, 6, 0, 0x10, ...codes('!')] })
    expect(text(unpackLz4(blocks, 13))).toBe('hello hello !')
  })

  it('throws on damage, and never writes beyond the length', () => {
    const whole = frame({ bytes: [0x38, ...codes('abc'), 3, 0, 0x50, ...codes('-end.')] })
    for (let length = 0; length < whole.length; length++)
      expect(() => unpackLz4(whole.subarray(0, length), 20)).toThrow()
    expect(() => unpackLz4(whole, 19)).toThrow()
    expect(() => unpackLz4(frame({ bytes: [0x38, ...codes('abc'), 4, 0, 0x10, 65] }), 20)).toThrow()
    expect(() => unpackLz4(frame({ bytes: [0x38, ...codes('abc'), 0, 0, 0x10, 65] }), 20)).toThrow()
  })
})
