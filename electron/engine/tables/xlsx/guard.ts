import { open } from 'node:fs/promises'
import yauzl from 'yauzl'
import { unreadable } from '../errors.ts'

/** Most bytes of a workbook unpacked, as its entries say and as they really are. */
const MAX_UNPACKED_BYTES = 256 * 1024 ** 2
const MAX_ENTRIES = 10_000
/** XML packs well, but not like this. */
const MAX_GROWTH = 200
const SMALL_BYTES = 16 * 1024 ** 2

/** Old workbooks are not packed: what they take grows with their size, and the thread's heap ends it. */
const MAX_OLE_BYTES = 64 * 1024 ** 2
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/** Refuses a workbook that is no archive of a kind it may have, or too much for memory, before a parser sees it. */
export async function guardWorkbook(path: string, name: string): Promise<void> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(OLE.length), 0, OLE.length, 0)
    const { size } = await file.stat()
    if (bytesRead === OLE.length && buffer.equals(OLE)) {
      if (size <= MAX_OLE_BYTES) return
      throw unreadable(
        name,
        `it is an old workbook of more than ${MAX_OLE_BYTES / 1024 ** 2} MB.`,
        'Save it as .xlsx or its sheet as CSV.',
      )
    }
  } finally {
    await file.close()
  }
  await guardArchive(path, name)
}

/** Refuses a workbook that is no ZIP archive or unpacks to more than memory has, before a parser sees it. */
async function guardArchive(path: string, name: string): Promise<void> {
  const archive = await openArchive(path, name)
  try {
    let declared = 0
    let real = 0
    let entries = 0
    for await (const entry of entriesOf(archive)) {
      declared += entry.uncompressedSize
      const growth = entry.uncompressedSize / Math.max(1, entry.compressedSize)
      const isBomb = entry.uncompressedSize > SMALL_BYTES && growth > MAX_GROWTH
      if (++entries > MAX_ENTRIES || declared > MAX_UNPACKED_BYTES || isBomb) throw tooLarge(name)
      real += await unpackedLength(archive, entry, MAX_UNPACKED_BYTES - real)
      if (real > MAX_UNPACKED_BYTES) throw tooLarge(name)
    }
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AppError') throw cause
    throw unreadable(name, `it is not a whole workbook: ${cause instanceof Error ? cause.message : String(cause)}.`)
  } finally {
    archive.close()
  }
}

function openArchive(path: string, name: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, archive) => {
      if (error === null) resolve(archive)
      else {
        const hint = 'Open it with a spreadsheet program and save it as .xlsx.'
        reject(unreadable(name, 'it is not a workbook, or not a whole one.', hint))
      }
    })
  })
}

async function* entriesOf(archive: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  for (;;) {
    const entry = await new Promise<yauzl.Entry | undefined>((resolve, reject) => {
      const settle = (then: () => void): void => {
        archive.removeAllListeners('entry')
        archive.removeAllListeners('end')
        archive.removeAllListeners('error')
        then()
      }
      archive.once('entry', (next: yauzl.Entry) => settle(() => resolve(next)))
      archive.once('end', () => settle(() => resolve(undefined)))
      archive.once('error', (error: Error) => settle(() => reject(error)))
      archive.readEntry()
    })
    if (entry === undefined) return
    yield entry
  }
}

/** Unpacks an entry into nothing; it fails where it is longer than it says. */
function unpackedLength(archive: yauzl.ZipFile, entry: yauzl.Entry, limit: number): Promise<number> {
  return new Promise((resolve, reject) => {
    archive.openReadStream(entry, (error, stream) => {
      if (error !== null) return reject(error)
      let length = 0
      stream.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length <= limit) return
        stream.destroy()
        resolve(length)
      })
      stream.once('end', () => resolve(length))
      stream.once('error', reject)
    })
  })
}

function tooLarge(name: string) {
  return unreadable(
    name,
    `it unpacks to more than ${MAX_UNPACKED_BYTES / 1024 ** 2} MB, or to far more than a workbook would.`,
    'Save the sheet as CSV.',
  )
}
