import { isUtf8 } from 'node:buffer'
import { formatCount } from '#shared/model/format.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'

export interface DecodedText {
  readonly text: string
  /** WHATWG name. */
  readonly encoding: string
  readonly problems: readonly ImportProblem[]
}

/** What chardet is shown: it slows down with length, and a sample tells the same. */
const SAMPLE_BYTES = 64 * 1024
/** Share of bytes beyond which broken UTF-8 is taken for another encoding. */
const MAX_BROKEN = 0.001

/**
 * Decodes text of any encoding: by its byte order mark, as UTF-8 where it is valid, by its zero bytes as UTF-16, else by
 * what its bytes look like. Says so where it had to guess.
 */
export async function decodeText(bytes: Uint8Array): Promise<DecodedText> {
  const encoding = byMark(bytes) ?? (isUtf8(bytes) ? 'utf-8' : byZeros(bytes))
  if (encoding !== undefined) return { text: new TextDecoder(encoding).decode(bytes), encoding, problems: [] }
  const broken = countBroken(bytes)
  if (broken.valid > 0 && broken.bad / (broken.bad + broken.valid) < 0.1 && broken.bad / bytes.length < MAX_BROKEN) {
    return {
      text: new TextDecoder('utf-8').decode(bytes),
      encoding: 'utf-8',
      problems: [
        {
          severity: 'warning',
          message: `${formatCount(broken.bad)} places are not valid UTF-8; they are read as "�".`,
        },
      ],
    }
  }
  const guess = await guessEncoding(bytes)
  return {
    text: new TextDecoder(guess).decode(bytes),
    encoding: guess,
    problems: [
      {
        severity: 'note',
        message: `The text is not UTF-8; it looks like ${guess} and is read as that.`,
        hint: 'If letters look wrong in the preview, save the file as UTF-8 and drop it again.',
      },
    ],
  }
}

/** True where bytes cannot be text of any encoding: zero bytes that UTF-16 does not explain, or many control characters. */
export function looksBinary(head: Uint8Array): boolean {
  if (byMark(head) !== undefined || byZeros(head) !== undefined) return false
  let controls = 0
  for (const byte of head) {
    if (byte === 0) return true
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27 && byte !== 8) controls++
  }
  return controls > head.length / 50
}

function byMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
}

/** UTF-16 without a mark: most text has a zero in every other byte, and none in the others. */
function byZeros(bytes: Uint8Array): string | undefined {
  const length = Math.min(bytes.length, SAMPLE_BYTES) & ~1
  if (length < 8) return undefined
  let even = 0
  let odd = 0
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++
    if (bytes[at + 1] === 0) odd++
  }
  const half = length / 2
  if (odd > half * 0.4 && even < half * 0.01) return 'utf-16le'
  return even > half * 0.4 && odd < half * 0.01 ? 'utf-16be' : undefined
}

/** Sequences of more than one byte that are UTF-8, and bytes that are not. */
function countBroken(bytes: Uint8Array): { readonly valid: number; readonly bad: number } {
  let valid = 0
  let bad = 0
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0
    const length =
      byte < 0x80
        ? 1
        : byte >= 0xc2 && byte < 0xe0
          ? 2
          : byte >= 0xe0 && byte < 0xf0
            ? 3
            : byte >= 0xf0 && byte < 0xf5
              ? 4
              : 0
    let isWhole = length > 0
    for (let next = 1; isWhole && next < length; next++) isWhole = ((bytes[at + next] ?? 0) & 0xc0) === 0x80
    if (!isWhole) bad++
    else if (length > 1) valid++
    at += isWhole ? length : 1
  }
  return { valid, bad }
}

async function guessEncoding(bytes: Uint8Array): Promise<string> {
  const { analyse } = await import('chardet')
  for (const { name } of analyse(interesting(bytes))) {
    // Texts of one byte a character are always the Windows variant in practice, and the web reads them so.
    const label = name === 'ISO-8859-1' ? 'windows-1252' : name.toLowerCase()
    if (label.startsWith('utf') || label === 'ascii') continue
    try {
      return new TextDecoder(label).encoding
    } catch {
      // An encoding the platform does not know.
    }
  }
  return 'windows-1252'
}

/** A sample around the first byte beyond ASCII, which is where encodings differ. */
function interesting(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte >= 0x80)
  const start = Math.max(0, first - 1024)
  return bytes.subarray(start, start + SAMPLE_BYTES)
}
