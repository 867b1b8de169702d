import { mapParts } from './map-parts.ts'
import type { Message } from './message.ts'

/*
 * One message as one binary frame, for transports that carry bytes:
 *
 *   u32 LE header length | header JSON | padding to 8 | attachments, each padded to 8
 *
 * Header: { m: message, x: extras }. An extra puts back, at a path inside the message, what JSON cannot say:
 * bytes (by offset and length into the attachments), bigints and non-finite numbers. Addressing by path instead of by
 * marker objects means no user data can be mistaken for a marker. Attachments are 8-aligned, so decoded byte arrays are
 * views into the frame and Arrow buffers in them stay aligned.
 */

type Path = readonly (string | number)[]
type Extra =
  | readonly [path: Path, kind: 'bytes', offset: number, byteLength: number]
  | readonly [path: Path, kind: 'bigint' | 'number', text: string]

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })
const align8 = (n: number): number => (n + 7) & ~7

/** Encodes a message; throws TypeError for values that cannot cross (functions, symbols, cycles). */
export function encodeFrame(message: Message): Uint8Array<ArrayBuffer> {
  const extras: Extra[] = []
  const attachments: { readonly bytes: Uint8Array; readonly offset: number }[] = []
  let size = 0

  const path: (string | number)[] = []
  const putBack = (kind: 'bigint' | 'number', text: string): null => {
    extras.push([[...path], kind, text])
    return null
  }
  const attach = (bytes: Uint8Array): null => {
    extras.push([[...path], 'bytes', size, bytes.byteLength])
    attachments.push({ bytes, offset: size })
    size += align8(bytes.byteLength)
    return null
  }
  /** The value as JSON can say it: itself where nothing in it needs an extra, so that long lists are not copied. */
  const plain = (value: unknown): unknown => {
    switch (typeof value) {
      case 'object':
        return value === null ? null : value instanceof Uint8Array ? attach(value) : plainParts(value)
      case 'number':
        return Number.isFinite(value) ? value : putBack('number', String(value))
      case 'bigint':
        return putBack('bigint', value.toString())
      case 'function':
      case 'symbol':
        throw new TypeError(`A ${typeof value} cannot cross a process boundary (at ${path.join('.')}).`)
      default:
        return value
    }
  }
  const plainParts = (value: object): object =>
    mapParts(value, (part, key) => {
      path.push(key)
      const result = plain(part)
      path.pop()
      return result
    })

  const header = encoder.encode(JSON.stringify({ m: plain(message), x: extras }))
  const base = align8(4 + header.byteLength)
  const frame = new Uint8Array(base + size)
  new DataView(frame.buffer).setUint32(0, header.byteLength, true)
  frame.set(header, 4)
  for (const { bytes, offset } of attachments) frame.set(bytes, base + offset)
  return frame
}

/** Decodes a frame; throws Error on anything malformed. Byte arrays in the result are views into `frame`. */
export function decodeFrame(frame: Uint8Array): Message {
  if (frame.byteLength < 4) throw new Error('frame too short')
  const headerLength = new DataView(frame.buffer, frame.byteOffset).getUint32(0, true)
  const base = align8(4 + headerLength)
  if (4 + headerLength > frame.byteLength) throw new Error('frame shorter than its header')
  const header: unknown = JSON.parse(decoder.decode(frame.subarray(4, 4 + headerLength)))
  if (!isRecord(header) || !isRecord(header['m']) || !Array.isArray(header['x'])) throw new Error('malformed header')
  const root = { m: header['m'] as unknown }
  for (const extra of header['x'] as unknown[]) {
    if (!Array.isArray(extra) || !Array.isArray(extra[0])) throw new Error('malformed extra')
    put(root, ['m', ...(extra[0] as Path)], revive(extra as unknown as Extra, frame, base))
  }
  if (!isRecord(root.m)) throw new Error('an extra replaced the message')
  return root.m as unknown as Message
}

function revive(extra: Extra, frame: Uint8Array, base: number): unknown {
  if (extra[1] === 'bigint') return BigInt(extra[2])
  if (extra[1] === 'number') return Number(extra[2])
  if (extra[1] !== 'bytes') throw new Error('unknown extra')
  const [, , offset, byteLength] = extra
  const fits = Number.isInteger(offset) && Number.isInteger(byteLength) && offset >= 0 && byteLength >= 0
  if (!fits || base + offset + byteLength > frame.byteLength) throw new Error('attachment outside the frame')
  return frame.subarray(base + offset, base + offset + byteLength)
}

/** Writes only where an own property already exists, so no path can reach a prototype. */
function put(root: object, path: Path, value: unknown): void {
  let target: object = root
  for (const key of path.slice(0, -1)) {
    const next: unknown = Object.hasOwn(target, key) ? (target as Record<string | number, unknown>)[key] : undefined
    if (typeof next !== 'object' || next === null) throw new Error('extra points nowhere')
    target = next
  }
  const last = path.at(-1)
  if (last === undefined || !Object.hasOwn(target, last)) throw new Error('extra points nowhere')
  Object.defineProperty(target, last, { value, writable: true, enumerable: true, configurable: true })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
