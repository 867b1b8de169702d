import { isUtf8 } from 'node:buffer'
import { detect } from 'chardet'
import { readRange } from '../../parsing/index.ts'
import { badPlan, unreadable } from '../errors.ts'

const BOMS: readonly { readonly encoding: string; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
]

export interface Encoding {
  /** WHATWG name. */
  readonly name: string
  /** How it was found out. */
  readonly evidence: string
}

/** The encoding of a text by its first bytes. */
export function detectEncoding(head: Uint8Array): Encoding {
  const bom = BOMS.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte))
  if (bom !== undefined) return { name: bom.encoding, evidence: 'a byte order mark says so' }
  // The end of the sample may cut a character.
  const isText = [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, Math.max(0, head.length - cut))))
  const zeros = countZeros(head)
  if (zeros.share > 0.2) {
    return { name: zeros.areOdd ? 'utf-16le' : 'utf-16be', evidence: 'every other byte is 0' }
  }
  if (isText) return { name: 'utf-8', evidence: 'its bytes are valid UTF-8' }
  const guess = detect(head)?.toLowerCase() ?? 'windows-1252'
  const name = guess === 'iso-8859-1' || guess === 'ascii' || guess === 'utf-8' ? 'windows-1252' : guess
  const isKnown = isEncoding(name)
  return {
    name: isKnown ? name : 'windows-1252',
    evidence: 'its bytes are not UTF-8 and look like it most; check a few values with umlauts or accents',
  }
}

function countZeros(head: Uint8Array): { readonly share: number; readonly areOdd: boolean } {
  const ends = Math.min(head.length, 4096)
  let [even, odd] = [0, 0]
  for (let at = 0; at < ends; at++) {
    if (head[at] !== 0) continue
    if (at % 2 === 0) even++
    else odd++
  }
  return { share: ends === 0 ? 0 : (even + odd) / ends, areOdd: odd >= even }
}

export function isEncoding(name: string): boolean {
  try {
    void new TextDecoder(name)
    return true
  } catch {
    return false
  }
}

/** Whether bytes of this encoding are read as they are. */
export function isPlainUtf8(name: string): boolean {
  return isEncoding(name) && new TextDecoder(name).encoding === 'utf-8'
}

/** Bytes of the byte order mark a file in UTF-8 begins with. */
export async function markLength(path: string): Promise<number> {
  return hasMark(await readRange(path, 0, MARK_BYTES)) ? MARK_BYTES : 0
}

/** The chunks of a text as UTF-8 without a byte order mark. Fails on bytes the encoding does not have, except in UTF-8. */
export async function* toUtf8(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
  name: string,
): AsyncGenerator<Uint8Array> {
  if (!isEncoding(encoding))
    throw badPlan(`"${encoding}" is not an encoding.`, 'Use a WHATWG name such as utf-8 or windows-1252.')
  const decoder = new TextDecoder(encoding, { fatal: true })
  if (decoder.encoding === 'utf-8') {
    yield* withoutMark(chunks)
    return
  }
  try {
    for await (const chunk of chunks) {
      const text = decoder.decode(chunk, { stream: true })
      if (text !== '') yield Buffer.from(text)
    }
    const rest = decoder.decode()
    if (rest !== '') yield Buffer.from(rest)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw unreadable(name, `it has bytes that ${encoding} does not have.`, 'Choose another encoding.')
  }
}

const MARK_BYTES = 3

async function* withoutMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // The first pieces together, until they are long enough to have a mark.
  let head: Uint8Array | undefined = new Uint8Array(0)
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk
      continue
    }
    const first: Uint8Array = head.length === 0 ? chunk : Buffer.concat([head, chunk])
    head = first.length < MARK_BYTES ? Uint8Array.from(first) : undefined
    if (head === undefined) yield hasMark(first) ? first.subarray(MARK_BYTES) : first
  }
  if (head !== undefined) yield head
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}
