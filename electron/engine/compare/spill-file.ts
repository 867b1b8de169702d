import { open, rm, type FileHandle } from 'node:fs/promises'
import { AppError } from '#shared/errors.ts'

/** A temporary file of 32-bit words, appended to and read back at any place. Made on the first write. */
export class SpillFile {
  readonly #name: () => string
  #path: string | undefined
  #handle: FileHandle | undefined
  #bytes = 0

  constructor(name: () => string) {
    this.#name = name
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#bytes
  }

  /** Appends words and returns the position, in bytes, to read them back from. `disk-full`. */
  async append(words: Int32Array): Promise<number> {
    const position = this.#bytes
    this.#bytes += words.byteLength
    try {
      if (this.#handle === undefined) {
        this.#path = this.#name()
        this.#handle = await open(this.#path, 'wx+', 0o600)
      }
      await this.#handle.writev([words], position)
      return position
    } catch (error) {
      throw writeError(error)
    }
  }

  /** Fills `words` from a position. */
  async readInto(position: number, words: Int32Array): Promise<void> {
    const { bytesRead } = (await this.#handle?.read(words, 0, words.byteLength, position)) ?? { bytesRead: 0 }
    if (bytesRead !== words.byteLength) throw lostFile()
  }

  /** Removes the file. Reading afterwards fails. */
  async remove(): Promise<void> {
    const [handle, path] = [this.#handle, this.#path]
    this.#handle = undefined
    this.#path = undefined
    await handle?.close().catch(() => undefined)
    if (path !== undefined) await rm(path, { force: true })
  }
}

function writeError(cause: unknown): unknown {
  if (cause instanceof AppError || !(cause instanceof Error) || !('code' in cause)) return cause
  const isFull = cause.code === 'ENOSPC' || cause.code === 'EDQUOT'
  return new AppError(
    {
      code: isFull ? 'disk-full' : 'permission-denied',
      message: isFull
        ? 'The disk is full: a comparison this large needs room for its intermediate results.'
        : "A comparison's intermediate results could not be written.",
      hint: 'Free space in the folder of TILTYARD_DATA_DIR, or name another one.',
      detail: { errno: cause.code },
    },
    { cause },
  )
}

function lostFile(): AppError {
  return new AppError({
    code: 'comparison-expired',
    message: 'The intermediate results of this comparison are gone.',
    hint: 'Compare again.',
  })
}
