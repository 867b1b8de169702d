/**
 * LZ4 frames, which Arrow files are packed with by default in many tools. Format: lz4_Frame_format.md and
 * lz4_Block_format.md of the LZ4 project. Unpacks into exactly `byteLength` bytes; throws a plain Error on damage.
 */
export function unpackLz4(packed: Uint8Array, byteLength: number): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  if (packed.length < 7 || view.getUint32(0, true) !== 0x18_4d_22_04) throw new Error('is no LZ4 frame')
  const flags = packed[4] as number
  const hasBlockChecksums = (flags & 16) !== 0
  const hasSize = (flags & 8) !== 0
  const hasDictionary = (flags & 1) !== 0
  let at = 7 + (hasSize ? 8 : 0) + (hasDictionary ? 4 : 0)
  const output = new Uint8Array(byteLength)
  let to = 0
  for (;;) {
    if (at + 4 > packed.length) throw new Error('is an LZ4 frame without its end')
    const word = view.getUint32(at, true)
    at += 4
    if (word === 0) break
    const length = word & 0x7f_ff_ff_ff
    if (at + length > packed.length) throw new Error('is an LZ4 frame without its end')
    if (word >>> 31 === 1) {
      if (to + length > byteLength) throw new Error('is an LZ4 frame that is too long')
      output.set(packed.subarray(at, at + length), to)
      to += length
    } else to = unpackBlock(packed, at, at + length, output, to)
    at += length + (hasBlockChecksums ? 4 : 0)
  }
  if (to !== byteLength) throw new Error('is an LZ4 frame that is too short')
  return output
}

/** Unpacks one block behind what is there already, which it may refer to; returns where it ends. */
function unpackBlock(packed: Uint8Array, start: number, end: number, output: Uint8Array, outputStart: number): number {
  let at = start
  let to = outputStart
  const damaged = (): never => {
    throw new Error('is a damaged LZ4 block')
  }
  const extend = (length: number): number => {
    let sum = length
    for (let byte = 255; byte === 255;) {
      if (at >= end) damaged()
      byte = packed[at++] as number
      sum += byte
    }
    return sum
  }
  while (at < end) {
    const token = packed[at++] as number
    const literals = token >> 4 === 15 ? extend(15) : token >> 4
    if (at + literals > end || to + literals > output.length) damaged()
    output.set(packed.subarray(at, at + literals), to)
    at += literals
    to += literals
    if (at >= end) break
    if (at + 2 > end) damaged()
    const distance = (packed[at] as number) | ((packed[at + 1] as number) << 8)
    at += 2
    const length = ((token & 15) === 15 ? extend(15) : token & 15) + 4
    if (distance === 0 || distance > to || to + length > output.length) damaged()
    // Byte by byte where the copy overlaps what it writes.
    if (distance >= length) output.copyWithin(to, to - distance, to - distance + length)
    else for (let index = 0; index < length; index++) output[to + index] = output[to + index - distance] as number
    to += length
  }
  return to
}
