import { AppError } from '#shared/errors.ts'
import type { RefusedRecord, StreamCounts } from '#shared/model/import/stream.ts'
import { fitRecord } from './fit-record.ts'
import { inferFields } from './infer-fields.ts'
import { parseRecord } from './parse-record.ts'
import type { RecordField } from './record-type.ts'
import { toArrowFile } from './to-arrow.ts'

/** Where a stream writes. */
export interface StreamTarget {
  /** Absent until the dataset is there. */
  readonly fields: readonly RecordField[] | undefined
  create(fields: readonly RecordField[]): Promise<void>
  /** Commits an Arrow IPC file of so many rows; the version made. `to` is the place of the last record, as it came. */
  append(file: Uint8Array, rows: number, last: IncomingLine): Promise<number>
}

/** A record as it comes, with its place. */
export interface IncomingLine {
  readonly text: string
  readonly line: number
  /** Bytes of the file up to its end; of files only. */
  readonly end?: number
}

/** A record that does not fit, as it is shown and whole. */
export interface Refusal {
  readonly shown: RefusedRecord
  readonly text: string
}

export interface SessionOptions {
  readonly flushRows: number
  readonly flushMs: number
  readonly mismatch: 'refuse' | 'file' | 'stop'
  /** Told every change. */
  onChange(): void
  onFlushed(rows: number, version: number): void
  onRefused(records: readonly Refusal[]): void | Promise<void>
  /** A commit that was due by time failed; the records stay buffered. */
  onError(error: unknown): void
}

/** A buffer takes at most so much of records' text, whatever their number. */
const MAX_BUFFER_CHARACTERS = 16_000_000
const TEXT_MAX = 1000

/**
 * Records into one dataset, in order: buffered, and committed when there are enough, they are old enough, or somebody
 * asks. The first record fixes the schema of a dataset that is not there yet. What cannot be committed stays buffered.
 */
export class StreamSession {
  readonly #target: StreamTarget
  readonly #options: SessionOptions
  #fields: readonly RecordField[] | undefined
  #rows: (readonly unknown[])[] = []
  #characters = 0
  #last: IncomingLine | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #lane: Promise<unknown> = Promise.resolve()
  #persisted = 0
  #refused = 0
  #version: number | undefined

  constructor(target: StreamTarget, options: SessionOptions) {
    this.#target = target
    this.#options = options
    this.#fields = target.fields
  }

  get counts(): StreamCounts {
    const buffered = this.#rows.length
    return { total: buffered + this.#persisted, buffered, persisted: this.#persisted, refused: this.#refused }
  }

  get fields(): readonly RecordField[] | undefined {
    return this.#fields
  }

  get version(): number | undefined {
    return this.#version
  }

  /** Takes records; resolves when they are buffered or committed. With `stop`, fails with `schema-mismatch` at a bad one. */
  accept(lines: readonly IncomingLine[]): Promise<readonly RefusedRecord[]> {
    return this.#inTurn(async () => {
      const refused: Refusal[] = []
      for (const line of lines) {
        const reason = await this.#take(line)
        if (reason === undefined) continue
        const shown = { line: line.line, reason, record: line.text.slice(0, TEXT_MAX) }
        this.#refused++
        refused.push({ shown, text: line.text })
        if (this.#options.mismatch !== 'stop') continue
        await this.#options.onRefused(refused)
        await this.#flush()
        throw mismatch(shown)
      }
      if (refused.length > 0) await this.#options.onRefused(refused)
      this.#options.onChange()
      return refused.map(({ shown }) => shown)
    })
  }

  /** Commits what is buffered. */
  flush(): Promise<void> {
    return this.#inTurn(() => this.#flush())
  }

  /** Commits what is buffered and takes nothing more by time. */
  async close(): Promise<void> {
    try {
      await this.flush()
    } finally {
      clearTimeout(this.#timer)
    }
  }

  async #take(line: IncomingLine): Promise<string | undefined> {
    const parsed = parseRecord(line.text)
    if ('reason' in parsed) return parsed.reason
    const fields = (this.#fields ??= await this.#create(parsed.record))
    const fitted = fitRecord(fields, parsed.record)
    if ('reason' in fitted) return fitted.reason
    this.#rows.push(fitted.values)
    this.#characters += line.text.length
    this.#last = line
    this.#timer ??= this.#schedule()
    const isFull = this.#rows.length >= this.#options.flushRows || this.#characters >= MAX_BUFFER_CHARACTERS
    if (isFull) await this.#flush()
    return undefined
  }

  async #create(record: Readonly<Record<string, unknown>>): Promise<readonly RecordField[]> {
    const fields = inferFields(record)
    if (fields.length === 0) throw emptyFirst()
    await this.#target.create(fields)
    return fields
  }

  #schedule(): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.#timer = undefined
      this.flush().catch((error: unknown) => this.#options.onError(error))
    }, this.#options.flushMs)
  }

  async #flush(): Promise<void> {
    const rows = this.#rows
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (rows.length === 0 || this.#fields === undefined || this.#last === undefined) return
    this.#version = await this.#target.append(toArrowFile(this.#fields, rows), rows.length, this.#last)
    this.#rows = []
    this.#characters = 0
    this.#persisted += rows.length
    this.#options.onFlushed(rows.length, this.#version)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lane.then(work)
    this.#lane = turn.catch(() => undefined)
    return turn
  }
}

function mismatch({ line, reason, record }: RefusedRecord): AppError {
  return new AppError({
    code: 'schema-mismatch',
    message: `Record ${line} does not fit: ${reason}`,
    hint: 'The records before it are committed. Mend it and go on behind them, or let records that do not fit be refused one by one.',
    detail: { line, record },
  })
}

function emptyFirst(): AppError {
  return new AppError({
    code: 'schema-mismatch',
    message: 'The first record is an empty object, and would make a dataset without columns.',
    hint: 'Begin with a record that has every column.',
  })
}
