import type { MetadataTree } from '#shared/model/metadata.ts'
import { corrupt } from '../corrupt.ts'
import { readUuid } from '../index-section.ts'
import { readRoaringRuns } from '../roaring.ts'
import { readTimestamp } from '../timestamp.ts'
import type { WireReader } from '../wire.ts'
import type { Scalar } from './field-spec.ts'

const MAX_BYTES_SHOWN = 64
/** Text longer than this is cut, with its length. */
const MAX_TEXT_SHOWN = 4096
const MAX_RUNS = 500
const MAX_NUMBERS = 500

/** Wire type of each scalar when packed; 2 for those that cannot be. */
export function packedWire(scalar: Scalar): number {
  switch (scalar) {
    case 'u32':
    case 'u64':
    case 'i32':
    case 'i64':
    case 'bool':
      return 0
    case 'f64':
      return 1
    case 'f32':
      return 5
    default:
      return 2
  }
}

/** The value the reader stands at, for people: see MetadataTree. `any` is read elsewhere. */
export function readScalar(reader: WireReader, scalar: Exclude<Scalar, 'any'>): MetadataTree {
  switch (scalar) {
    case 'u32':
      return reader.uint()
    case 'i32':
      return reader.int32()
    case 'u64':
      return reader.big().toString()
    case 'i64':
      return BigInt.asIntN(64, reader.big()).toString()
    case 'bool':
      return reader.bool()
    case 'f32':
      return finite(reader.float())
    case 'f64':
      return finite(reader.double())
    case 'text':
      return cutText(reader.lenientText())
    case 'bytes':
      return formatBytes(reader.bytes())
    case 'u16le':
      return readNumbers(reader.bytes(), 2)
    case 'u32le':
      return readNumbers(reader.bytes(), 4)
    case 'u64le':
      return readNumbers(reader.bytes(), 8)
    case 'uuid':
      return readUuid(reader.message())
    case 'roaring':
      return formatRoaring(reader.bytes())
    case 'timestamp':
      return readTimestamp(reader.message())
  }
}

/** JSON knows no infinities. */
function finite(value: number): MetadataTree {
  return Number.isFinite(value) ? value : String(value)
}

/** A text, cut with its length behind when it is long. */
export function cutText(text: string): string {
  if (text.length <= MAX_TEXT_SHOWN) return text
  return `${text.slice(0, MAX_TEXT_SHOWN)}… (${text.length} characters)`
}

/** `0x…` in hex, cut after 64 bytes with the length behind. */
export function formatBytes(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, MAX_BYTES_SHOWN), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return bytes.length <= MAX_BYTES_SHOWN ? `0x${shown}` : `0x${shown}… (${bytes.length} bytes)`
}

/** `0-3, 7 (5 values)`. */
function formatRoaring(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'empty'
  const { size, runs, isCut } = readRoaringRuns(bytes, MAX_RUNS)
  const shown = runs.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ')
  return `${shown}${isCut ? ', …' : ''} (${size} ${size === 1 ? 'value' : 'values'})`
}

/** Little-endian numbers in bytes; those of eight bytes as decimal texts. */
function readNumbers(bytes: Uint8Array, width: 2 | 4 | 8): MetadataTree {
  if (bytes.length % width !== 0) throw corrupt('a list of numbers is cut off')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = bytes.length / width
  const numbers: MetadataTree[] = Array.from({ length: Math.min(count, MAX_NUMBERS) }, (_, index) => {
    if (width === 8) return view.getBigUint64(index * 8, true).toString()
    return width === 4 ? view.getUint32(index * 4, true) : view.getUint16(index * 2, true)
  })
  return count > MAX_NUMBERS ? [...numbers, leftOut(count - MAX_NUMBERS)] : numbers
}

/** The last entry of a list that was cut. */
export function leftOut(entries: number): string {
  return `… ${entries} more ${entries === 1 ? 'entry' : 'entries'} left out`
}
