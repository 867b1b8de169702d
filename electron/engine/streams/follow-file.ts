import { open, stat, type FileHandle } from 'node:fs/promises'
import { watch, type FSWatcher } from 'node:fs'
import { AppError } from '#shared/errors.ts'
import { fileError } from '../store/errno.ts'

/** A whole line of a file, without its end. */
export interface FileLine {
  readonly text: string
  /** 1-based. */
  readonly line: number
  /** Bytes of the file up to the end of the line. */
  readonly end: number
}

export interface FilePosition {
  readonly offset: number
  /** Lines before it. */
  readonly line: number
}

export interface FollowOptions {
  readonly from: FilePosition
  /** Wait for more at its end instead of ending there; an unfinished last line is then not a line yet. */
  readonly follow: boolean
  readonly signal: AbortSignal
  readonly pollMs?: number
}

const READ_BYTES = 256 * 1024
const MAX_LINE_BYTES = 16 * 1024 * 1024
/** Events hurry the next look; some file systems send none. */
const POLL_MS = 500
const NEWLINE = 10

/**
 * Lines of a file as they come, a part at a time, empty ones left out. An aborted follow ends at the last whole line. A
 * file that became shorter or was replaced by another is an `unreadable-source`: which of its lines are new cannot be
 * told.
 */
export async function* followFile(
  path: string,
  { from, follow, signal, pollMs = POLL_MS }: FollowOptions,
): AsyncGenerator<readonly FileLine[]> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw fileError(error, path)
  })
  const bell = new Bell(path, signal)
  const splitter = new LineSplitter(path, from)
  try {
    const { ino } = await file.stat()
    const buffer = Buffer.allocUnsafe(READ_BYTES)
    for (;;) {
      const bytes = await readMore(file, buffer, splitter.read, signal)
      if (bytes > 0) {
        const lines = splitter.push(buffer.subarray(0, bytes))
        if (lines.length > 0) yield lines
        continue
      }
      if (!follow) {
        const last = splitter.finish()
        if (last.length > 0) yield last
        return
      }
      if (signal.aborted) return
      await checkSame(path, ino, splitter.read)
      await bell.wait(pollMs)
    }
  } finally {
    bell.close()
    await file.close()
  }
}

/** Nothing more is read once it is to end. */
async function readMore(file: FileHandle, buffer: Buffer, offset: number, signal: AbortSignal): Promise<number> {
  if (signal.aborted) return 0
  return (await file.read(buffer, 0, buffer.length, offset)).bytesRead
}

async function checkSame(path: string, ino: number, read: number): Promise<void> {
  const now = await stat(path).catch((error: unknown) => {
    throw fileError(error, path)
  })
  if (now.ino === ino && now.size >= read) return
  throw new AppError({
    code: 'unreadable-source',
    message:
      now.ino === ino ? `${path} became shorter while it was followed.` : `${path} was replaced by another file.`,
    hint: 'What had been read before is kept. Start the stream again, from the start of the file.',
    detail: { path },
  })
}

/** Cuts bytes into lines; a line may come in many parts. */
class LineSplitter {
  readonly #path: string
  #held: Buffer[] = []
  #heldBytes = 0
  #offset: number
  #line: number

  constructor(path: string, { offset, line }: FilePosition) {
    this.#path = path
    this.#offset = offset
    this.#line = line
  }

  /** Bytes of the file read so far. */
  get read(): number {
    return this.#offset + this.#heldBytes
  }

  push(bytes: Buffer): readonly FileLine[] {
    const lines: FileLine[] = []
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      const line = this.#take(bytes.subarray(start, end), 1)
      if (line.text.trim() !== '') lines.push(line)
      start = end + 1
    }
    if (start < bytes.length) this.#hold(bytes.subarray(start))
    return lines
  }

  /** The last line of a file that ends without a line end. */
  finish(): readonly FileLine[] {
    if (this.#heldBytes === 0) return []
    const line = this.#take(Buffer.alloc(0), 0)
    return line.text.trim() === '' ? [] : [line]
  }

  #take(rest: Buffer, endBytes: number): FileLine {
    const whole = this.#heldBytes === 0 ? rest : Buffer.concat([...this.#held, rest])
    this.#held = []
    this.#heldBytes = 0
    this.#offset += whole.length + endBytes
    this.#line += 1
    return { text: whole.toString('utf8').replace(/^\uFEFF/, ''), line: this.#line, end: this.#offset }
  }

  #hold(bytes: Buffer): void {
    // The reader uses its buffer again.
    this.#held.push(Buffer.from(bytes))
    this.#heldBytes += bytes.length
    if (this.#heldBytes <= MAX_LINE_BYTES) return
    throw new AppError({
      code: 'too-large',
      message: `Line ${this.#line + 1} of ${this.#path} is longer than 16 MB.`,
      hint: 'JSON Lines have one record a line. For a file that is one large JSON, import it as a table.',
      detail: { path: this.#path, line: this.#line + 1 },
    })
  }
}

class Bell {
  readonly #watcher: FSWatcher | undefined
  readonly #signal: AbortSignal
  #wake: (() => void) | undefined
  readonly #ring = (): void => this.#wake?.()

  constructor(path: string, signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', this.#ring)
    try {
      this.#watcher = watch(path, { persistent: false }, this.#ring)
      this.#watcher.on('error', () => this.#watcher?.close())
    } catch {
      // Looked at now and then instead.
    }
  }

  async wait(ms: number): Promise<void> {
    if (this.#signal.aborted) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = undefined
  }

  close(): void {
    this.#watcher?.close()
    this.#signal.removeEventListener('abort', this.#ring)
  }
}
