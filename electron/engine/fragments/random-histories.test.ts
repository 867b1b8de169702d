import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Index, type Table } from '@lancedb/lancedb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '#shared/random.fixture.ts'
import type { Manifest } from '../format/types.ts'
import { listManifests } from '../datasets/index.ts'
import { decodeDeletionVector } from '../format/deletion-vector.ts'
import { readFragmentParts } from '../format/fragment-parts.ts'
import { deletionFileName } from '../format/names.ts'
import { decodeRowIdSequence, listRowIds } from '../format/row-ids.ts'
import { arrow, column, tableOf } from '../lance/tables.fixture.ts'
import { idle, makeTestEngine, type TestEngine } from '../rows/engine.fixture.ts'
import { createFragmentsHandlers } from './index.ts'

/*
 * Random histories made by LanceDB, and whether everything read from their metadata is what LanceDB says. Another seed or
 * more of them: HISTORY_SEED=7 HISTORIES=200 npx vitest run …
 */
const SEED = Number(process.env['HISTORY_SEED'] ?? 3)
const HISTORIES = Number(process.env['HISTORIES'] ?? 10)

let engine: TestEngine
beforeAll(async () => {
  engine = await makeTestEngine()
})
afterAll(() => engine.remove())

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function rowsOf(from: number, count: number): InstanceType<typeof arrow.Table> {
  const ids = Array.from({ length: count }, (_, index) => from + index)
  return tableOf({
    id: column(new arrow.Int64(), ids.map(BigInt)),
    text: column(
      new arrow.Utf8(),
      ids.map((id) => (id % 5 === 0 ? null : `row ${id}`)),
    ),
    score: column(new arrow.Float64(), ids),
  })
}

/** Some fifteen commits of every kind that keeps the columns. */
async function makeHistory(name: string, seed: number, options: Record<string, string>): Promise<Table> {
  const random = createRandom(seed)
  let next = 200 + random(400)
  const table = await engine.folder.create(name, rowsOf(0, next), options)
  for (let step = 0; step < 15; step++) {
    const count = 1 + random(300)
    const at = random(next)
    switch (random(9)) {
      case 0:
      case 1:
        await table.add(rowsOf(next, count) as never)
        next += count
        break
      case 2:
        await table.delete(`id % ${2 + random(30)} = 0 and id < ${at}`)
        break
      case 3:
        await table.delete(`id >= ${at} and id < ${at + count}`)
        break
      case 4:
        await table.update({ where: `id >= ${at} and id < ${at + 20}`, values: { text: 'changed' } })
        break
      case 5:
        await table
          .mergeInsert('id')
          .whenMatchedUpdateAll()
          .whenNotMatchedInsertAll()
          .execute(rowsOf(next - 5, 10 + random(40)) as never)
        next += 50
        break
      case 6:
        await table.createIndex('id', { config: Index.btree(), name: 'by_id', replace: true })
        break
      case 7:
        if (random(2) === 0) await table.optimize()
        break
      default:
        await table.addColumns([{ name: `extra_${step}`, valueSql: 'id + 1' }])
        await table.dropColumns([`extra_${step}`])
    }
  }
  return table
}

async function readManifest(name: string): Promise<{ manifest: Manifest; file: Uint8Array }> {
  const dataset = engine.context.datasets.get(await engine.open(name))
  const at = await dataset.resolve()
  const [newest] = await listManifests(dataset.store)
  return { manifest: await dataset.manifest(at), file: await dataset.store.read(newest!.path) }
}

/** Ids of the live rows in storage order, from metadata alone. */
async function rowIdsOf(name: string): Promise<readonly bigint[]> {
  const { manifest, file } = await readManifest(name)
  const ids: bigint[] = []
  for (const { id, physicalRows, deletion } of manifest.fragments) {
    const place = readFragmentParts(file, id)?.rowIds
    const own =
      place?.kind === 'inline'
        ? listRowIds(decodeRowIdSequence(place.bytes), physicalRows)
        : BigUint64Array.from({ length: physicalRows }, (_, at) => (BigInt(id) << 32n) + BigInt(at))
    const path = deletion && join(engine.folder.locate(name), '_deletions', deletionFileName(id, deletion))
    const deleted = new Set(
      path === undefined ? [] : decodeDeletionVector(await readFile(path), deletion!.type, physicalRows),
    )
    expect(deleted.size).toBe(deletion?.deletedRows ?? 0)
    own.forEach((rowId, at) => {
      if (!deleted.has(at)) ids.push(rowId)
    })
  }
  return ids
}

describe(`random histories (seed ${SEED})`, () => {
  it.each(Array.from({ length: HISTORIES }, (_, index) => index))('%i is read as LanceDB reads it', async (index) => {
    const options: Record<string, string> = {
      ...(index % 2 === 1 ? { new_table_enable_stable_row_ids: 'true' } : {}),
      ...(index % 5 === 2 ? { new_table_data_storage_version: '2.0' } : {}),
      ...(index % 5 === 3 ? { new_table_data_storage_version: '2.1' } : {}),
    }
    const name = `history_${index}`
    const table = await makeHistory(name, SEED * 1000 + index, options)
    const rows = await table.query().withRowId().select(['id']).toArray()
    expect(await rowIdsOf(name)).toEqual(rows.map((row) => BigInt(String(row['_rowid']))))

    const dataset = await engine.open(name)
    const handlers = createFragmentsHandlers(engine.context)
    const list = await handlers['fragments.list']({ dataset }, idle)
    const stats = await table.stats()
    expect([list.length, sum(list.map((it) => it.liveRows))]).toEqual([stats.fragmentStats.numFragments, rows.length])
    const byField = new Map<number, number>()
    for (const { id, physicalRows, bytes } of list) {
      const { files, rowIds, deadBytes, versions } = await handlers['fragments.get']({ dataset, id }, idle)
      for (const file of files) {
        expect([file.problem, file.rows]).toEqual([undefined, physicalRows])
        for (const it of file.columns) byField.set(it.fieldId, (byField.get(it.fieldId) ?? 0) + it.bytes)
      }
      expect(sum(files.map((file) => file.overheadBytes + sum(file.columns.map((it) => it.bytes))))).toBe(bytes)
      expect(rowIds?.rows).toBe(index % 2 === 1 ? physicalRows : undefined)
      expect(deadBytes).toBe(sum(files.flatMap((it) => it.columns).map((it) => (it.isDead ? it.bytes : 0))))
      expect(versions.at(-1)?.to).toBe(await table.version())
    }
    const columns = await handlers['fragments.columns']({ dataset }, idle)
    expect(new Map(columns.filter((it) => it.files > 0).map((it) => [it.fieldId, it.bytes]))).toEqual(byField)
    const scores = columns.find((it) => it.column === 'score')
    expect(scores?.arrowBytes).toBe(rows.length * 8 + Math.ceil(rows.length / 8))
  })
})
