import { AppError, isCancelled } from '#shared/errors.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import type { DocumentRows, MediaRows } from '#shared/model/import/spec.ts'
import { buildRows, decodeRows, type BuiltColumn } from '../lance/index.ts'
import { cutDocument, documentColumns, documentRows, type DocumentRow } from './document-rows.ts'
import { mediaColumns, mediaRow, type MediaRow } from './media-rows.ts'
import { UNIT_BYTES, UNIT_FILES, UNIT_ROWS } from './limits.ts'
import type { Reader } from './reader.ts'
import { emptyUnit, type PlannedFile, type Position, type Prepare, type Unit } from './unit.ts'

type Rows = DocumentRows | MediaRows

/** Documents or media, files whole: a unit holds all rows of its files. */
export async function* readWholeFiles(
  reader: Reader,
  files: readonly PlannedFile[],
  rows: Rows,
  from: Position,
  prepare: Prepare,
  signal: AbortSignal,
): AsyncGenerator<Unit> {
  let group = newGroup()
  for (const [offset, file] of files.slice(from.file).entries()) {
    signal.throwIfAborted()
    try {
      const { made, problems } = await rowsOf(reader, file, rows, signal)
      for (const row of made) group.rows.push(row)
      group.done.push({ name: file.name, rows: made.length })
      group.whole.push(file.name)
      for (const { message } of problems) group.noted.push({ name: file.name, reason: message })
      group.byteLength += made.reduce((sum, row) => sum + sizeOf(row), 0)
    } catch (error) {
      if (isCancelled(error) || signal.aborted) throw error
      group.failed.push({ name: file.name, reason: reasonOf(error) })
    }
    group.bytesRead += file.bytes
    group.files++
    const isFull = group.rows.length >= UNIT_ROWS || group.byteLength >= UNIT_BYTES || group.files >= UNIT_FILES
    const after = { file: from.file + offset + 1, skip: 0 }
    if (isFull || after.file === files.length) {
      yield toUnit(group, rows, prepare, after)
      group = newGroup()
    }
  }
}

type Row = DocumentRow | MediaRow

interface Made {
  readonly made: readonly Row[]
  /** What could not be read of the file. */
  readonly problems: readonly ImportProblem[]
}

async function rowsOf(reader: Reader, file: PlannedFile, rows: Rows, signal: AbortSignal): Promise<Made> {
  if (rows.kind === 'media') return { made: [await mediaRow(reader, file, rows, signal)], problems: [] }
  const cut = await cutDocument(reader, file, rows, signal)
  const problems = cut.document.problems.filter(({ severity }) => severity !== 'note')
  return { made: await documentRows(cut, file, rows, signal), problems }
}

/** Columns of such rows, for as many as there are. */
export function columnsOf(rows: readonly Row[], spec: Rows): readonly BuiltColumn[] {
  return spec.kind === 'media'
    ? mediaColumns(rows as readonly MediaRow[], spec)
    : documentColumns(rows as readonly DocumentRow[], spec)
}

interface Group {
  readonly rows: Row[]
  readonly done: { readonly name: string; readonly rows: number }[]
  readonly failed: { readonly name: string; readonly reason: string }[]
  readonly noted: { readonly name: string; readonly reason: string }[]
  readonly whole: string[]
  byteLength: number
  bytesRead: number
  files: number
}

function newGroup(): Group {
  return { rows: [], done: [], failed: [], noted: [], whole: [], byteLength: 0, bytesRead: 0, files: 0 }
}

function toUnit(
  { rows, done, failed, noted, whole, byteLength, bytesRead }: Group,
  spec: Rows,
  prepare: Prepare,
  after: Position,
): Unit {
  const batches = rows.length === 0 ? [] : decodeRows(buildRows(columnsOf(rows, spec))).map(prepare)
  return { ...emptyUnit(after), batches, byteLength, done, failed, noted, whole, bytesRead }
}

function sizeOf(row: Row): number {
  let bytes = 200
  for (const value of Object.values(row)) {
    if (typeof value === 'string') bytes += value.length
    else if (value instanceof Uint8Array) bytes += value.byteLength
  }
  return bytes
}

/** One sentence on why a file could not be read. Only what is known of files is told; anything else is a fault of ours. */
export function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.message
  return `It could not be read: ${error instanceof Error ? error.message : String(error)}`
}
