import { createRequire } from 'node:module'
import fs from 'node:fs'
import path from 'node:path'
import { addManyFragments } from './many-fragments.ts'

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

/** Location of a dataset of `versions` appends nobody compacted: version n has n fragments. */
export async function appendsDataset(versions: number): Promise<string> {
  return cached(`appends-${versions}`, async (folder) => {
    const db = await lancedb.connect(folder)
    const table = await db.createTable('data', makeRows(0, 10))
    for (let version = 1; version < versions; version++) await table.add(makeRows(version * 10, 10))
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

/** Location of a dataset of so many fragments, of which there is only the metadata. */
export async function manyFragmentsDataset(fragments: number): Promise<string> {
  return cached(`many-fragments-${fragments}`, async (folder) => {
    await (await lancedb.connect(folder)).createTable('data', makeRows(0, 10))
    addManyFragments(path.join(folder, 'data.lance'), fragments)
  })
}

/** Versions of a dataset before and after a hundredth of its rows changed. */
export interface ChangedDataset {
  readonly location: string
  readonly before: number
  /** Rows updated: every fragment is still there, with deletions. */
  readonly updated: number
  /** All compacted since: no fragment is still there. */
  readonly rewritten: number
}

/** `rows` rows × 10 columns in fragments of 100,000, a hundredth of them updated, then all rewritten. */
export async function changedDataset(rows: number): Promise<ChangedDataset> {
  const location = await cached(`changed-${rows}`, async (folder) => {
    const db = await lancedb.connect(folder)
    const batch = 100_000
    const table = await db.createTable('data', makePlainRows(0, Math.min(batch, rows)))
    for (let start = batch; start < rows; start += batch)
      await table.add(makePlainRows(start, Math.min(batch, rows - start)))
    const before = await table.version()
    await table.update({ where: 'id % 100 = 7', valuesSql: { score: 'score + 1.0', note: "'changed'" } })
    const updated = await table.version()
    await table.optimize({ cleanupOlderThan: new Date(0) })
    const versions = { before, updated, rewritten: await table.version() }
    fs.writeFileSync(path.join(folder, 'versions.json'), JSON.stringify(versions))
  })
  const versions = fs.readFileSync(path.join(path.dirname(location), 'versions.json'), 'utf8')
  return { location, ...(JSON.parse(versions) as Omit<ChangedDataset, 'location'>) }
}

/** Ten columns, texts stored plainly rather than as dictionaries, which would come whole with every batch. */
function makePlainRows(start: number, count: number) {
  const rows = Array.from({ length: count }, (_, i) => start + i)
  const word = (n: number) => WORDS[n % WORDS.length]!
  const texts = (make: (n: number) => string | null) => arrow.vectorFromArray(rows.map(make), new arrow.Utf8())
  return new arrow.Table({
    id: arrow.makeVector(BigInt64Array.from(rows, BigInt)),
    score: arrow.makeVector(Float64Array.from(rows, (n) => Math.sin(n / 1000) * 100)),
    ratio: arrow.makeVector(Float32Array.from(rows, (n) => (n % 997) / 997)),
    count: arrow.makeVector(Int32Array.from(rows, (n) => n % 10_007)),
    label: texts(word),
    caption: texts((n) => `${word(n)} ${word(n >> 4)} ${word(n >> 8)} number ${n}`),
    source: texts((n) => (n % 11 === 0 ? null : `bucket-${n % 5}`)),
    weight: arrow.makeVector(Float64Array.from(rows, (n) => n * 0.5)),
    note: texts((n) => `note ${n % 1000}`),
    flag: arrow.vectorFromArray(
      rows.map((n) => n % 3 === 0),
      new arrow.Bool(),
    ),
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

/** Location of `rows` vectors of 128 dimensions in clusters, with an IVF_PQ index of 64 partitions; made on first use. */
export async function vectorsDataset(rows: number): Promise<string> {
  return cached(`vectors-${rows}`, async (folder) => {
    const dimension = 128
    const random = createRandom(7)
    const centres = Array.from({ length: 64 }, () => Float32Array.from({ length: dimension }, () => random() * 2 - 1))
    const values = new Float32Array(rows * dimension)
    for (let row = 0; row < rows; row++) {
      const centre = centres[Math.floor(random() * centres.length)]!
      for (let i = 0; i < dimension; i++) values[row * dimension + i] = centre[i]! + (random() - 0.5) * 0.6
    }
    const item = new arrow.Field('item', new arrow.Float32(), true)
    const list = new arrow.FixedSizeList(dimension, item)
    const child = arrow.makeData({ type: new arrow.Float32(), data: values, length: values.length })
    const ids = Array.from({ length: rows }, (_, row) => row)
    const table = await (
      await lancedb.connect(folder)
    ).createTable(
      'data',
      new arrow.Table({
        id: arrow.vectorFromArray(ids.map(BigInt), new arrow.Int64()),
        label: arrow.vectorFromArray(
          ids.map((n) => WORDS[n % WORDS.length]!),
          new arrow.Utf8(),
        ),
        vector: new arrow.Vector([arrow.makeData({ type: list, length: rows, nullCount: 0, child })]),
      }),
    )
    const config = lancedb.Index.ivfPq({ numPartitions: 64, numSubVectors: 16, maxIterations: 10 })
    await table.createIndex('vector', { config, name: 'vector_idx' })
  })
}

/** The same numbers every run, in [0, 1). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
