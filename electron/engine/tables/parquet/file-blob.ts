import { open, stat } from 'node:fs/promises'
import type { AppError } from '#shared/errors.ts'
import { formatBytes } from '#shared/model/format.ts'
import { tooLarge } from '../../parsing/index.ts'

/** Most that is read at once: what WebAssembly can hold, with room for what is made of it. */
const MAX_BYTES = 2 * 1024 ** 3
/** Node's `read` aborts the process above 2^31 - 1. */
const MAX_READ_BYTES = 512 * 1024 ** 2

interface File {
  readonly path: string
  readonly refuse: (byteLength: number) => void
  bytesFetched: number
  /** What was read, by place, to be given again; undefined = nothing is kept. */
  kept: Map<string, ArrayBuffer> | undefined
}

/** A range of a file as the Rust reader asks for it: what it calls of a `Blob`, without Node's copies of every piece. */
class FileRange {
  readonly size: number
  readonly #file: File
  readonly #start: number

  constructor(file: File, start: number, end: number) {
    this.size = Math.max(0, end - start)
    this.#file = file
    this.#start = start
  }

  slice(start: number, end: number): FileRange {
    return new FileRange(this.#file, this.#start + start, this.#start + Math.min(end, this.size))
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    if (this.size > MAX_BYTES) {
      this.#file.refuse(this.size)
      // Failing would be a panic of the reader, and the end of the thread.
      return new Promise(() => undefined)
    }
    this.#file.bytesFetched += this.size
    const place = `${this.#start}+${this.size}`
    const kept = this.#file.kept?.get(place)
    if (kept !== undefined) return kept
    const bytes = await this.#read()
    this.#file.kept?.set(place, bytes.buffer)
    return bytes.buffer
  }

  async #read(): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(this.size)
    const file = await open(this.#file.path)
    try {
      for (let filled = 0; filled < bytes.length;) {
        const { bytesRead } = await file.read(
          bytes,
          filled,
          Math.min(MAX_READ_BYTES, bytes.length - filled),
          this.#start + filled,
        )
        if (bytesRead === 0) throw new Error('The file became shorter while it was read.')
        filled += bytesRead
      }
    } finally {
      await file.close()
    }
    return bytes
  }
}

export interface FileBlob {
  readonly blob: Blob
  /** Bytes asked for so far. */
  bytesFetched(): number
  /** Rejects with `too-large` when more is asked for than can be read at once; whoever asked then waits for ever. */
  readonly refusal: Promise<never>
  /** Holds what is read from now on, for whoever asks for it again, or lets go of it. */
  keep(isKept: boolean): void
}

/** A file to be read range by range. Throws as `node:fs` does. */
export async function openFileBlob(path: string, name: string): Promise<FileBlob> {
  const { size } = await stat(path)
  let refuse: File['refuse'] = () => undefined
  const refusal = new Promise<never>((_resolve, reject) => {
    refuse = (byteLength) => reject(groupTooLarge(name, byteLength))
  })
  refusal.catch(() => undefined)
  const file: File = { path, refuse, bytesFetched: 0, kept: undefined }
  // The reader is written for pages of browsers, and calls no more than this of what they have.
  const blob = new FileRange(file, 0, size) as unknown as Blob
  const keep = (isKept: boolean): void => void (file.kept = isKept ? new Map<string, ArrayBuffer>() : undefined)
  return { blob, refusal, bytesFetched: () => file.bytesFetched, keep }
}

function groupTooLarge(name: string, byteLength: number): AppError {
  return tooLarge(
    name,
    `has a row group of ${formatBytes(byteLength)} without an index of its pages, more than can be held at once`,
    'Write it anew with smaller row groups (row_group_size in pyarrow), or with an index of pages (write_page_index).',
  )
}
