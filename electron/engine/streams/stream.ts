import { randomUUID } from 'node:crypto'
import type { Input } from '#shared/contract/index.ts'
import { AppError, toErrorValue } from '#shared/errors.ts'
import type { StreamEvent, StreamInfo } from '#shared/model/import/stream.ts'
import type { EngineContext } from '../context.ts'
import { resolveRealPath } from '../store/local-path.ts'
import { readCheckpoint } from './checkpoint.ts'
import { DatasetTarget } from './dataset-target.ts'
import { EventQueue } from './event-queue.ts'
import { watchFileCommits } from './file-commits.ts'
import { followFile, type FilePosition } from './follow-file.ts'
import { nameRecordType } from './record-type.ts'
import { RejectFile } from './rejects.ts'
import { resumePosition } from './resume.ts'
import { StreamSession } from './stream-session.ts'

const FLUSH_ROWS = 1000
const FLUSH_SECONDS = 5

/** One open stream: a session with what it tells, and where its records come from. */
export class Stream {
  readonly id = randomUUID()
  readonly events = new EventQueue<StreamEvent>()
  readonly #startedAt = new Date().toISOString()
  readonly #target: DatasetTarget
  readonly #session: StreamSession
  readonly #rejects: RejectFile
  readonly #file: { readonly path: string; readonly from: FilePosition; readonly follow: boolean } | undefined
  readonly #stop = new AbortController()
  #lines = 0
  #failure: unknown
  #closing: Promise<StreamInfo> | undefined

  private constructor(
    context: EngineContext,
    input: Input<'import.stream'>,
    target: DatasetTarget,
    file: { readonly path: string; readonly from: FilePosition; readonly follow: boolean } | undefined,
  ) {
    this.#target = target
    this.#file = file
    this.#rejects = new RejectFile(context.paths.dataDir)
    const mismatch = input.mismatch ?? 'refuse'
    this.#session = new StreamSession(target, {
      flushRows: input.flushRows ?? FLUSH_ROWS,
      flushMs: (input.flushSeconds ?? FLUSH_SECONDS) * 1000,
      mismatch,
      onChange: () => this.events.replace('counts', { kind: 'counts', stream: this.info }),
      onFlushed: (rows, version) => this.events.push({ kind: 'flushed', stream: this.info, rows, version }),
      onRefused: async (refusals) => {
        if (mismatch === 'file') await this.#rejects.add(refusals)
        this.events.push({ kind: 'refused', stream: this.info, records: refusals.map(({ shown }) => shown) })
      },
      onError: (error) => this.#fail(error),
    })
  }

  static async open(context: EngineContext, input: Input<'import.stream'>): Promise<Stream> {
    const { file } = input
    if (file === undefined) {
      const target = await DatasetTarget.open(context, input.location, 'Append pushed records')
      return new Stream(context, input, target, undefined)
    }
    const path = await resolveRealPath(file.path, context.paths.root)
    const start = { offset: 0, line: 0 }
    let commits = watchFileCommits(context.paths.dataDir, path, start)
    const target = await DatasetTarget.open(context, input.location, `Append the records of ${path}`, {
      before: (...args) => commits.before(...args),
      after: (...args) => commits.after(...args),
    })
    const from = file.from === 'start' ? start : await placeOf(context, target, path, file.from)
    commits = watchFileCommits(context.paths.dataDir, path, from)
    return new Stream(context, input, target, { path, from, follow: file.follow })
  }

  get info(): StreamInfo {
    const { version, counts } = this.#session
    return {
      id: this.id,
      location: this.#target.location,
      ...(this.#file === undefined ? {} : { file: this.#file.path }),
      startedAt: this.#startedAt,
      counts,
      ...(version === undefined ? {} : { version }),
      ...(this.#rejects.path === undefined ? {} : { rejectFile: this.#rejects.path }),
    }
  }

  /** Begins to tell, and to read its file. */
  start(): void {
    const columns = this.#session.fields?.map(({ name, type }) => ({ name, type: nameRecordType(type) })) ?? null
    this.events.push({ kind: 'opened', stream: this.info, columns })
    if (this.#file === undefined) return
    void this.#read(this.#file).then(
      () => this.close(),
      (error: unknown) => this.#fail(error),
    )
  }

  async push(lines: readonly string[]) {
    if (this.#file !== undefined) throw takesNoRecords()
    this.#check()
    const from = this.#lines
    this.#lines += lines.length
    const incoming = lines.map((text, at) => ({ text, line: from + at + 1 })).filter(({ text }) => text.trim() !== '')
    try {
      const refused = await this.#session.accept(incoming)
      return { counts: this.#session.counts, refused }
    } catch (error) {
      this.#fail(error)
      throw error
    }
  }

  async flush(): Promise<StreamInfo> {
    this.#check()
    await this.#session.flush()
    return this.info
  }

  /** Commits what is buffered and ends; what was told before is still read. Again, answers the same. */
  close(): Promise<StreamInfo> {
    return (this.#closing ??= this.#close())
  }

  async #close(): Promise<StreamInfo> {
    this.#stop.abort()
    try {
      await this.#session.close()
      await this.#target.close({ outcome: 'done', result: this.#session.counts })
    } catch (error) {
      this.#failure ??= error
      await this.#target.close({ outcome: 'failed', error: toErrorValue(error) })
      this.events.fail(error)
      throw error
    }
    this.events.push({ kind: 'closed', stream: this.info })
    this.events.end()
    return this.info
  }

  async #read({
    path,
    from,
    follow,
  }: {
    readonly path: string
    readonly from: FilePosition
    readonly follow: boolean
  }) {
    for await (const lines of followFile(path, { from, follow, signal: this.#stop.signal })) {
      await this.#session.accept(lines)
    }
  }

  /** What was committed stays; what is buffered is tried once more, and then the stream ends with the failure. */
  #fail(error: unknown): void {
    if (this.#closing !== undefined) return
    this.#failure = error
    this.#stop.abort()
    this.#closing = this.#closeFailed(error)
  }

  async #closeFailed(error: unknown): Promise<StreamInfo> {
    try {
      await this.#session.close()
    } catch {
      // The failure that is told is the first one.
    }
    await this.#target.close({ outcome: 'failed', error: toErrorValue(error) })
    this.events.fail(error)
    return this.info
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure
    if (this.#closing === undefined) return
    throw new AppError({ code: 'not-found', message: 'This stream was closed.', hint: 'Open a new one.' })
  }
}

async function placeOf(
  context: EngineContext,
  { dataset }: DatasetTarget,
  path: string,
  from: 'resume' | 'end',
): Promise<FilePosition> {
  if (from === 'end') return endOf(path)
  const checkpoint =
    dataset === undefined ? undefined : await readCheckpoint(context.paths.dataDir, dataset.location, path)
  return checkpoint === undefined || dataset === undefined
    ? { offset: 0, line: 0 }
    : resumePosition(context, checkpoint, dataset)
}

/** Behind the last whole line. */
async function endOf(path: string): Promise<FilePosition> {
  let place: FilePosition = { offset: 0, line: 0 }
  const signal = new AbortController().signal
  for await (const lines of followFile(path, { from: place, follow: false, signal })) {
    const last = lines.at(-1)
    if (last !== undefined) place = { offset: last.end, line: last.line }
  }
  return place
}

function takesNoRecords(): AppError {
  return new AppError({
    code: 'invalid-input',
    message: 'This stream reads a file; records cannot be pushed into it.',
    hint: 'Open a stream without a file.',
  })
}
