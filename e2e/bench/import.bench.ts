import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { ROOT } from '../app.ts'
import { report } from './measure.ts'

/*
 * Importing files against feeding LanceDB the same rows as ready-made Arrow batches, and the memory of the job for a large
 * file: `IMPORT_GB=5` for the size of it, in gigabytes.
 */

const require = createRequire(import.meta.url)
const lancedb = require('@lancedb/lancedb') as typeof import('@lancedb/lancedb')
const arrow = require('apache-arrow') as typeof import('apache-arrow')
const parquet = require('parquet-wasm/node') as typeof import('parquet-wasm/node')

const ROWS = 1_000_000
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

/** Feeds LanceDB the rows of a dataset, held in memory as Arrow files of about a commit each. */
async function feed(folder: string, location: string, name: string): Promise<number> {
  const db = await lancedb.connect(folder)
  const table = await db.openTable(path.basename(location, '.lance'))
  const perRow = fs.statSync(path.join(location, 'data', fs.readdirSync(path.join(location, 'data'))[0] ?? '')).size
  const rowsPerFile = Math.max(1, Math.floor((ROWS * COMMIT_BYTES) / Math.max(perRow, COMMIT_BYTES)))
  const batches = await (table.query() as unknown as Native).inner.execute(rowsPerFile)
  const files: Buffer[] = []
  for (let file = await batches.next(); file !== null; file = await batches.next()) files.push(file)
  const schema = await (table as unknown as Native).inner.schema()
  const started = performance.now()
  const target = await (db as unknown as Native).inner.createEmptyTable(name, schema, 'create', null, {})
  for (const file of files) await target.add(file, 'append')
  return performance.now() - started
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

/** The rows of a dataset as a Parquet file. */
async function writeParquetOf(folder: string, name: string, file: string): Promise<void> {
  const db = await lancedb.connect(folder)
  const rows = await (await db.openTable(name)).query().toArrow()
  db.close()
  const stream = arrow.tableToIPC(rows, 'stream')
  fs.writeFileSync(file, parquet.writeParquet(parquet.Table.fromIPCStream(stream)))
}

test('importing 1,000,000 rows of CSV, JSON Lines and Parquet', async () => {
  test.setTimeout(900_000)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-import-bench-'))
  try {
    writeCsv(path.join(folder, 'rows.csv'), (rows) => rows >= ROWS)
    writeJsonLines(path.join(folder, 'rows.jsonl'))
    await importFile(folder, path.join(folder, 'rows.csv'), path.join(folder, 'first.lance'))
    await writeParquetOf(folder, 'first', path.join(folder, 'rows.parquet'))
    for (const name of ['rows.csv', 'rows.jsonl', 'rows.parquet']) {
      const [ours, bare]: [number[], number[]] = [[], []]
      for (let round = 0; round < ROUNDS; round++) {
        const location = path.join(folder, `${path.extname(name).slice(1)}${round}.lance`)
        const { elapsedMs, rows } = await importFile(folder, path.join(folder, name), location)
        expect(rows).toBe(ROWS)
        ours.push(elapsedMs)
        bare.push(await feed(folder, location, `fed-${path.extname(name).slice(1)}${round}`))
      }
      report(`import of 1M rows of ${name}, against feeding the same Arrow batches`, ours, bare, '1.67×')
    }
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
