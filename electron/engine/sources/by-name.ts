import type { SourceKind } from '#shared/model/import/source.ts'
import { programmingLanguage, type Compression } from '../parsing/index.ts'

const KINDS: Readonly<Record<string, SourceKind>> = {
  ...all('pdf', 'pdf'),
  ...all('docx', 'docx docm dotx'),
  ...all('pptx', 'pptx pptm ppsx'),
  ...all('xlsx', 'xlsx xlsm xlsb xls'),
  ...all('epub', 'epub'),
  ...all('html', 'html htm xhtml'),
  ...all('markdown', 'md markdown mdx mdown mkd'),
  ...all('text', 'txt text log rst adoc asciidoc org srt vtt'),
  ...all('email', 'eml'),
  ...all('csv', 'csv tsv tab psv'),
  ...all('json', 'json geojson'),
  ...all('jsonl', 'jsonl ndjson'),
  ...all('parquet', 'parquet pq'),
  ...all('arrow', 'arrow feather ipc arrows'),
  ...all('image', 'png jpg jpeg gif webp avif heic heif tif tiff bmp ico svg jxl psd'),
  ...all('audio', 'mp3 wav flac ogg oga opus m4a aac aif aiff wma'),
  ...all('video', 'mp4 m4v mov mkv webm avi mpg mpeg wmv ogv'),
}

function all(kind: SourceKind, extensions: string): Record<string, SourceKind> {
  return Object.fromEntries(extensions.split(' ').map((extension) => [extension, kind]))
}

/** What a file's name says: its kind, undefined when nothing known, and the extension it goes by. */
export interface NamedKind {
  readonly kind: SourceKind | undefined
  readonly extension: string
}

/** Kind by the extension; `.gz`, `.zst` and the like are looked through when the file is compressed. */
export function kindByName(name: string, compression?: Compression): NamedKind {
  const file = name.slice(name.lastIndexOf('/') + 1).toLowerCase()
  const inner = compression === undefined ? file : file.replace(/\.(?:gz|gzip|zst|zstd)$/, '').replace(/\.tgz$/, '.tar')
  const dot = inner.lastIndexOf('.')
  const extension = dot > 0 ? inner.slice(dot + 1) : ''
  const known = Object.hasOwn(KINDS, extension) ? KINDS[extension] : undefined
  const kind = known ?? (programmingLanguage(inner) === undefined ? undefined : 'code')
  return { kind, extension }
}
