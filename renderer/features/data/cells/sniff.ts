/** Media type told by the first bytes of a value; undefined when they tell nothing. */
export function sniffMediaType(bytes: Uint8Array): string | undefined {
  return SIGNATURES.find((signature) => matches(bytes, signature))?.type
}

interface Signature {
  readonly type: string
  /** Text or bytes at an offset; all must be there. */
  readonly parts: readonly (readonly [offset: number, bytes: string])[]
}

/** Signatures as Latin-1 text. */
const SIGNATURES: readonly Signature[] = [
  { type: 'image/png', parts: [[0, '\u0089PNG\r\n\u001a\n']] },
  { type: 'image/jpeg', parts: [[0, '\u00ff\u00d8\u00ff']] },
  { type: 'image/gif', parts: [[0, 'GIF8']] },
  {
    type: 'image/webp',
    parts: [
      [0, 'RIFF'],
      [8, 'WEBP'],
    ],
  },
  { type: 'image/avif', parts: [[4, 'ftypavif']] },
  {
    type: 'image/bmp',
    parts: [
      [0, 'BM'],
      [6, '\0\0\0\0'],
    ],
  },
  { type: 'image/svg+xml', parts: [[0, '<svg']] },
  {
    type: 'audio/wav',
    parts: [
      [0, 'RIFF'],
      [8, 'WAVE'],
    ],
  },
  { type: 'audio/mpeg', parts: [[0, 'ID3']] },
  { type: 'audio/flac', parts: [[0, 'fLaC']] },
  { type: 'audio/ogg', parts: [[0, 'OggS']] },
  { type: 'video/webm', parts: [[0, '\u001aE\u00df\u00a3']] },
  { type: 'video/mp4', parts: [[4, 'ftyp']] },
  { type: 'application/pdf', parts: [[0, '%PDF-']] },
  { type: 'application/zip', parts: [[0, 'PK\u0003\u0004']] },
  { type: 'application/gzip', parts: [[0, '\u001f\u008b']] },
  { type: 'application/vnd.apache.parquet', parts: [[0, 'PAR1']] },
]

function matches(bytes: Uint8Array, { parts }: Signature): boolean {
  return parts.every(([offset, text]) => {
    if (bytes.length < offset + text.length) return false
    for (let index = 0; index < text.length; index++) {
      if (bytes[offset + index] !== text.charCodeAt(index)) return false
    }
    return true
  })
}

/** Short name for a cell's note: `png`, `pdf`, `text`; `bytes` when nothing is known. */
export function shortType(mediaType: string): string {
  const type = mediaType.split(';', 1)[0]?.trim() ?? ''
  if (type === 'application/octet-stream' || type === '') return 'bytes'
  if (type === 'text/plain') return 'text'
  return type
    .slice(type.lastIndexOf('/') + 1)
    .replace(/^(x-|vnd\.apache\.)/, '')
    .replace('+xml', '')
}

/** True for types a thumbnail can be drawn of. */
export function isDrawableImage(mediaType: string): boolean {
  return /^image\/(png|jpe?g|gif|webp|avif|bmp|svg\+xml)$/.test(mediaType)
}
