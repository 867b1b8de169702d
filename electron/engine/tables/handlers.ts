import type { Handlers } from '#shared/rpc/server.ts'
import type {
  DetectedTable,
  Parsing,
  RangeBatch,
  RangePlan,
  TableBatch,
  TableLayout,
  TablePlan,
  TableSource,
} from '../parsing/index.ts'
import { detectArrow, readArrow } from './arrow/read.ts'
import { detectCsv } from './csv/detect.ts'
import { csvLayout, readCsvRange } from './csv/range.ts'
import { readCsv } from './csv/read.ts'
import { badPlan, unreadable } from './errors.ts'
import { detectJson } from './json/detect.ts'
import { jsonLayout, readJsonRange } from './json/range.ts'
import { readJson } from './json/read.ts'

/** Workbooks and Parquet have large libraries, which other files need not wait for. */
async function* readParquetFile(plan: TablePlan, signal: AbortSignal): AsyncGenerator<TableBatch> {
  const { readParquet } = await import('./parquet/read.ts')
  yield* readParquet(plan, signal)
}

async function* readWorkbook(plan: TablePlan, signal: AbortSignal): AsyncGenerator<TableBatch> {
  const { readXlsx } = await import('./xlsx/read.ts')
  yield* readXlsx(plan, signal)
}

/** Lance datasets are no work of the parser thread: it may not load LanceDB. */
function refuseLance(): never {
  throw badPlan('The parser does not read Lance datasets.', 'The engine reads them itself.')
}

/** Refuses what can only be read from the end, or in leaps, and so not out of gzip or zstd. */
function checkPacking({ kind, compression, name }: TableSource): void {
  if (compression === undefined || kind === 'csv' || kind === 'json' || kind === 'jsonl') return
  throw unreadable(
    name,
    `it is packed with ${compression}.`,
    'Unpack it first. Parquet, Arrow and Excel files can be packed inside instead.',
  )
}

async function detect(source: TableSource, nullTokens: readonly string[]): Promise<DetectedTable> {
  checkPacking(source)
  switch (source.kind) {
    case 'csv':
      return detectCsv(source, nullTokens)
    case 'json':
    case 'jsonl':
      return detectJson(source, nullTokens)
    case 'parquet':
      return (await import('./parquet/read.ts')).detectParquet(source)
    case 'arrow':
      return detectArrow(source)
    case 'xlsx':
      return (await import('./xlsx/read.ts')).detectXlsx(source, nullTokens)
    case 'lance':
      return refuseLance()
  }
}

function read(plan: TablePlan, signal: AbortSignal): AsyncIterable<TableBatch> {
  checkPacking(plan)
  switch (plan.kind) {
    case 'csv':
      return readCsv(plan, signal)
    case 'json':
    case 'jsonl':
      return readJson(plan, signal)
    case 'parquet':
      return readParquetFile(plan, signal)
    case 'arrow':
      return readArrow(plan, signal)
    case 'xlsx':
      return readWorkbook(plan, signal)
    case 'lance':
      return refuseLance()
  }
}

/** Only text whose rows end with line breaks can be entered in the middle. */
async function layout(plan: TablePlan): Promise<TableLayout | null> {
  if (plan.compression !== undefined || plan.columns === undefined) return null
  if (plan.kind === 'csv') return (await csvLayout(plan)) ?? null
  return plan.kind === 'jsonl' ? ((await jsonLayout(plan)) ?? null) : null
}

function readRange(plan: RangePlan, signal: AbortSignal): AsyncIterable<RangeBatch> {
  return plan.kind === 'csv' ? readCsvRange(plan, signal) : readJsonRange(plan, signal)
}

export function createTableParsers(): Pick<
  Handlers<Parsing>,
  'table.prepare' | 'table.detect' | 'table.read' | 'table.layout' | 'table.range'
> {
  return {
    'table.prepare': async ({ kind }) => {
      if (kind === 'parquet') await (await import('./parquet/module.ts')).loadParquet()
    },
    'table.detect': (source) => detect(source, source.nullTokens),
    'table.read': (plan, { signal }) => read(plan, signal),
    'table.layout': (plan) => layout(plan),
    'table.range': (plan, { signal }) => readRange(plan, signal),
  }
}
