/**
 * Joins Arrow IPC files of one schema into one, without decoding: their record batches one after another, under a footer
 * that lists them all. Works for every column type. Layout: Apache Arrow columnar format, "IPC File Format"; File.fbs.
 */
import { slot } from './flatbuffer.ts'

const MAGIC_BYTES = 6
/** Offset, length of the message with padding, length of the body: a struct of 8 + 4 (+ 4 of padding) + 8 bytes. */
const BLOCK_BYTES = 24
const DICTIONARIES = 2
const BATCHES = 3

/** The joined file; undefined when a file carries dictionaries, which may differ from batch to batch. */
export function concatIpcFiles(files: readonly Uint8Array[]): Buffer | undefined {
  const [first] = files
  if (first === undefined) return undefined
  if (files.length === 1) return Buffer.from(first.buffer, first.byteOffset, first.byteLength)
  const parts: Uint8Array[] = []
  const blocks: Uint8Array[] = []
  const head = readBlocks(first)
  const preamble = first.subarray(0, head.batches[0]?.offset ?? head.footerStart)
  let length = preamble.byteLength
  parts.push(preamble)
  for (const file of files) {
    const { batches, dictionaries } = file === first ? head : readBlocks(file)
    if (dictionaries > 0) return undefined
    for (const { offset, metadataLength, bodyLength } of batches) {
      blocks.push(toBlock(length, metadataLength, bodyLength))
      parts.push(file.subarray(offset, offset + metadataLength + bodyLength))
      length += metadataLength + bodyLength
    }
  }
  const footer = withBlocks(first.subarray(head.footerStart, first.byteLength - MAGIC_BYTES - 4), blocks)
  const tail = Buffer.alloc(4 + MAGIC_BYTES)
  tail.writeInt32LE(footer.byteLength)
  tail.write('ARROW1', 4, 'latin1')
  // The end of the messages, then the footer, its length and the magic.
  return Buffer.concat([...parts, Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]), footer, tail])
}

interface Blocks {
  readonly footerStart: number
  readonly dictionaries: number
  readonly batches: readonly { readonly offset: number; readonly metadataLength: number; readonly bodyLength: number }[]
}

function readBlocks(file: Uint8Array): Blocks {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const lengthAt = file.byteLength - MAGIC_BYTES - 4
  const footerStart = lengthAt - view.getInt32(lengthAt, true)
  const table = footerStart + view.getUint32(footerStart, true)
  const vector = (field: number): { readonly start: number; readonly length: number } => {
    const at = slot(view, table, field)
    if (at === undefined) return { start: 0, length: 0 }
    const target = at + view.getUint32(at, true)
    return { start: target + 4, length: view.getUint32(target, true) }
  }
  const { start, length } = vector(BATCHES)
  return {
    footerStart,
    dictionaries: vector(DICTIONARIES).length,
    batches: Array.from({ length }, (_, index) => {
      const at = start + index * BLOCK_BYTES
      return {
        offset: Number(view.getBigInt64(at, true)),
        metadataLength: view.getInt32(at + 8, true),
        bodyLength: Number(view.getBigInt64(at + 16, true)),
      }
    }),
  }
}

/** The footer with another list of batches, put at its end: what the first file lists is no longer referred to. */
function withBlocks(footer: Uint8Array, blocks: readonly Uint8Array[]): Buffer {
  const view = new DataView(footer.buffer, footer.byteOffset, footer.byteLength)
  const at = slot(view, view.getUint32(0, true), BATCHES)
  if (at === undefined) throw new Error('an Arrow IPC file without record batches')
  // Blocks are aligned to 8 bytes, and the count stands in the 4 before them.
  const start = Math.ceil((footer.byteLength + 4) / 8) * 8
  const joined = Buffer.alloc(start + blocks.length * BLOCK_BYTES)
  joined.set(footer)
  joined.writeUInt32LE(blocks.length, start - 4)
  for (const [index, block] of blocks.entries()) joined.set(block, start + index * BLOCK_BYTES)
  joined.writeUInt32LE(start - 4 - at, at)
  return joined
}

function toBlock(offset: number, metadataLength: number, bodyLength: number): Uint8Array {
  const block = Buffer.alloc(BLOCK_BYTES)
  block.writeBigInt64LE(BigInt(offset))
  block.writeInt32LE(metadataLength, 8)
  block.writeBigInt64LE(BigInt(bodyLength), 16)
  return block
}
