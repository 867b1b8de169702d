import { AppError, isCancelled } from '#shared/errors.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import type { DocumentRows, MediaRows } from '#shared/model/import/spec.ts'
import { buildRows, decodeRows, type BuiltColumn } from '../lance/index.ts'
import { cutDocument, documentColumns, documentRows, type DocumentRow } from './document-rows.ts'
import { mediaColumns, mediaRow, type MediaRow } from './media-rows.ts'
import { AHEAD_BYTES, UNIT_BYTES, UNIT_FILES, UNIT_ROWS } from './limits.ts'
import { readAhead } from './read-ahead.ts'
import { lanesFor, type Lane, type Reader } from './reader.ts'
import { emptyUnit, type PlannedFile, type Position, type Prepare, type RowsWithTexts, type Unit } from './unit.ts'

type Rows = DocumentRows | MediaRows

export interface FilesToRead {
  readonly reader: Reader
  readonly files: readonly PlannedFile[]
  readonly rows: Rows
  readonly from: Position
  /** Most rows of a file; absent = all. */
  readonly maxRows?: number | undefined
  /** False where all rows of a file have to be committed together. */
  readonly canSplit: boolean
  readonly prepare: Prepare
  readonly signal: AbortSignal
}

/**
 * Documents or media, several parsed at one time: small files together in a unit, and a large one in several where it may be
 * split.
 */
export async function* readWholeFiles(work: FilesToRead): AsyncGenerator<Unit> {
  const { files, rows, from, canSplit, prepare, signal } = work
  let group = newGroup()
  let index = from.file
  for await (const read of readInTurn(work)) {
    signal.throwIfAborted()
    const file = files[index] as PlannedFile
    const skip = index === from.file ? from.skip : 0
    const at = { file: index++, skip }
    if (canSplit && 'made' in read && read.made.length - skip > UNIT_ROWS) {
      if (group.files > 0) yield toUnit(group, rows, prepare, { file: at.file, skip: 0 })
      group = newGroup()
      yield* inParts(work, file, read, at)
      continue
    }
    addFile(group, file, read, skip)
    const isFull = group.rows.length >= UNIT_ROWS || group.byteLength >= UNIT_BYTES || group.files >= UNIT_FILES
    if (isFull || index === files.length) {
      yield toUnit(group, rows, prepare, { file: index, skip: 0 })
      group = newGroup()
    }
  }
}

/** What is in each file, in their order. */
async function* readInTurn(work: FilesToRead): AsyncGenerator<ReadFile> {
  const { files, from, signal } = work
  const rest = files.slice(from.file)
  const lanes = lanesFor(work.reader, rest)
  if (lanes.length === 1) {
    for (const file of rest) {
      signal.throwIfAborted()
      yield await readOne(work, file, lanes[0], signal)
    }
    return
  }
  const options = { lanes: lanes.length, weigh: ({ bytes }: PlannedFile) => bytes, maxWeight: AHEAD_BYTES, signal }
  yield* readAhead(rest, options, (file, lane, until) => readOne(work, file, lanes[lane] ?? lanes[0], until))
}

/** The rows of one file in several units, so that a commit may come between them. */
function* inParts(
  { rows, prepare }: FilesToRead,
  file: PlannedFile,
  { made, problems }: Made,
  { file: index, skip }: Position,
): Generator<Unit> {
  for (let start = skip; start < made.length; start += UNIT_ROWS) {
    const part = newGroup()
    const isLast = start + UNIT_ROWS >= made.length
    if (isLast) addFile(part, file, { made, problems }, start)
    else addRows(part, made.slice(start, start + UNIT_ROWS))
    yield toUnit(part, rows, prepare, isLast ? { file: index + 1, skip: 0 } : { file: index, skip: start + UNIT_ROWS })
  }
}

/** The rows of a file, or why there are none. */
type ReadFile = Made | { readonly reason: string }

async function readOne(
  { rows, maxRows }: FilesToRead,
  file: PlannedFile,
  lane: Lane,
  signal: AbortSignal,
): Promise<ReadFile> {
  try {
    const { made, problems } = await rowsOf(lane, file, rows, signal)
    return { made: maxRows === undefined ? made : made.slice(0, maxRows), problems }
  } catch (error) {
    if (isCancelled(error) || signal.aborted) throw error
    return { reason: reasonOf(error) }
  }
}

/** A file that ends with the unit: its rows from `skip` on, or why there are none. */
function addFile(group: Group, { name, bytes }: PlannedFile, read: ReadFile, skip: number): void {
  group.bytesRead += bytes
  group.files++
  if ('reason' in read) {
    group.failed.push({ name, reason: read.reason })
    return
  }
  addRows(group, skip === 0 ? read.made : read.made.slice(skip))
  group.done.push({ name, rows: read.made.length })
  group.whole.push(name)
  for (const { message } of read.problems) group.noted.push({ name, reason: message })
}

function addRows(group: Group, rows: readonly Row[]): void {
  for (const row of rows) {
    group.rows.push(row)
    group.byteLength += sizeOf(row)
  }
}

type Row = DocumentRow | MediaRow

interface Made {
  readonly made: readonly Row[]
  /** What could not be read of the file. */
  readonly problems: readonly ImportProblem[]
}

async function rowsOf(reader: Lane, file: PlannedFile, rows: Rows, signal: AbortSignal): Promise<Made> {
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
  // In pieces: the vectors of each become Arrow before those of the next are made.
  const batches: RowsWithTexts[] = []
  for (let start = 0; start < rows.length; start += UNIT_ROWS) {
    const piece = rows.slice(start, start + UNIT_ROWS)
    batches.push(...decodeRows(buildRows(columnsOf(piece, spec))).map(prepare))
  }
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
