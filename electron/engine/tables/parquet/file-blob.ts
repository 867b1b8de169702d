import { open, stat } from 'node:fs/promises'

/** A range of a file as the Rust reader asks for it: what it calls of a `Blob`, without Node's copies of every piece. */
class FileRange {
  readonly size: number
  readonly #path: string
  readonly #start: number

  constructor(path: string, start: number, end: number) {
    this.size = Math.max(0, end - start)
    this.#path = path
    this.#start = start
  }

  slice(start: number, end: number): FileRange {
    return new FileRange(this.#path, this.#start + start, this.#start + Math.min(end, this.size))
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = new Uint8Array(this.size)
    const file = await open(this.#path)
    try {
      for (let filled = 0; filled < bytes.length;) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, this.#start + filled)
        if (bytesRead === 0) throw new Error('The file became shorter while it was read.')
        filled += bytesRead
      }
    } finally {
      await file.close()
    }
    return bytes.buffer
  }
}

/** A file to be read range by range. Throws as `node:fs` does. */
export async function openFileBlob(path: string): Promise<Blob> {
  const { size } = await stat(path)
  // The reader is written for pages of browsers, and calls no more than this of what they have.
  return new FileRange(path, 0, size) as unknown as Blob
}
