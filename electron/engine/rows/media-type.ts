/** Bytes worth reading to guess a media type. */
export const SNIFF_BYTES = 4096

interface Signature {
  readonly mediaType: string
  /** Position and bytes, as latin1 text, that must all be there. */
  readonly parts: readonly (readonly [number, string])[]
}

const SIGNATURES: readonly Signature[] = [
  { mediaType: 'image/png', parts: [[0, '\x89PNG']] },
  { mediaType: 'image/jpeg', parts: [[0, '\xff\xd8\xff']] },
  { mediaType: 'image/gif', parts: [[0, 'GIF8']] },
  {
    mediaType: 'image/webp',
    parts: [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
  },
  {
    mediaType: 'image/bmp',
    parts: [
      [0, 'BM'],
      [6, '\0\0\0\0'],
    ],
  },
  { mediaType: 'image/tiff', parts: [[0, 'II*\0']] },
  { mediaType: 'image/tiff', parts: [[0, 'MM\0*']] },
  { mediaType: 'image/avif', parts: [[4, 'ftypavif']] },
  { mediaType: 'image/avif', parts: [[4, 'ftypavis']] },
  { mediaType: 'image/heic', parts: [[4, 'ftypheic']] },
  {
    mediaType: 'audio/wav',
    parts: [
      [0, 'RIFF'],
      [8, 'WAVE'],
    ],
  },
  { mediaType: 'audio/flac', parts: [[0, 'fLaC']] },
  { mediaType: 'audio/ogg', parts: [[0, 'OggS']] },
  { mediaType: 'audio/mpeg', parts: [[0, 'ID3']] },
  { mediaType: 'audio/mp4', parts: [[4, 'ftypM4A']] },
  { mediaType: 'video/quicktime', parts: [[4, 'ftypqt']] },
  { mediaType: 'video/mp4', parts: [[4, 'ftyp']] },
  { mediaType: 'video/webm', parts: [[0, '\x1a\x45\xdf\xa3']] },
  { mediaType: 'application/pdf', parts: [[0, '%PDF-']] },
  { mediaType: 'application/zip', parts: [[0, 'PK\x03\x04']] },
  { mediaType: 'application/gzip', parts: [[0, '\x1f\x8b\x08']] },
]

/** What no text holds: controls other than tab, line feed, vertical tab, form feed, return and escape. */
const CONTROL_CHARACTERS = Array.from({ length: 32 }, (_, code) => code)
  .filter((code) => (code < 9 || code > 13) && code !== 27)
  .map((code) => String.fromCharCode(code))

/**
 * Guesses a media type from the first bytes of a value ({@link SNIFF_BYTES} are enough) and its full size: well-known
 * signatures, then SVG, JSON and other UTF-8 text, else `application/octet-stream`.
 */
export function guessMediaType(head: Uint8Array, size: number): string {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 64)).toString('latin1')
  const known = SIGNATURES.find(({ parts }) => parts.every(([at, bytes]) => start.startsWith(bytes, at)))
  if (known !== undefined) return known.mediaType
  if (isMpegAudioFrame(head)) return 'audio/mpeg'
  return guessText(head, size) ?? 'application/octet-stream'
}

/** A bare MP3 frame: 11 sync bits, layer III, and neither a free nor an invalid bit rate. */
function isMpegAudioFrame(head: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = head
  const rate = third >> 4
  return first === 0xff && (second & 0xe6) === 0xe2 && rate !== 0 && rate !== 15
}

function guessText(head: Uint8Array, size: number): string | undefined {
  if (size === 0) return undefined
  const text = decodeText(head, head.byteLength < size)
  if (text === undefined) return undefined
  const trimmed = text.trimStart()
  if (/^(?:<\?xml[\s\S]*?\?>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE svg[\s\S]*?>\s*)?<svg[\s>]/i.test(trimmed))
    return 'image/svg+xml'
  if (/^[[{]/.test(trimmed) && (head.byteLength < size || isJson(trimmed))) return 'application/json'
  return 'text/plain; charset=utf-8'
}

/** The bytes as text, or undefined when they are no UTF-8 or hold control characters; a cut last character is forgiven. */
function decodeText(bytes: Uint8Array, isCut: boolean): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut })
    return CONTROL_CHARACTERS.some((character) => text.includes(character)) ? undefined : text
  } catch {
    return undefined
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
