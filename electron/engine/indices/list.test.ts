import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { lancedb } from '../lance/tables.fixture.ts'
import { listIndices } from './list.ts'

let test: TestContext
let dataset: string

beforeAll(async () => {
  test = await makeTestContext()
  const rows = (start: number) =>
    Array.from({ length: 300 }, (_, i) => ({
      id: start + i,
      kind: `k${i % 3}`,
      text: `word ${i}`,
      ...Object.fromEntries(
        ['flat', 'pq', 'rq', 'hpq', 'hsq'].map((name) => [
          `${name}_vector`,
          Array.from({ length: 16 }, (_n, j) => Math.sin(i * 5 + j)),
        ]),
      ),
    }))
  const table = await (await lancedb.connect(test.folder.path)).createTable('many', rows(0))
  const { Index } = lancedb
  const configs = {
    id: Index.btree(),
    kind: Index.bitmap(),
    text: Index.fts({ withPosition: true, stem: false }),
    flat_vector: Index.ivfFlat({ numPartitions: 2, distanceType: 'cosine' }),
    pq_vector: Index.ivfPq({ numPartitions: 2, numSubVectors: 4 }),
    rq_vector: Index.ivfRq({ numPartitions: 2 }),
    hpq_vector: Index.hnswPq({ numPartitions: 1, numSubVectors: 4, m: 12, efConstruction: 50 }),
    hsq_vector: Index.hnswSq({ numPartitions: 1, distanceType: 'dot' }),
  }
  for (const [column, config] of Object.entries(configs)) await table.createIndex(column, { config })
  await table.add(rows(300))
  await table.delete('id % 10 = 0')
  table.close()
  dataset = await test.open('many')
})
afterAll(() => test.remove())

describe('indices.list', () => {
  it('tells type, metric and settings of every kind of index', async () => {
    const indices = await listIndices(test.context, { dataset })
    const by = new Map(indices.map((index) => [index.columns[0], index]))
    expect([...by].map(([column, { type, metric, kind }]) => [column, type, metric, kind])).toEqual([
      ['id', 'BTREE', undefined, 'scalar'],
      ['kind', 'BITMAP', undefined, 'scalar'],
      ['text', 'FTS', undefined, 'text'],
      ['flat_vector', 'IVF_FLAT', 'cosine', 'vector'],
      ['pq_vector', 'IVF_PQ', 'l2', 'vector'],
      ['rq_vector', 'IVF_RQ', 'l2', 'vector'],
      ['hpq_vector', 'HNSW_PQ', 'l2', 'vector'],
      ['hsq_vector', 'HNSW_SQ', 'dot', 'vector'],
    ])
    expect(by.get('pq_vector')?.parameters).toEqual({ numBits: 8, numSubVectors: 4 })
    expect(by.get('hpq_vector')?.parameters).toMatchObject({ numSubVectors: 4, m: 12, efConstruction: 50 })
    expect(by.get('text')?.tokenizer).toMatchObject({ withPosition: true, stem: false, baseTokenizer: 'simple' })
    expect(by.get('text')?.usedFor.at(-1)).toContain('Phrases')
  })

  it('counts rows, segments and bytes as LanceDB does', async () => {
    const table = await (await lancedb.connect(test.folder.path)).openTable('many')
    const known = new Map((await table.listIndices()).map((index) => [index.name, index]))
    const indices = await listIndices(test.context, { dataset })
    expect(indices.length).toBe(known.size)
    for (const index of indices) {
      const theirs = known.get(index.name)
      expect([index.name, index.indexedRows, index.unindexedRows, index.segments.length, index.bytes]).toEqual([
        index.name,
        theirs?.numIndexedRows,
        theirs?.numUnindexedRows,
        theirs?.numSegments,
        theirs?.sizeBytes,
      ])
      expect(new Date(index.createdAt ?? '').toISOString()).toBe(theirs?.createdAt?.toISOString())
    }
  })

  it('shows an older version as it was, and refuses a version that is not there', async () => {
    expect((await listIndices(test.context, { dataset, ref: { version: 2 } })).map(({ type }) => type)).toEqual([
      'BTREE',
    ])
    await expect(listIndices(test.context, { dataset, ref: { version: 99 } })).rejects.toMatchObject({
      code: 'version-not-found',
    })
  })
})
