import { createRequire } from 'node:module'
import fs from 'node:fs'
import path from 'node:path'

// lancedb loads apache-arrow's CommonJS copy; tables made with another copy arrive empty.
const require = createRequire(import.meta.url)
const lancedb = require('@lancedb/lancedb') as typeof import('@lancedb/lancedb')
const arrow = require('apache-arrow') as typeof import('apache-arrow')

/** Datasets are made once and kept between runs. */
const CACHE = path.resolve(import.meta.dirname, '../../.cache/bench')
const WORDS =
  'lance manifest fragment column vector index append compaction cleanup restore branch tag scan take'.split(' ')

function makeRows(start: number, count: number) {
  const rows = Array.from({ length: count }, (_, i) => start + i)
  const word = (n: number) => WORDS[n % WORDS.length]!
  return arrow.tableFromArrays({
    id: BigInt64Array.from(rows, BigInt),
    score: Float64Array.from(rows, (n) => Math.sin(n / 1000) * 100),
    ratio: Float32Array.from(rows, (n) => (n % 997) / 997),
    count: Int32Array.from(rows, (n) => n % 10_007),
    label: rows.map((n) => word(n)),
    caption: rows.map((n) => `${word(n)} ${word(n >> 4)} ${word(n >> 8)} number ${n}`),
    source: rows.map((n) => (n % 11 === 0 ? null : `bucket-${n % 5}`)),
    small: Int8Array.from(rows, (n) => n % 100),
    weight: Float64Array.from(rows, (n) => n * 0.5),
    rank: Int32Array.from(rows, (n) => (n * 7919) % 1_000_003),
    note: rows.map((n) => `note ${n % 1000}`),
    flag: rows.map((n) => n % 3 === 0),
  })
}

/** Location of a dataset of `rows` rows × 12 columns in fragments of 100,000 rows; made on first use. */
export async function rowsDataset(rows: number): Promise<string> {
  return cached(`rows-${rows}`, async (folder) => {
    const db = await lancedb.connect(folder)
    const batch = 100_000
    const table = await db.createTable('data', makeRows(0, Math.min(batch, rows)))
    for (let start = batch; start < rows; start += batch)
      await table.add(makeRows(start, Math.min(batch, rows - start)))
  })
}

/** Location of a dataset with `versions` versions: appends, with a compaction every hundred. */
export async function versionsDataset(versions: number): Promise<string> {
  return cached(`versions-${versions}`, async (folder) => {
    const db = await lancedb.connect(folder)
    const table = await db.createTable('data', makeRows(0, 10))
    for (let version = 1; version < versions;) {
      if (version % 100 === 0) await table.optimize({ cleanupOlderThan: new Date(0) })
      else await table.add(makeRows(version * 10, 10))
      version = await table.version()
    }
  })
}

/** Location of a dataset of 3,000 fragments of which the newest 1,000 versions are left, each an append of one fragment. */
export async function fragmentsDataset(): Promise<string> {
  return cached('fragments-3000', async (folder) => {
    const table = await (await lancedb.connect(folder)).createTable('data', makeRows(0, 10))
    const manifests = path.join(folder, 'data.lance', '_versions')
    for (let version = 2; version <= 3000; version++) {
      await table.add(makeRows(version * 10, 10))
      const old = version - 1000
      if (old > 0) fs.rmSync(path.join(manifests, `${2n ** 64n - 1n - BigInt(old)}.manifest`))
    }
  })
}

async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(CACHE, name)
  const location = path.join(folder, 'data.lance')
  if (fs.existsSync(path.join(folder, 'done'))) return location
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder, { recursive: true })
  console.log(`making ${name} (once)`)
  await make(folder)
  fs.writeFileSync(path.join(folder, 'done'), '')
  return location
}
