import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import type { ImportLogLine } from '#shared/model/import/result.ts'
import { proveAppend } from '../appends/index.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import {
  addRows,
  concatIpcFiles,
  createRowDigester,
  deleteRows,
  encodeRows,
  mergeRows,
  nativeWriterFor,
  pickFromBatch,
  type RowDigester,
  type RowsBatch,
  type RowsSchema,
} from '../lance/index.ts'
import { lastOfEachKey } from './duplicates.ts'
import type { Intent, Journal, Progress } from './journal.ts'
import type { WriteWay } from './write-plan.ts'

const TRIES = 5
const PAUSE_MS = 100
/** Paths named in one filter. */
const MAX_PATHS = 1000

/** Rows that are to be committed together. */
export interface Gathered {
  readonly batches: readonly RowsBatch[]
  /** Files all rows of which are among them. */
  readonly whole: readonly string[]
  /** How far the sources were read for them, and what of it was left out. */
  readonly reading: Reading
}

/** What reading adds to the progress of an import; its counts since the commit before. */
export type Reading = Pick<
  Progress,
  'position' | 'filesDone' | 'filesFailed' | 'bytesRead' | 'rejectBytes' | 'rowsSkipped' | 'rowsRejected' | 'elapsedMs'
>

/** A commit all is decided about. It holds none of the batches it was made of. */
export interface ReadyCommit {
  /** Of the file. */
  readonly rows: number
  /** An Arrow IPC file; undefined where no row is left to write. */
  readonly file: Buffer | undefined
  /** By which an append is found again. */
  readonly proof: Intent['proof']
  readonly whole: readonly string[]
  readonly reading: Reading
  /** Rows left out: they have no key, or others of the commit have the same. */
  readonly keyless: number
  readonly replaced: number
}

/** Commits batches of rows and keeps the journal about it: what is meant before, what is done after. */
export class BatchWriter {
  readonly #context: EngineContext
  readonly #dataset: OpenDataset
  readonly #journal: Journal
  readonly #way: WriteWay
  readonly #digester: RowDigester | undefined
  /** Columns a row is recognised by. */
  readonly proofColumns: readonly string[]

  constructor(context: EngineContext, dataset: OpenDataset, journal: Journal, way: WriteWay, schema: RowsSchema) {
    this.#context = context
    this.#dataset = dataset
    this.#journal = journal
    this.#way = way
    this.#digester = way.kind === 'append' ? undefined : createRowDigester(schema, way.key)
    this.proofColumns = schema.columns.map(({ name }) => name)
  }

  prepare({ batches, whole, reading }: Gathered): ReadyCommit {
    const { rows, kept, keyless } = this.#choose(batches)
    const came = batches.reduce((sum, batch) => sum + batch.rows, 0)
    const file = rows === 0 ? undefined : join(kept)
    const proof = this.#way.kind === 'append' ? proveAppend(kept, this.proofColumns) : undefined
    return { rows, file, proof, whole, reading, keyless, replaced: came - rows - keyless }
  }

  /**
   * Commits rows; what is done then. `committed`: what the commit before covers. An append is not to be done twice: the
   * journal says what to look for when it is not known whether it was done. The other ways may be.
   */
  async commit(ready: ReadyCommit, committed: Progress): Promise<Progress> {
    const { file, proof, whole, rows, keyless } = ready
    const done = withReading(committed, ready)
    if (keyless > 0) await this.#journal.log([withoutKey(keyless)])
    if (file === undefined) {
      await this.#journal.track({ done })
      return done
    }
    const base = (await this.#dataset.resolve()).version
    const after = { ...done, rowsWritten: done.rowsWritten + rows, commits: done.commits + 1, version: base + 1 }
    const replacesAll = this.#way.kind !== 'files' && this.#way.replacesAll && done.commits === 0
    const intent: Intent = { base, rows, proof: replacesAll ? undefined : proof, atMs: Date.now(), after }
    await this.#journal.track({ done: committed, intent })
    const { version, deleted } = await this.#patiently(() => this.#write(file, whole, replacesAll))
    const now = { ...after, rowsDeleted: done.rowsDeleted + deleted, version }
    await this.#journal.track({ done: now })
    return now
  }

  /** Deletes all rows of files. */
  async deleteFiles(
    names: readonly string[],
  ): Promise<{ readonly rows: number; readonly version: number | undefined }> {
    if (this.#way.kind !== 'files') return { rows: 0, version: undefined }
    const { path } = this.#way.columns
    let rows = 0
    let version: number | undefined
    for (let from = 0; from < names.length; from += MAX_PATHS) {
      const filter = isOneOf(path, names.slice(from, from + MAX_PATHS))
      const deleted = await this.#patiently(() => deleteRows(this.#writer, this.#dataset, filter))
      rows += deleted.rows
      version = deleted.version
    }
    return { rows, version }
  }

  get #writer(): ReturnType<typeof nativeWriterFor> {
    return nativeWriterFor(this.#context.paths.dataDir)
  }

  #choose(batches: readonly RowsBatch[]): {
    readonly rows: number
    readonly kept: readonly RowsBatch[]
    readonly keyless: number
  } {
    if (this.#digester === undefined) {
      return { rows: batches.reduce((sum, batch) => sum + batch.rows, 0), kept: batches, keyless: 0 }
    }
    const { kept, keyless } = lastOfEachKey(batches, this.#digester)
    const picked = batches.map((batch, index) => pickFromBatch(batch, kept[index] ?? new Int32Array(0)))
    const some = picked.filter((batch) => batch.rows > 0)
    return { rows: some.reduce((sum, batch) => sum + batch.rows, 0), kept: some, keyless }
  }

  async #write(
    file: Buffer,
    whole: readonly string[],
    replacesAll: boolean,
  ): Promise<{ readonly version: number; readonly deleted: number }> {
    const way = this.#way
    if (way.kind === 'append' || replacesAll) {
      return { ...(await addRows(this.#writer, this.#dataset, file, replacesAll ? 'overwrite' : 'append')), deleted: 0 }
    }
    const replaces = way.kind === 'files' ? isOneOf(way.columns.path, whole) : undefined
    return mergeRows(this.#writer, this.#dataset, file, way.key, replaces)
  }

  /** Again while another program commits at the same moment: then nothing was written. */
  async #patiently<T>(run: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await run()
      } catch (error) {
        const isConflict = error instanceof AppError && error.code === 'commit-conflict'
        if (!isConflict || tries >= TRIES) throw error
        await sleep(PAUSE_MS * tries)
      }
    }
  }
}

function join(batches: readonly RowsBatch[]): Buffer {
  const joined = concatIpcFiles(batches.map(encodeRows))
  if (joined === undefined) throw new Error('rows with dictionaries cannot be joined')
  return joined
}

function withReading(
  committed: Progress,
  { reading, keyless, replaced }: Pick<ReadyCommit, 'reading' | 'keyless' | 'replaced'>,
): Progress {
  return {
    ...committed,
    ...reading,
    rowsSkipped: committed.rowsSkipped + reading.rowsSkipped + replaced,
    rowsRejected: committed.rowsRejected + reading.rowsRejected + keyless,
  }
}

function withoutKey(rows: number): Omit<ImportLogLine, 'at'> {
  const message = `${formatCount(rows)} ${rows === 1 ? 'row has' : 'rows have'} no value in the key, and ${rows === 1 ? 'was' : 'were'} not written.`
  return { level: 'warning', message }
}

function isOneOf(column: string, values: readonly string[]): string {
  const list = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')
  return `\`${column}\` in (${list})`
}
