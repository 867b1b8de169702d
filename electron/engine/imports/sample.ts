import { isCancelled, type AppError } from '#shared/errors.ts'
import type { Chunk } from '#shared/model/import/documents.ts'
import type { DocumentRows, ImportSpec, MediaRows, TableRows } from '#shared/model/import/spec.ts'
import type { BadRow, ColumnPlan, DetectedColumn, ImportType, TableReading } from '#shared/model/import/tables.ts'
import { DEFAULT_NULL_TOKENS } from '#shared/model/import/tables.ts'
import type { ImportProblem, SourceKind, TableKind } from '#shared/model/import/source.ts'
import type { BadRowsFound, PreviewedDocument } from '#shared/model/import/preview.ts'
import type { EngineContext } from '../context.ts'
import {
  buildRows,
  decodeRows,
  schemaOfBatch,
  schemaOfFile,
  unionSchemas,
  type RowsBatch,
  type RowsSchema,
} from '../lance/index.ts'
import { cutDocument, documentRows } from './document-rows.ts'
import { toProblem } from './inspect.ts'
import { mediaRow } from './media-rows.ts'
import { columnsOf } from './read-files.ts'
import { readTables } from './read-tables.ts'
import type { Reader } from './reader.ts'
import { isTyped, planColumns } from './table-columns.ts'
import { START, type PlannedFile } from './unit.ts'

/** Rows shown, and looked at for what is wrong with them. */
const SAMPLE_ROWS = 1000
/** Files whose columns are looked at. */
const SAMPLE_FILES = 20
/** Largest document that is looked at only to foretell others of its kind. */
const SAMPLE_DOCUMENT_BYTES = 1024 * 1024
/** Files of media shown, and the largest of them. */
const SAMPLE_MEDIA = 8
const SAMPLE_MEDIA_BYTES = 32 * 1024 * 1024
/** Examples of bad rows. */
const MAX_EXAMPLES = 20

/** What a bounded look into the sources found. */
export interface Sample {
  /** Columns of the rows as they come. */
  readonly schema: RowsSchema
  readonly batches: readonly RowsBatch[]
  /** Of tables of text: how they are read. */
  readonly columns: readonly ColumnPlan[] | undefined
  readonly detected: readonly DetectedColumn[]
  /** How the first of the tables is read. */
  readonly reading?: TableReading
  readonly document: PreviewedDocument | undefined
  readonly badRows: BadRowsFound
  /** Rows and bytes of the files looked at, to foretell the others by; by kind, since those differ. */
  readonly rows: number
  readonly bytes: number
  readonly rates: ReadonlyMap<SourceKind, Rate>
  /** Tokens of the texts of documents, on average; undefined when there are none. */
  readonly tokens: number | undefined
  readonly problems: readonly ImportProblem[]
}

export interface Rate {
  readonly rows: number
  readonly bytes: number
}

/** Adds what was seen of a file of a kind. */
function addRate(rates: Map<SourceKind, Rate>, kind: SourceKind, { rows, bytes }: Rate): void {
  const known = rates.get(kind) ?? { rows: 0, bytes: 0 }
  rates.set(kind, { rows: known.rows + rows, bytes: known.bytes + bytes })
}

const NO_BAD_ROWS: BadRowsFound = { count: 0, of: 0, examples: [], short: 0 }

export interface SampleOptions {
  /** Name of the document to show; absent = the first. */
  readonly file?: string | undefined
  /** Types the dataset has, by name: tables of text are read as these. */
  readonly wanted?: ReadonlyMap<string, ImportType>
}

export function takeSample(
  context: EngineContext,
  reader: Reader,
  files: readonly PlannedFile[],
  { rows }: Pick<ImportSpec, 'rows'>,
  options: SampleOptions,
  signal: AbortSignal,
): Promise<Sample> {
  switch (rows.kind) {
    case 'documents':
      return sampleDocuments(reader, files, rows, options.file, signal)
    case 'media':
      return sampleMedia(reader, files, rows, signal)
    case 'tables':
      return sampleTables(context, reader, files, rows, options.wanted, signal)
  }
}

async function sampleDocuments(
  reader: Reader,
  files: readonly PlannedFile[],
  rows: DocumentRows,
  name: string | undefined,
  signal: AbortSignal,
): Promise<Sample> {
  const schema = schemaOfFile(buildRows(columnsOf([], rows)))
  const base = { schema, columns: undefined, detected: [], badRows: NO_BAD_ROWS }
  const problems: ImportProblem[] = []
  const first = files.find((file) => file.name === name)
  const rates = new Map<SourceKind, Rate>()
  const none = { ...base, batches: [], document: undefined, rows: 0, bytes: 0, rates, tokens: undefined, problems }
  for (const file of first === undefined ? files.slice(0, SAMPLE_FILES) : [first]) {
    try {
      const cut = await cutDocument(reader, file, rows, signal)
      // The bytes of the file are no part of what is shown.
      const made = await documentRows(cut, file, { ...rows, keepRaw: false }, signal)
      const batches = made.length === 0 ? [] : decodeRows(buildRows(columnsOf(made.slice(0, SAMPLE_ROWS), rows)))
      const document = { ...cut.document, name: file.name, chunks: cut.chunks }
      addRate(rates, file.kind, { rows: made.length, bytes: file.bytes })
      const others = await cutOthers(reader, files, file, rows, signal)
      for (const { kind, bytes, chunks } of others) addRate(rates, kind, { rows: chunks.length, bytes })
      const chunks = [...cut.chunks, ...others.flatMap((other) => other.chunks)]
      const tokens = chunks.length === 0 ? undefined : chunks.reduce((sum, it) => sum + it.tokens, 0) / chunks.length
      return { ...none, batches, document, rows: made.length, bytes: file.bytes, tokens }
    } catch (error) {
      throwIfOver(error, signal)
      problems.push({ ...toProblem(error), severity: 'warning' })
    }
  }
  return none
}

interface CutOther {
  readonly kind: SourceKind
  readonly bytes: number
  readonly chunks: readonly Chunk[]
}

/** The largest small document of each kind: a PDF of pictures tells nothing of a page of Markdown, nor a note of a book. */
async function cutOthers(
  reader: Reader,
  files: readonly PlannedFile[],
  shown: PlannedFile,
  rows: DocumentRows,
  signal: AbortSignal,
): Promise<readonly CutOther[]> {
  const largest = new Map<SourceKind, PlannedFile>()
  for (const file of files) {
    const known = largest.get(file.kind)
    const isLarger = known === undefined || file.bytes > known.bytes
    if (file.bytes <= SAMPLE_DOCUMENT_BYTES && isLarger) largest.set(file.kind, file)
  }
  const cut: CutOther[] = []
  for (const file of largest.values()) {
    if (file === shown) continue
    try {
      const { chunks } = await cutDocument(reader, file, rows, signal)
      cut.push({ kind: file.kind, bytes: file.bytes, chunks })
    } catch (error) {
      // What is wrong with it is told when it is looked at, or imported.
      throwIfOver(error, signal)
    }
  }
  return cut
}

async function sampleMedia(
  reader: Reader,
  files: readonly PlannedFile[],
  rows: MediaRows,
  signal: AbortSignal,
): Promise<Sample> {
  const made = []
  const problems: ImportProblem[] = []
  const small = files.filter(({ bytes }) => bytes <= SAMPLE_MEDIA_BYTES).slice(0, SAMPLE_MEDIA)
  for (const file of small) {
    try {
      made.push({ ...(await mediaRow(reader, file, rows, signal)), data: null })
    } catch (error) {
      throwIfOver(error, signal)
      problems.push({ ...toProblem(error), severity: 'warning' })
    }
  }
  const bytes = buildRows(columnsOf(made, rows))
  return {
    schema: schemaOfFile(bytes),
    batches: made.length === 0 ? [] : decodeRows(bytes),
    columns: undefined,
    detected: [],
    document: undefined,
    badRows: NO_BAD_ROWS,
    rows: made.length,
    bytes: small.reduce((sum, file) => sum + file.bytes, 0),
    rates: new Map(),
    tokens: undefined,
    problems,
  }
}

async function sampleTables(
  context: EngineContext,
  reader: Reader,
  files: readonly PlannedFile[],
  rows: TableRows,
  wanted: ReadonlyMap<string, ImportType> | undefined,
  signal: AbortSignal,
): Promise<Sample> {
  const looked = files.slice(0, SAMPLE_FILES)
  const problems: ImportProblem[] = []
  const detected = new Map<PlannedFile, readonly DetectedColumn[]>()
  let firstReading: TableReading | undefined
  for (const file of looked) {
    if (file.kind === 'lance') continue
    try {
      const { path, name, kind, compression } = file
      const { reading, nullTokens = DEFAULT_NULL_TOKENS } = rows
      const source = { path, name, kind: kind as TableKind, compression, reading, nullTokens }
      const found = await reader.call('table.detect', source, file, signal)
      detected.set(file, found.columns)
      firstReading ??= found.reading
      problems.push(...found.problems.map((problem) => ({ ...problem, file: name })))
    } catch (error) {
      throwIfOver(error, signal)
      problems.push({ ...toProblem(error), severity: 'warning' })
    }
  }
  const ofText = [...detected].filter(([file]) => !isTyped(file.kind)).map(([, columns]) => columns)
  const columns =
    rows.columns ??
    (ofText.length === 0 ? undefined : planColumns(ofText, rows.nullTokens ?? DEFAULT_NULL_TOKENS, wanted))
  const read = await readSample(context, reader, looked, rows, columns, signal)
  const { schema, clashes } = unionSchemas(read.schemas)
  for (const { column, types } of clashes) {
    problems.push({
      severity: 'error',
      message: `"${column}" is ${types[0]} in one file and ${types[1]} in another.`,
      hint: 'Choose one type for it, or import the files one after the other.',
    })
  }
  const { batches, badRows, count, bytes, rates } = read
  const first = [...detected.values()][0] ?? []
  problems.push(...read.problems)
  const base = { schema, batches, columns, detected: first, document: undefined, tokens: undefined }
  const told = firstReading === undefined ? {} : { reading: firstReading }
  return { ...base, ...told, badRows, rows: count, bytes, rates, problems }
}

async function readSample(
  context: EngineContext,
  reader: Reader,
  files: readonly PlannedFile[],
  rows: TableRows,
  columns: readonly ColumnPlan[] | undefined,
  signal: AbortSignal,
) {
  const batches: RowsBatch[] = []
  const schemas: RowsSchema[] = []
  const examples: BadRow[] = []
  const problems: ImportProblem[] = []
  const rates = new Map<SourceKind, Rate>()
  let [count, bad, of, short, bytes] = [0, 0, 0, 0, 0]
  // A bad row of the sample is told, not a reason to stop looking.
  const lenient: TableRows = rows.badRows === 'stop' ? { ...rows, badRows: 'reject' } : rows
  for (const [index, file] of files.entries()) {
    const most = index === 0 ? SAMPLE_ROWS : Math.ceil(SAMPLE_ROWS / SAMPLE_FILES)
    let seen = 0
    const units = readTables({
      context,
      reader,
      files: [file],
      rows: lenient,
      columnsOf: columnsFor(rows, columns),
      from: START,
      maxRows: most,
      signal,
    })
    for await (const unit of units) {
      for (const { reason } of unit.failed) problems.push({ severity: 'warning', message: reason })
      bad += unit.badCount
      of += unit.badCount
      short += unit.shortRows
      if (unit.done.length === 0) {
        const rows = unit.batches.reduce((sum, { batch }) => sum + batch.rows, 0)
        bytes += unit.bytesRead
        addRate(rates, file.kind, { rows, bytes: unit.bytesRead })
      }
      examples.push(...unit.bad.slice(0, MAX_EXAMPLES - examples.length))
      for (const { batch } of unit.batches) {
        schemas.push(schemaOfBatch(batch))
        if (count < SAMPLE_ROWS) batches.push(batch)
        count += batch.rows
        of += batch.rows
        seen += batch.rows
      }
      if (seen >= most) break
    }
  }
  return { batches, schemas, badRows: { count: bad, of, examples, short }, count, bytes, rates, problems }
}

/** The columns a file is read with: those a person chose for all, what was found in tables of text for those. */
export function columnsFor(
  { columns: chosen }: TableRows,
  columns: readonly ColumnPlan[] | undefined,
): (file: PlannedFile) => readonly ColumnPlan[] | undefined {
  return ({ kind }) => (chosen === undefined && isTyped(kind) ? undefined : columns)
}

function throwIfOver(error: unknown, signal: AbortSignal): asserts error is AppError {
  if (isCancelled(error)) throw error
  signal.throwIfAborted()
}
