import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { ROOT } from '../app.ts'
import { report, reportAlone } from './measure.ts'

/*
 * Importing files against feeding LanceDB the same rows as ready-made Arrow batches, by its public API one batch after the
 * other, and natively as files of a commit each; and the memory of the job for a large file: `IMPORT_GB=5` for the size of
 * it, in gigabytes. `IMPORT_VECTORS` = rows of the file of vectors.
 */

const require = createRequire(import.meta.url)
const lancedb = require('@lancedb/lancedb') as typeof import('@lancedb/lancedb')
const arrow = require('apache-arrow') as typeof import('apache-arrow')
const parquet = require('parquet-wasm/node') as typeof import('parquet-wasm/node')

const ROWS = 1_000_000
const VECTOR_ROWS = Number(process.env['IMPORT_VECTORS'] ?? 300_000)
const DIMENSION = 128
/** Rows a reader of files hands on at once. */
const BATCH_ROWS = 65_536
const ROUNDS = 3
const LARGE_BYTES = Number(process.env['IMPORT_GB'] ?? 0.5) * 1e9
const COMMIT_BYTES = 64 * 1024 * 1024

interface Measured {
  readonly elapsedMs: number
  readonly rows: number
  readonly peakRssBytes: number
}

interface Line {
  readonly kind: 'job' | 'done'
  readonly job: { readonly rssBytes?: number }
  readonly result?: { readonly elapsedMs: number; readonly rowsWritten: number }
}

/** Imports one file into a new dataset by the command line, which runs a job as the window does. */
async function importFile(folder: string, file: string, location: string): Promise<Measured> {
  const spec = path.join(folder, 'spec.json')
  const rows = { kind: 'tables', reading: {}, badRows: 'reject' }
  fs.writeFileSync(
    spec,
    JSON.stringify({ version: 1, sources: { paths: [file] }, rows, target: { kind: 'new', location } }),
  )
  const child = spawn(process.execPath, [path.join(ROOT, 'dist/launch/call.mjs'), 'import.run', `@${spec}`], {
    env: { ...process.env, TILTYARD_DATA_DIR: path.join(folder, 'app') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (part: Buffer) => (text += part.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  expect(code).toBe(0)
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  const result = lines.at(-1)?.result
  if (result === undefined) throw new Error('the import ended without a result')
  const peakRssBytes = Math.max(...lines.map(({ job }) => job.rssBytes ?? 0))
  return { elapsedMs: result.elapsedMs, rows: result.rowsWritten, peakRssBytes }
}

interface Native {
  readonly inner: {
    execute(rows?: number): Promise<{ next(): Promise<Buffer | null> }>
    add(file: Buffer, mode: 'append'): Promise<unknown>
    createEmptyTable(
      name: string,
      schema: Buffer,
      mode: 'create',
      namespace: null,
      options: object,
    ): Promise<Native['inner']>
    schema(): Promise<Buffer>
  }
}

/** The rows of a dataset, in memory, as Arrow files of so many rows. */
async function readFiles(table: LanceTable, rowsPerFile: number): Promise<readonly Buffer[]> {
  const batches = await (table.query() as unknown as Native).inner.execute(rowsPerFile)
  const files: Buffer[] = []
  for (let file = await batches.next(); file !== null; file = await batches.next()) files.push(file)
  return files
}

type LanceTable = Awaited<ReturnType<Awaited<ReturnType<typeof lancedb.connect>>['openTable']>>

/** Feeds LanceDB the rows of a dataset natively, held in memory as Arrow files of about a commit each. */
async function feedNatively(folder: string, location: string): Promise<number> {
  const db = await lancedb.connect(folder)
  const table = await db.openTable(path.basename(location, '.lance'))
  const bytes = fs.statSync(path.join(location, 'data', fs.readdirSync(path.join(location, 'data'))[0] ?? '')).size
  const rows = await table.countRows()
  const files = await readFiles(table, Math.max(1, Math.floor((rows * COMMIT_BYTES) / Math.max(bytes, COMMIT_BYTES))))
  const schema = await (table as unknown as Native).inner.schema()
  const started = performance.now()
  const target = await (db as unknown as Native).inner.createEmptyTable('native', schema, 'create', null, {})
  for (const file of files) await target.add(file, 'append')
  const elapsedMs = performance.now() - started
  await db.dropTable('native')
  return elapsedMs
}

/** Feeds LanceDB the rows of a dataset as somebody does who uses it: batch after batch, as a reader of files hands them on. */
async function feedPublicly(folder: string, location: string): Promise<number> {
  const db = await lancedb.connect(folder)
  const table = await db.openTable(path.basename(location, '.lance'))
  const batches = (await readFiles(table, BATCH_ROWS)).map((file) => arrow.tableFromIPC(file))
  const schema = await table.schema()
  const started = performance.now()
  const target = await db.createEmptyTable('public', schema)
  for (const batch of batches) await target.add(batch)
  const elapsedMs = performance.now() - started
  await db.dropTable('public')
  return elapsedMs
}

/** Imports a file some times in turn with both feedings of the same rows, and prints how they compare. */
async function compare(folder: string, name: string, expectedRows: number): Promise<void> {
  const [ours, byPublic, natively]: [number[], number[], number[]] = [[], [], []]
  const location = path.join(folder, `${name.replace('.', '-')}.lance`)
  for (let round = 0; round < ROUNDS; round++) {
    fs.rmSync(location, { recursive: true, force: true })
    const { elapsedMs, rows } = await importFile(folder, path.join(folder, name), location)
    expect(rows).toBe(expectedRows)
    ours.push(elapsedMs)
    byPublic.push(await feedPublicly(folder, location))
    natively.push(await feedNatively(folder, location))
  }
  const what = `import of ${expectedRows.toLocaleString('en-US')} rows of ${name}`
  report(`${what}, against the public API fed the same batches one by one`, ours, byPublic, '1.67×')
  report(`${what}, against native adds of files of a commit each`, ours, natively, 'none')
}

function writeCsv(file: string, enough: (rows: number, bytes: number) => boolean): void {
  const handle = fs.openSync(file, 'w')
  let [rows, bytes] = [0, 0]
  fs.writeSync(handle, 'id,name,price,when,flag\n')
  while (!enough(rows, bytes)) {
    let text = ''
    for (let end = rows + 10_000; rows < end; rows++) {
      text += `${rows},"name of ${rows % 997}, row ${rows}",${(rows % 10_000) / 8},2024-01-${String((rows % 28) + 1).padStart(2, '0')}T10:00:00Z,${rows % 3 === 0}\n`
    }
    bytes += fs.writeSync(handle, text)
  }
  fs.closeSync(handle)
}

function writeJsonLines(file: string): void {
  const handle = fs.openSync(file, 'w')
  for (let rows = 0; rows < ROWS;) {
    let text = ''
    for (const end = rows + 10_000; rows < end; rows++) {
      text += `{"id":${rows},"name":"name of ${rows % 997}, row ${rows}","price":${(rows % 10_000) / 8},"flag":${rows % 3 === 0}}\n`
    }
    fs.writeSync(handle, text)
  }
  fs.closeSync(handle)
}

function writeParquet(file: string, rows: ArrowTable): void {
  fs.writeFileSync(file, parquet.writeParquet(parquet.Table.fromIPCStream(arrow.tableToIPC(rows, 'stream'))))
}

type ArrowTable = Awaited<ReturnType<ReturnType<LanceTable['query']>['toArrow']>>

/** The rows of a dataset as a Parquet file. */
async function writeParquetOf(folder: string, name: string, file: string): Promise<void> {
  const db = await lancedb.connect(folder)
  writeParquet(file, await (await db.openTable(name)).query().toArrow())
  db.close()
}

/** Ids, and vectors of float32 as most writers of Parquet lay them down. */
function writeVectors(file: string): void {
  const values = Float32Array.from({ length: VECTOR_ROWS * DIMENSION }, (_, index) => Math.sin(index))
  const item = new arrow.Field('item', new arrow.Float32(), true)
  const child = arrow.makeData({ type: new arrow.Float32(), length: values.length, data: values })
  const valueOffsets = Int32Array.from({ length: VECTOR_ROWS + 1 }, (_, row) => row * DIMENSION)
  const vectors = arrow.makeData({ type: new arrow.List(item), length: VECTOR_ROWS, nullCount: 0, valueOffsets, child })
  const ids = arrow.makeVector(Int32Array.from({ length: VECTOR_ROWS }, (_, row) => row))
  writeParquet(file, new arrow.Table({ id: ids, vector: new arrow.Vector([vectors]) }))
}

test('importing 1,000,000 rows of CSV, JSON Lines and Parquet', async () => {
  test.setTimeout(1_800_000)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-import-bench-'))
  try {
    writeCsv(path.join(folder, 'rows.csv'), (rows) => rows >= ROWS)
    writeJsonLines(path.join(folder, 'rows.jsonl'))
    await importFile(folder, path.join(folder, 'rows.csv'), path.join(folder, 'first.lance'))
    await writeParquetOf(folder, 'first', path.join(folder, 'rows.parquet'))
    writeVectors(path.join(folder, 'vectors.parquet'))
    fs.writeFileSync(path.join(folder, 'one.csv'), 'id,name\n1,one\n')
    const one: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const location = path.join(folder, `one${round}.lance`)
      one.push((await importFile(folder, path.join(folder, 'one.csv'), location)).elapsedMs)
    }
    reportAlone('import of one row, which is the fixed part of those below', one, 'none')
    for (const name of ['rows.csv', 'rows.jsonl', 'rows.parquet']) await compare(folder, name, ROWS)
    await compare(folder, 'vectors.parquet', VECTOR_ROWS)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

test('memory of importing a large CSV file', async () => {
  test.setTimeout(3_600_000)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-import-bench-'))
  try {
    const file = path.join(folder, 'large.csv')
    writeCsv(file, (_, bytes) => bytes >= LARGE_BYTES)
    const { elapsedMs, peakRssBytes } = await importFile(folder, file, path.join(folder, 'large.lance'))
    const rate = LARGE_BYTES / 1e6 / (elapsedMs / 1000)
    console.log(
      `import of ${LARGE_BYTES / 1e9} GB of CSV: ${Math.round(rate)} MB/s, peak memory of the job ${Math.round(peakRssBytes / 1e6)} MB`,
    )
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
})
