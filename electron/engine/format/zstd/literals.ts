import { corrupt } from '../corrupt.ts'
import { readHuffmanStream, readHuffmanTable, type HuffmanTable } from './huffman.ts'

/** Literals of a block, the table for the blocks after it, and where the sequences begin. */
export interface Literals {
  readonly bytes: Uint8Array
  readonly table: HuffmanTable | undefined
  readonly usedBytes: number
}

const RAW = 0
const RUN = 1
const WITH_TABLE = 2

/** Reads the literals section of a block (RFC 8878 3.1.1.3.1); more than `maxBytes` are refused before they are made. */
export function readLiterals(block: Uint8Array, previous: HuffmanTable | undefined, maxBytes: number): Literals {
  const [first = 0] = block
  const kind = first & 3
  const sizeFormat = (first >> 2) & 3
  if (kind === RAW || kind === RUN) return { ...readPlain(block, kind, sizeFormat, maxBytes), table: previous }
  return readPacked(block, kind === WITH_TABLE ? undefined : previous, sizeFormat, maxBytes)
}

function readPlain(
  block: Uint8Array,
  kind: number,
  sizeFormat: number,
  maxBytes: number,
): Pick<Literals, 'bytes' | 'usedBytes'> {
  const headerBytes = sizeFormat % 2 === 0 ? 1 : sizeFormat === 1 ? 2 : 3
  const header = readLittle(block, headerBytes)
  const size = sizeFormat % 2 === 0 ? header >> 3 : header >> 4
  const usedBytes = headerBytes + (kind === RAW ? size : 1)
  if (size > maxBytes || usedBytes > block.length) throw corrupt('a compressed part is cut off')
  if (kind === RAW) return { bytes: block.subarray(headerBytes, usedBytes), usedBytes }
  return { bytes: new Uint8Array(size).fill(block[headerBytes] ?? 0), usedBytes }
}

function readPacked(
  block: Uint8Array,
  known: HuffmanTable | undefined,
  sizeFormat: number,
  maxBytes: number,
): Literals {
  const headerBytes = sizeFormat < 2 ? 3 : sizeFormat + 2
  const width = [10, 10, 14, 18][sizeFormat] ?? 10
  const header = readLittle(block, headerBytes)
  const size = Math.floor(header / 16) % 2 ** width
  const packedSize = Math.floor(header / 2 ** (4 + width))
  const usedBytes = headerBytes + packedSize
  if (size > maxBytes || usedBytes > block.length) throw corrupt('a compressed part is cut off')
  const packed = block.subarray(headerBytes, usedBytes)
  const tree = known === undefined ? readTree(block, packed) : { table: known, usedBytes: 0 }
  const bytes = new Uint8Array(size)
  const streams = packed.subarray(tree.usedBytes)
  if (sizeFormat === 0) readHuffmanStream(streams, tree.table, bytes)
  else readFourStreams(streams, tree.table, bytes)
  return { bytes, table: tree.table, usedBytes }
}

function readTree(block: Uint8Array, packed: Uint8Array): ReturnType<typeof readHuffmanTable> {
  if (((block[0] ?? 0) & 3) !== WITH_TABLE) throw corrupt('a compressed part uses a table it does not have')
  return readHuffmanTable(packed)
}

/** Six bytes give the lengths of the first three streams; the first three decode to equal lengths. */
function readFourStreams(bytes: Uint8Array, table: HuffmanTable, target: Uint8Array): void {
  const quarter = Math.ceil(target.length / 4)
  let from = 6
  for (let stream = 0; stream < 4; stream++) {
    const length = stream === 3 ? bytes.length - from : readLittle(bytes.subarray(stream * 2), 2)
    if (length <= 0 || from + length > bytes.length) throw corrupt('a compressed part is cut off')
    const end = stream === 3 ? target.length : quarter * (stream + 1)
    if (end > target.length) throw corrupt('a compressed part is cut off')
    readHuffmanStream(bytes.subarray(from, from + length), table, target.subarray(quarter * stream, end))
    from += length
  }
}

/** Up to five bytes as one number, least significant first. */
export function readLittle(bytes: Uint8Array, count: number): number {
  if (bytes.length < count) throw corrupt('a compressed part is cut off')
  let value = 0
  for (let at = count - 1; at >= 0; at--) value = value * 256 + (bytes[at] ?? 0)
  return value
}
