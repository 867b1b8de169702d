import { open, type Entry, type ZipFile } from 'yauzl'
import { formatCount } from '#shared/model/format.ts'
import type { SourceFile } from './contract.ts'
import { toMegabytes } from './bytes.ts'
import { isProtected, toReadError, tooLarge, unreadable } from './failures.ts'

const MAX_ENTRIES = 50_000
/** What may be unpacked of one archive, and of one part of it. */
const MAX_TOTAL_BYTES = 256 * 1024 * 1024
const MAX_PART_BYTES = 128 * 1024 * 1024

/** An archive whose directory was read; parts are unpacked when asked for, within bounds. `close` it. */
export interface ZipArchive {
  /** Names of all parts, in the order of the directory. */
  readonly names: readonly string[]
  has(part: string): boolean
  /** Unpacked bytes. Throws `too-large` for archives that unpack beyond all measure, `unreadable-source` otherwise. */
  read(part: string): Promise<Buffer>
  /** Like {@link read}; undefined when there is no such part. */
  readText(part: string): Promise<string | undefined>
  close(): void
}

/** Reads the directory of an archive. Throws `unreadable-source`, `too-large`. `kind` is how errors call the file. */
export async function openZip(file: SourceFile, kind: string): Promise<ZipArchive> {
  const zip = await openFile(file, kind)
  const entries = new Map<string, Entry>()
  try {
    if (zip.entryCount > MAX_ENTRIES) {
      throw tooLarge(file.name, `holds ${formatCount(zip.entryCount)} parts, more than a document has`)
    }
    await readDirectory(zip, entries)
  } catch (error) {
    zip.close()
    throw toReadError(error, file.name, kind)
  }
  let left = MAX_TOTAL_BYTES
  const read = async (part: string): Promise<Buffer> => {
    const entry = entries.get(part)
    if (entry === undefined) throw unreadable(file.name, `has no part "${part}", which every ${kind} has`)
    if (entry.isEncrypted()) throw isProtected(file.name, 'its parts are encrypted')
    const limit = Math.min(left, MAX_PART_BYTES)
    // The declared size is checked by yauzl against what comes out.
    if (entry.uncompressedSize > limit) {
      throw tooLarge(
        file.name,
        `unpacks to more than ${toMegabytes(limit)}, which no ${kind} needs`,
        'It may be made to fill memory. Leave it out.',
      )
    }
    left -= entry.uncompressedSize
    return readEntry(zip, entry, file.name, kind)
  }
  return {
    names: [...entries.keys()],
    has: (part) => entries.has(part),
    read,
    readText: async (part) => (entries.has(part) ? decodeXml(await read(part)) : undefined),
    close: () => zip.close(),
  }
}

/** Text of an XML or HTML part, which is UTF-8 unless a byte order mark says otherwise. */
function decodeXml(bytes: Buffer): string {
  const label =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(label).decode(bytes)
}

function openFile({ path, name }: SourceFile, kind: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) => {
      if (error === null) resolve(zip)
      else reject(toReadError(error, name, kind))
    })
  })
}

function readDirectory(zip: ZipFile, entries: Map<string, Entry>): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      // The first of one name counts, as it does for those who wrote the file.
      if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.once('end', resolve)
    zip.once('error', reject)
    zip.readEntry()
  })
}

function readEntry(zip: ZipFile, entry: Entry, name: string, kind: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(toReadError(error, name, kind))
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) return fail(error)
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.once('error', fail)
      stream.once('end', () => resolve(Buffer.concat(parts)))
    })
  })
}
