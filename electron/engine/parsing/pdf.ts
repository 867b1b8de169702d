import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api.js'
import { assetPath } from './assets.ts'
import { defineBrowserNames } from './browser-names.ts'
import type { SourceFile } from './contract.ts'
import { isProtected, toReadError } from './failures.ts'

/** Read at once when the library asks for any byte of it. */
const RANGE_BYTES = 256 * 1024

export interface OpenPdf {
  readonly document: PDFDocumentProxy
  close(): Promise<void>
}

type Library = typeof import('pdfjs-dist/legacy/build/pdf.mjs')
let library: Promise<Library> | undefined

/** Opens a PDF; of a big file only the parts that are needed are read. Throws `unreadable-source`. Close it. */
export async function openPdf(file: SourceFile): Promise<OpenPdf> {
  const pdf = await (library ??= loadLibrary())
  const fd = openFile(file)
  try {
    const { size } = fstatSync(fd)
    const task = pdf.getDocument({
      range: new (rangeReader(pdf))(fd, size),
      rangeChunkSize: RANGE_BYTES,
      disableAutoFetch: true,
      disableStream: true,
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      useWorkerFetch: false,
      useWasm: false,
      // Text of older Chinese, Japanese and Korean documents needs these tables.
      cMapUrl: `${assetPath('pdfjs-dist/cmaps')}/`,
      cMapPacked: true,
      verbosity: pdf.VerbosityLevel.ERRORS,
    })
    const close = async (): Promise<void> => {
      await task.destroy().catch(() => undefined)
      closeSync(fd)
    }
    try {
      return { document: await task.promise, close }
    } catch (error) {
      await task.destroy().catch(() => undefined)
      throw error
    }
  } catch (error) {
    closeSync(fd)
    if (error instanceof Error && error.name === 'PasswordException')
      throw isProtected(file.name, 'it wants a password')
    throw toReadError(error, file.name, 'PDF')
  }
}

function openFile({ path, name }: SourceFile): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw toReadError(error, name, 'PDF')
  }
}

async function loadLibrary(): Promise<Library> {
  const globals = defineBrowserNames()
  // The thread is the library's worker already: a second one inside it would escape our limits.
  // @ts-expect-error -- the worker comes without types; nothing of it is called here
  globals['pdfjsWorker'] = await import('pdfjs-dist/legacy/build/pdf.worker.mjs')
  return import('pdfjs-dist/legacy/build/pdf.mjs')
}

function rangeReader(pdf: Library) {
  return class RangeReader extends pdf.PDFDataRangeTransport {
    readonly #fd: number

    constructor(fd: number, size: number) {
      super(size, null)
      this.#fd = fd
    }

    override requestDataRange(begin: number, end: number): void {
      const bytes = new Uint8Array(end - begin)
      try {
        readSync(this.#fd, bytes, 0, bytes.length, begin)
      } catch {
        // Zeros then, which the parser reports as damage.
      }
      queueMicrotask(() => this.onDataRange(begin, bytes))
    }
  }
}
