import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { tableFromIPC, type Table } from '@uwdata/flechette'
import { afterAll } from 'vitest'
import type { TableKind } from '#shared/model/import/source.ts'
import type { BadRow } from '#shared/model/import/tables.ts'
import type { DetectedTable, TableBatch, TablePlan } from '../parsing/index.ts'
import { createTableParsers } from './index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'tiltyard-tables-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let count = 0

const parsers = createTableParsers()
const { signal } = new AbortController()
const NULLS = ['', 'NULL', 'null', 'NA', 'N/A', 'NaN', 'None', '\\N']

/** Writes a file and returns the source it is. */
export function sourceOf(kind: TableKind, content: string | Uint8Array, plan: Partial<TablePlan> = {}): TablePlan {
  const name = `file-${count++}.${kind}`
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return { path: file, name, kind, reading: {}, nullTokens: NULLS, badRows: 'stop', skipRows: 0, ...plan }
}

export async function detect(source: TablePlan): Promise<DetectedTable> {
  return parsers['table.detect'](source, { signal })
}

export async function batchesOf(source: TablePlan): Promise<readonly TableBatch[]> {
  const batches: TableBatch[] = []
  for await (const batch of parsers['table.read'](source, { signal })) batches.push(batch)
  return batches
}

export interface Read {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly rejects: readonly BadRow[]
  readonly tables: readonly Table[]
}

export async function read(source: TablePlan): Promise<Read> {
  const batches = await batchesOf(source)
  const tables = batches.filter(({ rows }) => rows > 0).map(({ arrow }) => decode(arrow))
  return { tables, rows: tables.flatMap(rowsOf), rejects: batches.flatMap(({ rejects }) => rejects) }
}

export function decode(arrow: Uint8Array): Table {
  return tableFromIPC(arrow, { useBigInt: true, useBigIntTimestamp: false, useDate: true, useDecimalInt: true })
}

function rowsOf(table: Table): readonly Readonly<Record<string, unknown>>[] {
  return table.toArray().map((row) => {
    const entries = Object.entries(row)
    return Object.fromEntries(entries.map(([name, value]) => [name, plain(value)]))
  })
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array)
  return value
}
