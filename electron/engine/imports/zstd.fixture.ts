/** Most bytes of a block. */
const BLOCK_BYTES = 128 * 1024

/** A zstd frame of blocks that are stored as they are: Node 20 cannot pack with zstd. */
export function zstdOf(content: string): Buffer {
  const bytes = Buffer.from(content)
  // A frame of one segment that tells its length in four bytes.
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0])
  head.writeUInt32LE(bytes.length, 5)
  const parts: Buffer[] = [head]
  for (let start = 0; start === 0 || start < bytes.length; start += BLOCK_BYTES) {
    const block = bytes.subarray(start, start + BLOCK_BYTES)
    const isLast = start + BLOCK_BYTES >= bytes.length ? 1 : 0
    const size = Buffer.alloc(3)
    size.writeUIntLE((block.length << 3) | isLast, 0, 3)
    parts.push(size, block)
  }
  return Buffer.concat(parts)
}
