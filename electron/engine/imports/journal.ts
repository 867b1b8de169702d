import { randomUUID } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { importSpec } from '#shared/contract/imports.ts'
import { AppError } from '#shared/errors.ts'
import type { FailedFile, ImportLogLine, ImportResult, ImportState } from '#shared/model/import/result.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import type { BadRow, ColumnPlan } from '#shared/model/import/tables.ts'
import type { AppendProof } from '../appends/index.ts'
import type { Run } from '../ledger/index.ts'
import { errnoOf, fileError } from '../store/errno.ts'
import { readJsonFile, writeJsonFile } from '../store/json-file.ts'
import type { LeftOutFile } from './choose-files.ts'
import { START, type PlannedFile, type Position } from './unit.ts'
import type { WriteWay } from './write-plan.ts'

/** What was decided when an import began; never changed afterwards. */
export interface ImportOrder {
  readonly id: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly spec: ImportSpec
  readonly location: string
  /** Made for this import. */
  readonly isNew: boolean
  readonly versionBefore: number
  readonly files: readonly PlannedFile[]
  /** What was there and is not read. */
  readonly leftOut?: readonly LeftOutFile[]
  /** There were more files than were looked at. */
  readonly truncated?: boolean
  readonly columns?: readonly ColumnPlan[]
  readonly way: WriteWay
  /** Column of the dataset to column of the rows. */
  readonly sources: readonly (readonly [string, string | null])[]
  /** What is written has these columns: an Arrow IPC file in base64. */
  readonly schema: string
}

/** How far an import is: what its last commit covers. */
export interface Progress {
  readonly position: Position
  readonly commits: number
  readonly rowsWritten: number
  readonly rowsSkipped: number
  readonly rowsRejected: number
  readonly rowsDeleted: number
  readonly filesDone: number
  readonly filesFailed: readonly FailedFile[]
  readonly bytesRead: number
  readonly rejectBytes: number
  readonly elapsedMs: number
  /** Newest version of the dataset it made, or found. */
  readonly version: number
}

/** Nothing done yet. */
export function progressAt(version: number): Progress {
  return {
    position: START,
    commits: 0,
    rowsWritten: 0,
    rowsSkipped: 0,
    rowsRejected: 0,
    rowsDeleted: 0,
    filesDone: 0,
    filesFailed: [],
    bytesRead: 0,
    rejectBytes: 0,
    elapsedMs: 0,
    version,
  }
}

/** A commit about to be made. */
export interface Intent {
  /** Newest version before it. */
  readonly base: number
  readonly rows: number
  /** Of an append: it must not be made twice. */
  readonly proof?: Pick<AppendProof, 'first' | 'last'> | undefined
  /** Milliseconds since 1970. */
  readonly atMs: number
  readonly after: Progress
}

export interface Tracked {
  readonly done: Progress
  readonly intent?: Intent
}

/** What the engine knows of the process of an import. */
export interface StateFile {
  readonly state: ImportState
  readonly run: Run
  readonly endedAt?: string
  readonly reason?: string
  readonly result?: ImportResult
}

/** The folder of one import: everything that is known of it. Files are replaced as a whole, or appended to. */
export class Journal {
  readonly id: string
  readonly folder: string

  constructor(dataDir: string, id: string) {
    if (!/^[A-Za-z0-9-]{1,64}$/.test(id)) throw noSuchImport(id)
    this.id = id
    this.folder = join(importsFolder(dataDir), id)
  }

  get rejectPath(): string {
    return join(this.folder, 'rejects.jsonl')
  }

  get lockPath(): string {
    return join(this.folder, 'lock')
  }

  async create(order: ImportOrder, state: StateFile): Promise<void> {
    await writeJsonFile(join(this.folder, 'import.json'), order)
    await this.writeState(state)
  }

  /** `import-not-found`; `corrupt-data` when it is damaged. */
  async readOrder(): Promise<ImportOrder> {
    const found = await readJsonFile(join(this.folder, 'import.json'))
    if (found === undefined) throw noSuchImport(this.id)
    const order = found as ImportOrder
    if (typeof found === 'object' && found !== null && importSpec.safeParse(order.spec).success) return order
    throw new AppError({
      code: 'corrupt-data',
      message: `The journal of the import ${this.id} is damaged.`,
      hint: 'Forget it, and import again. What it wrote is in the dataset.',
    })
  }

  async readState(): Promise<StateFile | undefined> {
    return (await readJsonFile(join(this.folder, 'state.json'))) as StateFile | undefined
  }

  writeState(state: StateFile): Promise<void> {
    return writeJsonFile(join(this.folder, 'state.json'), state)
  }

  async readTracked(): Promise<Tracked | undefined> {
    return (await readJsonFile(join(this.folder, 'progress.json'))) as Tracked | undefined
  }

  /** On disk when it resolves: a commit may follow. */
  track(tracked: Tracked): Promise<void> {
    return writeJsonFile(join(this.folder, 'progress.json'), tracked)
  }

  async log(lines: readonly Omit<ImportLogLine, 'at'>[]): Promise<void> {
    if (lines.length === 0) return
    const at = new Date().toISOString()
    const text = lines.map((line) => `${JSON.stringify({ at, ...line })}\n`).join('')
    await appendFile(join(this.folder, 'log.jsonl'), text, { mode: 0o600 }).catch((error: unknown) => {
      throw fileError(error, this.folder)
    })
  }

  async readLog(): Promise<readonly ImportLogLine[]> {
    try {
      const text = await readFile(join(this.folder, 'log.jsonl'), 'utf8')
      return text.split('\n').flatMap((line) => parseLine(line))
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return []
      throw fileError(error, this.folder)
    }
  }

  /** Appends rows that could not be read; the size of the file then. */
  async reject(rows: readonly BadRow[]): Promise<number> {
    if (rows.length > 0) {
      await appendFile(this.rejectPath, rows.map((row) => `${JSON.stringify(row)}\n`).join(''), { mode: 0o600 }).catch(
        (error: unknown) => {
          throw fileError(error, this.rejectPath)
        },
      )
    }
    return this.#rejectBytes()
  }

  /** Takes back what was rejected after the last commit: it comes again. */
  async cutRejects(bytes: number): Promise<void> {
    if ((await this.#rejectBytes()) > bytes) await truncate(this.rejectPath, bytes)
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }

  async #rejectBytes(): Promise<number> {
    return stat(this.rejectPath).then(
      ({ size }) => size,
      () => 0,
    )
  }
}

export function newJournal(dataDir: string): Journal {
  return new Journal(dataDir, randomUUID())
}

/** Journals there are, in no order. */
export async function listJournals(dataDir: string): Promise<readonly Journal[]> {
  const folder = importsFolder(dataDir)
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => undefined)
  const names = await readdir(folder).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return []
    throw fileError(error, folder)
  })
  return names.filter((name) => /^[A-Za-z0-9-]{1,64}$/.test(name)).map((name) => new Journal(dataDir, name))
}

function importsFolder(dataDir: string): string {
  return join(dataDir, 'imports')
}

function parseLine(line: string): readonly ImportLogLine[] {
  try {
    // Written by `log` above; the last line of a process that was killed may be cut.
    return line === '' ? [] : [JSON.parse(line) as ImportLogLine]
  } catch {
    return []
  }
}

export function noSuchImport(id: string): AppError {
  return new AppError({
    code: 'import-not-found',
    message: `There is no import "${id.slice(0, 64)}" on this machine.`,
    hint: 'List the imports: its journal may have been forgotten.',
    detail: { import: id },
  })
}
