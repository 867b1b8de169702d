import { createHash, randomFillSync } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'

const require = createRequire(import.meta.url)
const lancedb = require('@lancedb/lancedb') as typeof import('@lancedb/lancedb')
const arrow = require('apache-arrow') as typeof import('apache-arrow')

const DIMENSION = 768
const ROWS_PER_FRAGMENT = 2500

export interface LargeDataset {
  readonly location: string
  readonly rows: number
  readonly fragments: number
  /** One hash a column over the rows in their order, whatever files hold them; the newest version, read with LanceDB alone. */
  content(): Promise<string>
  remove(): void
}

/** So many bytes of random vectors, which nothing compresses, in fragments of 8 MB: long work for a compaction. */
export async function makeLargeDataset(bytes: number): Promise<LargeDataset> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-bench-large-'))
  const remove = (): void => fs.rmSync(folder, { recursive: true, force: true })
  try {
    const fragments = Math.ceil(bytes / (ROWS_PER_FRAGMENT * DIMENSION * 4))
    const db = await lancedb.connect(folder)
    const table = await db.createTable('data', makeRows(0))
    for (let fragment = 1; fragment < fragments; fragment++) await table.add(makeRows(fragment * ROWS_PER_FRAGMENT))
    const rows = fragments * ROWS_PER_FRAGMENT
    return { location: path.join(folder, 'data.lance'), rows, fragments, content: () => hashRows(folder), remove }
  } catch (error) {
    remove()
    throw error
  }
}

function makeRows(start: number) {
  const bits = randomFillSync(new Uint32Array(ROWS_PER_FRAGMENT * DIMENSION))
  // Floats from 1 to 2: random bits alone would be no numbers now and then.
  for (let i = 0; i < bits.length; i++) bits[i] = (bits[i]! & 0x7fffff) | 0x3f800000
  const child = arrow.makeData({
    type: new arrow.Float32(),
    data: new Float32Array(bits.buffer),
    length: bits.length,
  })
  const type = new arrow.FixedSizeList(DIMENSION, new arrow.Field('item', new arrow.Float32(), true))
  const ids = Array.from({ length: ROWS_PER_FRAGMENT }, (_, row) => start + row)
  return new arrow.Table({
    id: arrow.makeVector(BigInt64Array.from(ids, BigInt)),
    caption: arrow.vectorFromArray(
      ids.map((id) => `picture ${id} of a collection with captions`),
      new arrow.Utf8(),
    ),
    vector: new arrow.Vector([arrow.makeData({ type, length: ROWS_PER_FRAGMENT, nullCount: 0, child })]),
  })
}

async function hashRows(folder: string): Promise<string> {
  const table = await (await lancedb.connect(folder)).openTable('data')
  const [ids, captions, vectors] = [createHash('sha256'), createHash('sha256'), createHash('sha256')]
  let rows = 0
  for await (const batch of table.query()) {
    rows += batch.numRows
    ids.update(batch.getChild('id')!.toArray() as BigInt64Array)
    for (const caption of batch.getChild('caption')!) captions.update(`${caption}\n`)
    vectors.update(batch.getChild('vector')!.getChildAt(0)!.toArray() as Float32Array)
  }
  return [rows, ...[ids, captions, vectors].map((hash) => hash.digest('hex'))].join(' ')
}
