import type { SourceKind } from '#shared/model/import/source.ts'
import type { Compression } from '../parsing/index.ts'

/** What the first bytes say. `container` needs a closer look. */
export type Signature =
  | { readonly is: 'kind'; readonly kind: SourceKind }
  | { readonly is: 'compressed'; readonly compression: Compression }
  | { readonly is: 'container'; readonly container: 'zip' | 'ole' }
  | { readonly is: 'encrypted-parquet' }

/** The signature at the beginning of a file; undefined when none is known. */
export function readSignature(head: Uint8Array): Signature | undefined {
  const ascii = (from: number, to: number): string => Buffer.from(head.subarray(from, to)).toString('latin1')
  const kind = (found: SourceKind): Signature => ({ is: 'kind', kind: found })
  if (ascii(0, 4) === 'PAR1') return kind('parquet')
  if (ascii(0, 4) === 'PARE') return { is: 'encrypted-parquet' }
  if (ascii(0, 6) === 'ARROW1') return kind('arrow')
  if (isArrowStream(head)) return kind('arrow')
  if (ascii(0, 4) === 'PK\u0003\u0004' || ascii(0, 4) === 'PK\u0005\u0006') return { is: 'container', container: 'zip' }
  if (ascii(0, 8) === '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1') return { is: 'container', container: 'ole' }
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return { is: 'compressed', compression: 'gzip' }
  if (ascii(0, 4) === '\u0028\u00b5\u002f\u00fd') return { is: 'compressed', compression: 'zstd' }
  // Readers allow for something before the header, but not for text that only speaks of it.
  if (ascii(0, 5) === '%PDF-' || /^[^\w<{[]{0,1024}%PDF-\d/s.test(ascii(0, 1024))) return kind('pdf')
  return undefined
}

/** An Arrow stream begins with the length of its schema, which is a flatbuffer. */
function isArrowStream(head: Uint8Array): boolean {
  if (head.length < 16) return false
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (view.getUint32(0, true) !== 0xffffffff) return false
  const length = view.getInt32(4, true)
  const root = view.getUint32(8, true)
  return length >= 16 && length < 1 << 28 && length % 8 === 0 && root < length && root % 4 === 0
}

/** Kind by a MIME type of an image, sound or film; undefined for others. */
export function kindByMime(mime: string): SourceKind | undefined {
  if (mime.startsWith('image/')) return 'image'
  if (mime.startsWith('audio/') || mime === 'application/ogg') return 'audio'
  return mime.startsWith('video/') ? 'video' : undefined
}

/** What a ZIP archive is, by the names of its parts; undefined when it is no kind of document or table. */
export function kindOfArchive(has: (part: string) => boolean, names: readonly string[]): SourceKind | undefined {
  if (has('[Content_Types].xml')) {
    if (names.some((name) => name.startsWith('word/'))) return 'docx'
    if (names.some((name) => name.startsWith('ppt/'))) return 'pptx'
    if (names.some((name) => name.startsWith('xl/'))) return 'xlsx'
  }
  return has('META-INF/container.xml') && names.some((name) => name.endsWith('.opf')) ? 'epub' : undefined
}
