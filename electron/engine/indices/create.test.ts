import { chmodSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IndexParams, IndexType } from '#shared/model/index-entry.ts'
import { createJobsHandlers } from '../jobs/index.ts'
import { listTree, openTable, setWritable, withoutPrivileges } from '../versions/writing.fixture.ts'
import { idle, makeIndexBench, manyColumns, tableOf, type IndexBench } from './indices.fixture.ts'

let bench: IndexBench
let dataset: string
beforeAll(async () => {
  bench = await makeIndexBench()
  await bench.folder.create('many', tableOf(manyColumns(300)))
  dataset = await bench.open('many')
})
afterAll(() => bench.remove())

const GOOD: readonly (readonly [IndexType, string, IndexParams, string])[] = [
  ['BTREE', 'id', {}, 'ScalarIndexQuery'],
  ['BTREE', 'price', {}, 'ScalarIndexQuery'],
  ['BTREE', 'place.x', {}, 'ScalarIndexQuery'],
  ['BITMAP', 'kind', {}, 'ScalarIndexQuery'],
  ['LABEL_LIST', 'tags', {}, 'ScalarIndexQuery'],
  ['FTS', 'text', { withPosition: true, language: 'English', stem: false }, 'Match'],
  ['FM', 'name', {}, 'ScalarIndexQuery'],
  ['IVF_FLAT', 'vector', { numPartitions: 4, metric: 'cosine' }, 'ANN'],
  ['IVF_PQ', 'vector', { numPartitions: 2, numSubVectors: 4, maxIterations: 5 }, 'ANN'],
  ['IVF_RQ', 'vector', { numPartitions: 2 }, 'ANN'],
  ['HNSW_PQ', 'vector', { numPartitions: 1, numSubVectors: 4, m: 8, efConstruction: 40, maxIterations: 5 }, 'ANN'],
  ['HNSW_SQ', 'vector', { numPartitions: 1, m: 8, efConstruction: 40 }, 'ANN'],
  ['IVF_FLAT', 'bytes', { numPartitions: 2 }, 'ANN'],
  ['IVF_FLAT', 'multi', { numPartitions: 2 }, 'ANN'],
]

describe('indices.create', () => {
  it.each(GOOD)('builds %s on %s, as LanceDB and the manifest say, and shows that queries use it', async (...one) => {
    const [type, column, params, node] = one
    const name = `${type} on ${column}`
    const made = await bench.build({ dataset, column, type, params, name })
    expect(made.versionAfter).toBe(made.versionBefore + 1)
    expect(made.index).toMatchObject({ name, type, columns: [column], indexedRows: 300, unindexedRows: 0 })
    if (params.metric !== undefined) expect(made.index.metric).toBe(params.metric)
    const table = await openTable(bench.folder.locate('many'))
    const theirs = (await table.listIndices()).find((index) => index.name === name)
    expect([theirs?.columns, theirs?.numIndexedRows, theirs?.sizeBytes]).toEqual([[column], 300, made.index.bytes])
    const stats = await table.indexStats(name)
    expect([stats?.numIndexedRows, stats?.numUnindexedRows]).toEqual([300, 0])
    if (column !== 'multi' && column !== 'bytes') {
      expect(made.proof?.afterPlan).toContain(node)
      expect(made.proof?.afterMs).toBeGreaterThan(0)
    }
    await bench.handlers['indices.drop']({ dataset, name }, idle)
  })

  it('takes a name of its own, refuses to replace unasked, and replaces when asked', async () => {
    const first = await bench.build({ dataset, column: 'id', type: 'BTREE' })
    expect(first.index.name).toBe('id_idx')
    const again = bench.build({ dataset, column: 'id', type: 'BITMAP' })
    await expect(again).rejects.toMatchObject({
      code: 'already-exists',
      message: expect.stringContaining('BTREE on id. It is replaced only when you ask'),
      hint: expect.stringContaining('replace it'),
    })
    const elsewhere = bench.build({ dataset, column: 'price', type: 'BTREE', name: 'id_idx', replace: true })
    await expect(elsewhere).rejects.toMatchObject({ code: 'already-exists' })
    const second = await bench.build({ dataset, column: 'id', type: 'BITMAP', replace: true })
    expect(second.index).toMatchObject({ name: 'id_idx', type: 'BITMAP' })
    expect((await bench.list(dataset)).filter(({ name }) => name === 'id_idx')).toHaveLength(1)
    await bench.handlers['indices.drop']({ dataset, name: 'id_idx' }, idle)
  })

  it('leaves rows added later to be searched one by one', async () => {
    const table = await bench.folder.create('grown', tableOf(manyColumns(300)))
    const grown = await bench.open('grown')
    await bench.build({ dataset: grown, column: 'vector', type: 'IVF_FLAT', params: { numPartitions: 2 } })
    await table.checkoutLatest()
    await table.add(tableOf(manyColumns(50, 300)))
    await table.delete('id % 10 = 0')
    expect(await bench.list(grown)).toMatchObject([{ indexedRows: 270, unindexedRows: 45 }])
  })
})

const BAD: readonly (readonly [string, IndexType, string, IndexParams, string])[] = [
  ['parameters of other types', 'BTREE', 'id', { metric: 'l2', m: 4 }, 'BTREE has no parameter metric, m.'],
  ['bits of IVF_FLAT', 'IVF_FLAT', 'vector', { numBits: 8 }, 'IVF_FLAT has no parameter numBits.'],
  ['a metric of bits for floats', 'IVF_FLAT', 'vector', { metric: 'hamming' }, 'cannot measure hamming'],
  ['l2 for bytes', 'IVF_FLAT', 'bytes', { metric: 'l2' }, 'cannot measure l2'],
  ['l2 for multivectors', 'IVF_PQ', 'multi', { metric: 'l2' }, 'cannot measure l2'],
  ['sub-vectors that do not divide', 'IVF_PQ', 'vector', { numSubVectors: 5 }, '5 equal sub-vectors'],
  ['odd sub-vectors of 4 bits', 'IVF_PQ', 'vector', { numSubVectors: 1, numBits: 4 }, 'must be even'],
  ['5 bits', 'IVF_PQ', 'vector', { numBits: 5 }, '4 or 8 bits'],
  ['10 bits of RQ', 'IVF_RQ', 'vector', { numBits: 10 }, '1 to 9 bits'],
  ['more partitions than rows', 'IVF_FLAT', 'vector', { numPartitions: 301 }, 'from 300 rows'],
  ['a graph of too few edges', 'HNSW_SQ', 'vector', { m: 3 }, 'falls apart'],
  ['a narrow construction', 'HNSW_SQ', 'vector', { efConstruction: 10 }, 'at least m (20)'],
  ['an unknown language', 'FTS', 'text', { language: 'english' }, 'no language "english"'],
  ['ngrams of words', 'FTS', 'text', { ngramMinLength: 2 }, 'belongs to the ngram tokenizer'],
  ['ngrams backwards', 'FTS', 'text', { baseTokenizer: 'ngram', ngramMinLength: 5 }, 'longer than the longest'],
]

describe('indices.create refuses before anything is built', () => {
  it.each(BAD)('%s', async (_what, type, column, params, message) => {
    const before = (await bench.context.datasets.get(dataset).resolve()).version
    await expect(bench.build({ dataset, column, type, params })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining(message),
      hint: expect.any(String),
    })
    expect((await bench.context.datasets.get(dataset).resolve()).version).toBe(before)
  })

  it.each([
    ['FTS', 'id'],
    ['BITMAP', 'price'],
    ['BTREE', 'tags'],
    ['BTREE', 'vector'],
    ['IVF_PQ', 'bytes'],
    ['IVF_FLAT', 'text'],
    ['BTREE', 'place'],
  ] as const)('%s on %s, as LanceDB does', async (type, column) => {
    await expect(bench.build({ dataset, column, type })).rejects.toMatchObject({ code: 'not-indexable' })
  })

  it('columns and names that cannot be', async () => {
    await expect(bench.build({ dataset, column: 'pric', type: 'BTREE' })).rejects.toMatchObject({
      code: 'unknown-column',
      hint: 'Did you mean "price"?',
    })
    for (const name of ['__lance_mem_wal', ' a', 'a\nb']) {
      const tried = bench.build({ dataset, column: 'id', type: 'BTREE', name })
      await expect(tried).rejects.toMatchObject({ code: 'invalid-name' })
    }
  })

  it('too few rows to learn from', async () => {
    await bench.folder.create('few', tableOf(manyColumns(255)))
    const few = await bench.open('few')
    await expect(bench.build({ dataset: few, column: 'vector', type: 'IVF_PQ' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'Product quantization with 8 bits learns from at least 256 vectors, and there are 255 rows.',
    })
    const made = await bench.build({ dataset: few, column: 'vector', type: 'IVF_PQ', params: { numBits: 4 } })
    expect(made.index.parameters).toMatchObject({ numBits: 4 })
  })

  it('a dataset it may not write, leaving nothing behind', async () => {
    await bench.folder.create('locked', tableOf(manyColumns(300)))
    const location = bench.folder.locate('locked')
    const locked = await bench.open('locked')
    await bench.build({ dataset: locked, column: 'id', type: 'BTREE' })
    // Nobody else may enter a temporary folder as it is made.
    chmodSync(bench.folder.path, 0o755)
    setWritable(location, false)
    const before = listTree(location)
    const failures = await withoutPrivileges(() =>
      Promise.allSettled([
        bench.build({ dataset: locked, column: 'price', type: 'BTREE' }),
        bench.build({ dataset: locked, column: 'vector', type: 'IVF_FLAT', params: { numPartitions: 2 } }),
        (async () => bench.handlers['indices.drop']({ dataset: locked, name: 'id_idx' }, idle))(),
      ]),
    )
    setWritable(location, true)
    for (const failure of failures) expect(failure).toMatchObject({ reason: { code: 'read-only' } })
    expect(listTree(location)).toEqual(before)
  })

  it('and a cancelled job leaves the dataset at its version', async () => {
    await bench.folder.create('cancelled', tableOf(manyColumns(3000)))
    const handle = await bench.open('cancelled')
    const params = { numPartitions: 1, efConstruction: 1000, m: 100 }
    const jobs = createJobsHandlers(bench.context)
    const running = async (): Promise<void> => {
      const input = { dataset: handle, column: 'vector', type: 'HNSW_PQ', params } as const
      for await (const { job } of bench.handlers['indices.create'](input, idle)) {
        if (job.progress?.note === 'Building HNSW_PQ') void jobs['jobs.cancel']({ job: job.id }, idle)
      }
    }
    await expect(running()).rejects.toMatchObject({ code: 'cancelled' })
    expect(await bench.context.datasets.get(handle).resolve()).toMatchObject({ version: 1 })
    expect(await bench.list(handle)).toEqual([])
  })
})
