import { Worker } from 'node:worker_threads'
import { AppError } from '#shared/errors.ts'
import { createClient, type Client } from '#shared/rpc/client.ts'
import type { Channel } from '#shared/rpc/message.ts'
import { portChannel } from '#shared/rpc/port-channel.ts'
import type { CallName, InputOf, OutputOf, StreamName } from '#shared/contract/define.ts'
import type { Parsing } from './contract.ts'
import { patienceMs, startWait, type Subject } from './patience.ts'
import { endsThread } from './failures.ts'

/** The built entry of the parser thread, outside the desktop package's archive, from which no thread can be started. */
export const PARSER_FILE = import.meta.url.endsWith('.ts')
  ? new URL('../../../dist/parser/parser.mjs', import.meta.url)
  : new URL(new URL('../parser/parser.mjs', import.meta.url).href.replace(/app\.asar(?=\/)/, 'app.asar.unpacked'))

export interface ParserOptions {
  /** Heap of the thread; a file that needs more costs that file. */
  readonly heapMegabytes?: number
  /** Longest any file may keep the thread without an answer, or a table without its next rows; smaller ones less. */
  readonly timeoutMs?: number
}

const DEFAULT_HEAP_MEGABYTES = 400
const DEFAULT_TIMEOUT_MS = 60_000

interface Running {
  readonly worker: Worker
  readonly client: Client<Parsing>
  readonly life: ThreadLife
}

interface ThreadLife {
  /** Told when the thread ends. */
  readonly waiting: Set<(end: ThreadEnd) => void>
  end: ThreadEnd | undefined
}

/**
 * Parses files in a thread of its own, one at a time or several. A file that crashes the thread, fills its heap or keeps
 * it busy for too long fails with `unreadable-source`; the next one gets a new thread. `close` ends it.
 */
export class Parser {
  readonly #options: Required<ParserOptions>
  #running: Running | undefined

  constructor({ heapMegabytes = DEFAULT_HEAP_MEGABYTES, timeoutMs = DEFAULT_TIMEOUT_MS }: ParserOptions = {}) {
    this.#options = { heapMegabytes, timeoutMs }
  }

  /** Starts the thread before it is asked, so that what it takes to start passes beside other work. */
  start(): void {
    this.#running ??= this.#start()
  }

  /** Asks the thread once about a file. Fails as the parser fails, or with `unreadable-source`, `timeout`, `cancelled`. */
  async call<K extends CallName<Parsing>>(
    name: K,
    input: InputOf<Parsing[K]>,
    about: Subject,
    signal?: AbortSignal,
  ): Promise<OutputOf<Parsing[K]>> {
    const running = (this.#running ??= this.#start())
    const answer = running.client.call(name, input, { signal })
    return this.#guard(running, answer, about)
  }

  /** Reads rows as the caller takes them; leaving the loop ends the reading. Fails like {@link call}. */
  async *stream<K extends StreamName<Parsing>>(
    name: K,
    input: InputOf<Parsing[K]>,
    about: Subject,
    signal?: AbortSignal,
  ): AsyncGenerator<OutputOf<Parsing[K]>> {
    const running = (this.#running ??= this.#start())
    const items = running.client.stream(name, input, { signal })
    try {
      for (;;) {
        const next = await this.#guard(running, items.next(), about)
        if (next.done === true) return
        yield next.value
      }
    } finally {
      await items.return?.()
    }
  }

  async close(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    await running?.worker.terminate()
  }

  async #guard<T>(running: Running, answer: Promise<T>, about: Subject): Promise<T> {
    const { name } = about
    const timeoutMs = patienceMs(about, this.#options.timeoutMs)
    let stopWait: (() => void) | undefined
    let giveUp: ((end: ThreadEnd) => void) | undefined
    try {
      // Not a race with one promise of the thread's end: that would keep every answer for as long as the thread lives.
      return await new Promise<T>((resolve, reject) => {
        giveUp = reject
        running.life.waiting.add(reject)
        if (running.life.end !== undefined) reject(running.life.end)
        stopWait = startWait(timeoutMs, () => reject(tooSlow(name, timeoutMs)))
        answer.then(resolve, reject)
      })
    } catch (error) {
      const isOver = error instanceof ThreadEnd
      if (isOver || (error instanceof AppError && (error.code === 'timeout' || endsThread(error))))
        await this.#abandon(running)
      throw isOver ? broken(name, error) : error
    } finally {
      stopWait?.()
      if (giveUp !== undefined) running.life.waiting.delete(giveUp)
    }
  }

  async #abandon(running: Running): Promise<void> {
    if (this.#running === running) this.#running = undefined
    await running.worker.terminate()
  }

  #start(): Running {
    const worker = new Worker(PARSER_FILE, {
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapMegabytes },
      stdout: true,
      stderr: true,
    })
    // Parsers are talkative about bad files; what matters reaches the log of the import.
    worker.stdout.resume()
    worker.stderr.resume()
    // Nobody waits for an idle thread.
    worker.unref()
    const life: ThreadLife = { waiting: new Set(), end: undefined }
    const finish = (cause: unknown): void => {
      life.end ??= new ThreadEnd(cause)
      for (const giveUp of life.waiting) giveUp(life.end)
    }
    // Before the client's own listener, which knows of no cause.
    worker.once('error', finish)
    worker.once('exit', () => finish(undefined))
    return { worker, client: createClient<Parsing>(threadChannel(worker)), life }
  }
}

/** True where the thread ended over a file, or was given up: every other file it was asked about failed with it. */
export function isThreadEnd(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'timeout' || error.cause instanceof ThreadEnd)
}

class ThreadEnd extends Error {
  override readonly cause: unknown
  constructor(cause: unknown) {
    super('The parser thread ended.')
    this.cause = cause
  }
}

function threadChannel(worker: Worker): Channel {
  return portChannel({
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    postMessage: (message) => worker.postMessage(message),
    on: (type, listener) => worker.on(type === 'close' ? 'exit' : 'message', (data) => listener({ data })),
    start: () => undefined,
    close: () => void worker.terminate(),
  })
}

function tooSlow(name: string, timeoutMs: number): AppError {
  return new AppError({
    code: 'timeout',
    message: `Reading "${name}" was given up after ${timeoutMs / 1000} seconds without a result.`,
    hint: 'It may be damaged or made to keep parsers busy. The other files are imported.',
    detail: { name },
  })
}

function broken(name: string, end: ThreadEnd): AppError {
  const { cause } = end
  const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return new AppError(
    {
      code: 'unreadable-source',
      message: isFull
        ? `Reading "${name}" takes more memory than a single file is given.`
        : `"${name}" broke the parser that read it.`,
      hint: 'It may be damaged. The other files are imported.',
      detail: { name },
    },
    { cause: end },
  )
}
