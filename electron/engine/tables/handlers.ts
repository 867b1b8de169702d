import type { Handlers } from '#shared/rpc/server.ts'
import type { DetectedTable, Parsing, TableBatch, TablePlan, TableSource } from '../parsing/index.ts'
import { detectCsv } from './csv/detect.ts'
import { readCsv } from './csv/read.ts'
import { badPlan } from './errors.ts'
import { detectJson } from './json/detect.ts'
import { readJson } from './json/read.ts'

function otherwise(kind: string): never {
  throw badPlan(
    `The parser does not read ${kind} sources.`,
    kind === 'lance' ? 'Datasets are read by the engine itself.' : 'Convert it to CSV, JSON Lines or Parquet.',
  )
}

function detect(source: TableSource, nullTokens: readonly string[]): Promise<DetectedTable> {
  switch (source.kind) {
    case 'csv':
      return detectCsv(source, nullTokens)
    case 'json':
    case 'jsonl':
      return detectJson(source, nullTokens)
    case 'parquet':
    case 'arrow':
    case 'xlsx':
    case 'lance':
      return otherwise(source.kind)
  }
}

function read(plan: TablePlan, signal: AbortSignal): AsyncIterable<TableBatch> {
  switch (plan.kind) {
    case 'csv':
      return readCsv(plan, signal)
    case 'json':
    case 'jsonl':
      return readJson(plan, signal)
    case 'parquet':
    case 'arrow':
    case 'xlsx':
    case 'lance':
      return otherwise(plan.kind)
  }
}

export function createTableParsers(): Pick<Handlers<Parsing>, 'table.detect' | 'table.read'> {
  return {
    'table.detect': (source) => detect(source, source.nullTokens),
    'table.read': (plan, { signal }) => read(plan, signal),
  }
}
