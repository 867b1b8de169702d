import { stat } from 'node:fs/promises'
import { familyOf, type ImportProblem, type SourceItem, type SourceKind } from '#shared/model/import/source.ts'
import {
  decodeText,
  looksBinary,
  readRange,
  toReadError,
  unpackHead,
  type Compression,
  type SourceFile,
} from '../parsing/index.ts'
import { kindByMime, readSignature } from './by-content.ts'
import { kindByName, type NamedKind } from './by-name.ts'
import { inspectArchive, inspectOle } from './containers.ts'
import { inspectFolder } from './lance-folder.ts'
import { readPages } from './pages.ts'
import { kindOfText } from './text-kind.ts'
import { extensionNote, problem, UNREAD_DOCUMENT } from './wording.ts'

const HEAD_BYTES = 64 * 1024
/** Documents that may be compressed, beside the tables that may; others are kept as the bytes they are. */
const COMPRESSIBLE: ReadonlySet<SourceKind> = new Set([
  'text',
  'code',
  'markdown',
  'html',
  'email',
  'csv',
  'json',
  'jsonl',
])

/** Documents that look like text and are none that anybody wants to read. */
const UNREAD: ReadonlySet<string> = new Set(['application/rtf', 'application/postscript', 'application/eps'])

/** What was found out about a file beside its name and size. */
export interface Findings {
  readonly kind: SourceKind
  readonly compression?: Compression
  readonly pages?: number
  readonly problems: readonly ImportProblem[]
}

/**
 * What a file, or the folder of a dataset, is: by its content first, then by its name. Reads little of it. Whatever is wrong
 * is a problem of the item, never a failure.
 */
export async function inspectSource(file: SourceFile): Promise<SourceItem> {
  const named = kindByName(file.name)
  let bytes = 0
  try {
    const stats = await stat(file.path)
    if (stats.isDirectory()) {
      const folder = await inspectFolder(file)
      return toItem(file, folder.bytes, folder)
    }
    bytes = stats.size
    if (!stats.isFile()) {
      return toItem(file, 0, failed(named, problem('error', 'This is a device or a pipe, not a file.', 'Drop a file.')))
    }
    return toItem(file, bytes, await inspectFile(file, bytes, named))
  } catch (error) {
    const { message, hint } = toReadError(error, file.name, named.kind ?? 'a file')
    return toItem(file, bytes, failed(named, problem('error', message, hint)))
  }
}

async function inspectFile(file: SourceFile, bytes: number, named: NamedKind): Promise<Findings> {
  if (bytes === 0) return failed(named, problem('error', 'The file is empty.', 'Leave it out.'))
  const head = await readRange(file.path, 0, Math.min(HEAD_BYTES, bytes))
  const signature = readSignature(head)
  switch (signature?.is) {
    case 'kind':
      return checkKind(file, signature.kind, named, bytes)
    case 'encrypted-parquet':
      return {
        kind: 'parquet',
        problems: [problem('error', 'The Parquet file is encrypted.', 'Write it without encryption and drop that.')],
      }
    case 'container':
      return signature.container === 'zip' ? inspectArchive(file, named) : inspectOle(file, named)
    case 'compressed':
      return inspectCompressed(file, head, signature.compression)
    case undefined:
      return inspectPlain(file, head, named)
  }
}

async function checkKind(file: SourceFile, kind: SourceKind, named: NamedKind, bytes: number): Promise<Findings> {
  const problems = extensionNote(kind, named)
  if (kind === 'pdf') return { kind, ...(await readPages(file, problems)) }
  if (kind === 'parquet') {
    const tail = (await readRange(file.path, Math.max(0, bytes - 4), 4)).toString('latin1')
    if (tail === 'PARE') {
      return { kind, problems: [problem('error', 'The Parquet file is encrypted.', 'Write it without encryption.')] }
    }
    if (tail !== 'PAR1') {
      return { kind, problems: [...problems, problem('error', 'The Parquet file is cut off: its end is missing.')] }
    }
  }
  return { kind, problems }
}

/** A compressed file is what it unpacks to, where that can be read as it comes; else it is kept as its bytes. */
async function inspectCompressed(file: SourceFile, head: Uint8Array, compression: Compression): Promise<Findings> {
  const inner = await unpackHead(head, compression)
  const named = kindByName(file.name, compression)
  if (inner.length === 0) {
    const kind = named.kind ?? 'binary'
    return {
      kind,
      compression,
      problems: [problem('error', `The ${compression} data is damaged, cut off or empty.`, 'Get the file again.')],
    }
  }
  const signature = readSignature(inner)
  if (signature === undefined && !looksBinary(inner.subarray(0, 4096)) && !isTar(inner)) {
    const kind = kindOfText(await headText(inner), named.kind)
    if (COMPRESSIBLE.has(kind)) return { kind, compression, problems: extensionNote(kind, named) }
  }
  return {
    kind: 'binary',
    problems: [
      problem(
        'note',
        'What is compressed in it is not text or a table of text; it is kept as the bytes it is.',
        'Unpack it and drop what is in it to import that.',
      ),
    ],
  }
}

async function inspectPlain(file: SourceFile, head: Uint8Array, named: NamedKind): Promise<Findings> {
  const { fileTypeFromBuffer } = await import('file-type')
  // The byte order mark of UTF-16 passes for a frame of MPEG layer 1, which nobody has.
  const isMarked = head[0] === 0xff && head[1] === 0xfe
  const found = isMarked ? undefined : await fileTypeFromBuffer(head).catch(() => undefined)
  const media = found === undefined ? undefined : kindByMime(found.mime)
  if (media !== undefined) return { kind: media, problems: extensionNote(media, named) }
  if (found !== undefined && UNREAD.has(found.mime)) return { kind: 'binary', problems: [UNREAD_DOCUMENT] }
  if (found !== undefined && found.mime !== 'application/xml' && looksBinary(head.subarray(0, 4096)))
    return asBinary(named, found.ext)
  if (looksBinary(head)) {
    // Sounds and films of kinds without a signature are told by their names only.
    if (named.kind === 'audio' || named.kind === 'video') return { kind: named.kind, problems: [] }
    return asBinary(named)
  }
  const kind = kindOfText(await headText(head), named.kind)
  return { kind, problems: extensionNote(kind, named) }
}

function asBinary(named: NamedKind, format?: string): Findings {
  const isExpected = named.kind === undefined || named.kind === 'binary'
  return {
    kind: 'binary',
    problems: isExpected
      ? []
      : [
          problem(
            'warning',
            `It is called .${named.extension}, but its content is not that${format === undefined ? '' : `: it is ${format}`}. It is kept as the bytes it is.`,
            'It may be damaged, or have the wrong name.',
          ),
        ],
  }
}

function isTar(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar'
}

async function headText(head: Uint8Array): Promise<string> {
  return (await decodeText(head)).text
}

function failed(named: NamedKind, found: ImportProblem): Findings {
  return { kind: named.kind ?? 'binary', problems: [found] }
}

function toItem({ path, name }: SourceFile, bytes: number, { kind, ...found }: Findings): SourceItem {
  const { compression, pages, problems } = found
  return {
    path,
    name,
    kind,
    family: familyOf(kind),
    ...(compression === undefined ? {} : { compression }),
    bytes,
    ...(pages === undefined ? {} : { pages }),
    problems,
  }
}
