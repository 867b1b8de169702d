import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { arrow, lancedb } from '../lance/tables.fixture.ts'
import { distance, makeSearchBench, vectorOf, type SearchBench } from './search.fixture.ts'
import { runSearch } from './run.ts'

const ROWS = 600
let bench: SearchBench
let plain: string
let indexed: string

const rowsFrom = (start: number, count: number) =>
  Array.from({ length: count }, (_, i) => start + i).map((n) => ({
    id: n,
    text: `${n % 3 === 0 ? 'running foxes' : 'lazy dogs'} number ${n % 50}`,
    vector: vectorOf(n),
  }))

beforeAll(async () => {
  bench = await makeSearchBench()
  const flat = await bench.create('plain', rowsFrom(0, ROWS))
  flat.close()
  const table = await bench.create('indexed', rowsFrom(0, ROWS))
  const config = lancedb.Index.ivfPq({ numPartitions: 4, numSubVectors: 4, distanceType: 'cosine' })
  await table.createIndex('vector', { config, name: 'vector_idx' })
  await table.createIndex('text', { config: lancedb.Index.fts(), name: 'text_idx' })
  await table.createIndex('id', { config: lancedb.Index.btree(), name: 'id_idx' })
  await table.add(rowsFrom(ROWS, 40))
  table.close()
  plain = await bench.open('plain')
  indexed = await bench.open('indexed')
})
afterAll(() => bench.remove())

const codes = (result: { readonly warnings: readonly { readonly code: string }[] }) =>
  result.warnings.map(({ code }) => code)

describe('search by vector', () => {
  it.each(['l2', 'cosine', 'dot'] as const)('finds what comparing every row finds, by %s', async (metric) => {
    const query = vectorOf(1234)
    const { hits, answeredBy } = await bench.search({ dataset: plain, vector: query, k: 10, params: { metric } })
    const wanted = rowsFrom(0, ROWS)
      .map(({ id, vector }) => ({ id, far: distance(metric, query, vector) }))
      .toSorted((a, b) => a.far - b.far)
      .slice(0, 10)
    expect(hits.map(({ rowId }) => Number(rowId))).toEqual(wanted.map(({ id }) => id))
    for (const [i, hit] of hits.entries()) expect(hit.distance).toBeCloseTo(wanted[i]!.far, 3)
    expect(hits.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(answeredBy).toMatchObject({ bruteForced: true, metric, indices: [], totalRows: ROWS, version: 1 })
  })

  it('takes the rows it found, in the order of the hits', async () => {
    const result = await bench.search({ dataset: plain, vector: vectorOf(7), k: 5, columns: ['id'] })
    const ids = result.arrow.flatMap((file) => [...arrow.tableFromIPC(file).getChild('id')!.toArray()].map(Number))
    expect(result.order.map((at) => ids[at])).toEqual(result.hits.map(({ rowId }) => Number(rowId)))
    expect(result.vectorColumn).toBe('vector')
  })

  it('takes the vector of a row, which is then its own nearest', async () => {
    const { hits } = await bench.search({ dataset: plain, vector: { rowId: '42' }, k: 3 })
    expect(hits[0]).toMatchObject({ rowId: '42', rank: 1, distance: 0 })
  })

  it('takes the vector of a row as it was in another state, though it is gone since', async () => {
    const table = await bench.create('thinned', rowsFrom(0, 100))
    await table.delete('id = 42')
    table.close()
    const dataset = await bench.open('thinned')
    const gone = { dataset, vector: { rowId: '42' }, k: 2, columns: ['id'] }
    await expect(bench.search(gone)).rejects.toMatchObject({ code: 'row-not-found' })
    const { hits } = await bench.search({ ...gone, vector: { rowId: '42', ref: { version: 1 } } })
    const same = await bench.search({ ...gone, vector: vectorOf(42) })
    expect(hits.map(({ rowId }) => rowId)).toEqual(same.hits.map(({ rowId }) => rowId))
    expect(hits.some(({ rowId }) => rowId === '42')).toBe(false)
  })

  it('answers several vectors at once, each with ranks of its own', async () => {
    const { hits } = await bench.search({ dataset: plain, vector: [vectorOf(3), vectorOf(9)], k: 2 })
    expect(hits.map(({ query, rank }) => [query, rank])).toEqual([[0, 1], [0, 2], [1, 1], [1, 2]]) // prettier-ignore
    expect([hits[0]?.rowId, hits[2]?.rowId]).toEqual(['3', '9'])
  })

  it('filters before, or after when asked, and says when too few are left', async () => {
    const filter = 'id >= 500'
    const before = await bench.search({ dataset: plain, vector: vectorOf(3), k: 5, filter })
    expect(before.hits.every(({ rowId }) => Number(rowId) >= 500) && before.hits.length === 5).toBe(true)
    const after = await bench.search({
      dataset: plain,
      vector: vectorOf(3),
      k: 5,
      filter,
      params: { postfilter: true },
    })
    expect(after.hits.length).toBeLessThan(5)
    expect(after.warnings).toMatchObject([
      { code: 'few-results', parameter: 'postfilter', rows: after.hits.length, message: expect.stringMatching(/nearest 5 passed the filter/) as string }, // prettier-ignore
    ])
  })

  it('keeps to a range of distances', async () => {
    const params = { distanceRange: { lower: 0.5, upper: 3 } }
    const { hits } = await bench.search({ dataset: plain, vector: vectorOf(3), k: 20, params })
    expect(hits.length).toBeGreaterThan(0)
    expect(hits.every((hit) => hit.distance! >= 0.5 && hit.distance! < 3)).toBe(true)
  })

  it('says which index answered and how many rows it left out', async () => {
    const params = { nprobes: { min: 2, max: 2 }, refine: 5 }
    const result = await bench.search({ dataset: indexed, vector: vectorOf(3), k: 5, filter: 'id < 300', params })
    expect(result.answeredBy).toMatchObject({ bruteForced: false, metric: 'cosine', unindexedRows: 40, totalRows: 640 })
    expect(result.answeredBy.indices).toEqual([
      { name: 'vector_idx', type: 'IVF_PQ', role: 'vector', segments: 1, nprobes: 2 },
      { name: 'id_idx', type: 'BTREE', role: 'filter', segments: 1 },
    ])
    expect(codes(result)).toEqual(['unindexed-rows'])
    expect(result.hits[0]?.rowId).toBe('3')
  })

  it('says when the metric rules the index out, and what parameters had no effect', async () => {
    const other = await bench.search({ dataset: indexed, vector: vectorOf(3), k: 5, params: { metric: 'l2', ef: 50 } })
    expect(other.answeredBy.bruteForced).toBe(true)
    expect(codes(other)).toEqual(['metric-differs', 'parameter-ignored'])
    const exact = await bench.search({
      dataset: indexed,
      vector: vectorOf(3),
      k: 5,
      params: { exact: true, nprobes: { max: 3 }, rrfK: 5, fast: true },
    })
    expect(exact.warnings.map(({ parameter }) => parameter)).toEqual(['nprobes', 'fast', 'rrfK'])
  })

  it.each([
    { min: 1 },
    { max: 1 },
    { min: 50 },
    { max: 50 },
    { min: 3, max: 0 },
    { min: 30, max: 40 },
    { min: 2, max: 2 },
  ])('takes any bounds of partitions: %o', async (nprobes) => {
    const { hits } = await bench.search({ dataset: indexed, vector: vectorOf(3), k: 2, params: { nprobes } })
    expect(hits.length).toBe(2)
  })

  it('leaves unindexed rows out when told to be fast', async () => {
    const result = await bench.search({ dataset: indexed, vector: vectorOf(620), k: 640, params: { fast: true } })
    expect(result.hits.some(({ rowId }) => BigInt(rowId) >= 1n << 32n)).toBe(false)
    expect(result.hits.length).toBe(ROWS)
    expect(codes(result)).toEqual(['unindexed-rows-skipped'])
  })

  it('says that nothing was searched when fast search has no index to ask', async () => {
    const { hits, answeredBy, warnings } = await bench.search({
      dataset: plain,
      vector: vectorOf(3),
      k: 5,
      params: { fast: true },
    })
    expect(hits).toEqual([])
    expect(answeredBy).toMatchObject({ bruteForced: false, indices: [], unindexedRows: ROWS })
    expect(warnings).toMatchObject([
      { code: 'unindexed-rows-skipped', column: 'vector', parameter: 'fast', rows: ROWS },
    ])
    // Exact search takes no notice of it, with an index or without.
    for (const [dataset, rows] of [
      [plain, ROWS],
      [indexed, ROWS + 40],
    ] as const) {
      const exact = await bench.search({ dataset, vector: vectorOf(3), k: 1000, params: { fast: true, exact: true } })
      expect(exact.hits.length).toBe(rows)
      expect(exact.answeredBy).toMatchObject({ bruteForced: true, unindexedRows: 0 })
      expect(exact.warnings).toMatchObject([{ code: 'parameter-ignored', parameter: 'fast' }])
    }
  })

  it('says when the partitions looked into held too few rows, and how many are looked into', async () => {
    const ask = (params: object) => bench.search({ dataset: indexed, vector: vectorOf(3), k: 600, params })
    const one = await ask({ nprobes: { min: 1, max: 1 }, fast: true })
    expect(one.hits.length).toBeLessThan(ROWS)
    expect(one.warnings.find(({ code }) => code === 'few-results')).toMatchObject({
      parameter: 'nprobes',
      index: 'vector_idx',
      rows: one.hits.length,
    })
    expect(one.answeredBy.indices).toMatchObject([{ name: 'vector_idx', nprobes: 1 }])
    const usual = await ask({})
    expect(codes(usual)).not.toContain('few-results')
    expect(usual.answeredBy.indices).toMatchObject([{ nprobes: 20 }])
    const unbounded = await ask({ nprobes: { max: 0 } })
    expect(unbounded.answeredBy.indices[0]).not.toHaveProperty('nprobes')
  })

  it('ends at once when cancelled, and the next search is answered', async () => {
    const controller = new AbortController()
    const vectors = Array.from({ length: 250 }, (_, i) => vectorOf(i))
    const input = { dataset: plain, vector: vectors, k: 200 }
    const began = performance.now()
    const running = runSearch(bench.context, input, controller.signal)
    setTimeout(() => controller.abort(new AppError({ code: 'cancelled', message: 'Cancelled.' })), 5)
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    const cancelledMs = performance.now() - began
    expect((await bench.search({ dataset: plain, vector: vectorOf(3), k: 1 })).hits[0]?.rowId).toBe('3')
    const whole = await bench.search(input)
    expect(whole.hits.length).toBe(50_000)
    expect(cancelledMs).toBeLessThan(whole.answeredBy.elapsedMs)
  })

  it('tells the time Lance took apart from the rest', async () => {
    const { answeredBy } = await bench.search({ dataset: indexed, vector: vectorOf(3), k: 5 })
    const { searchMs, rowsMs, elapsedMs } = answeredBy
    expect(searchMs).toBeGreaterThan(0)
    expect(searchMs + rowsMs).toBeLessThanOrEqual(elapsedMs)
  })

  it('searches older versions, before the index was there', async () => {
    const result = await bench.search({ dataset: indexed, ref: { version: 1 }, vector: vectorOf(3), k: 5 })
    expect(result.answeredBy).toMatchObject({ bruteForced: true, version: 1, metric: 'l2' })
  })

  it.each([
    ['a wrong dimension', { vector: [1, 2, 3], k: 1 }, 'invalid-vector', /No column holds vectors of 3 numbers/],
    ['another for the column', { vector: [1], column: 'vector', k: 1 }, 'invalid-vector', /1 number, .* have 8/],
    ['a column of text', { vector: vectorOf(1), column: 'text', k: 1 }, 'invalid-vector', /cannot be searched/],
    ['no such column', { vector: vectorOf(1), column: 'nope', k: 1 }, 'unknown-column', /no column "nope"/],
    ['vectors of two lengths', { vector: [[1, 2], [1]], k: 1 }, 'invalid-vector', /Vector 2 has 1 numbers/],
    [
      'a number beyond single precision',
      { vector: [...vectorOf(1).slice(1), 1e39], k: 1 },
      'invalid-vector',
      /Number 8/,
    ],
    ['a row that is not there', { vector: { rowId: '99999' }, k: 1 }, 'row-not-found', /./],
    ['neither vector nor text', { k: 1 }, 'invalid-input', /vector, a text, or both/],
    [
      'probes the wrong way round',
      { vector: vectorOf(1), k: 1, params: { nprobes: { min: 5, max: 2 } } },
      'invalid-input',
      /At least 5/,
    ],
    [
      'an empty range',
      { vector: vectorOf(1), k: 1, params: { distanceRange: { lower: 2, upper: 1 } } },
      'invalid-input',
      /No distance/,
    ],
    [
      'more hits than can be shown',
      { vector: Array.from({ length: 6 }, (_, i) => vectorOf(i)), k: 10_000 },
      'too-large',
      /10000 rows for each of 6 vectors/,
    ],
    ['a bad filter', { vector: vectorOf(1), k: 1, filter: 'nope = 1' }, 'unknown-column', /nope/],
    [
      'text and several vectors',
      { vector: [vectorOf(1), vectorOf(2)], text: 'a', k: 1 },
      'invalid-vector',
      /one ranking/,
    ],
  ] as const)('refuses %s', async (_what, input, code, message) => {
    const running = bench.search({ dataset: plain, ...input } as Parameters<SearchBench['search']>[0])
    await expect(running).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string })
  })
})

describe('vector columns of other types', () => {
  it('are searched where Lance can: halves, doubles, bytes, lists of vectors', async () => {
    const vectors = Array.from({ length: 50 }, (_, i) => [i, i * 2, 1, 0])
    const list = (type: InstanceType<typeof arrow.DataType>) =>
      new arrow.FixedSizeList(4, new arrow.Field('item', type as never, true))
    const multi = new arrow.List(new arrow.Field('item', list(new arrow.Float32()), true))
    const table = await bench.folder.create(
      'types',
      new arrow.Table({
        f64: arrow.vectorFromArray(vectors, list(new arrow.Float64())),
        f16: arrow.vectorFromArray(vectors, list(new arrow.Float16())),
        u8: arrow.vectorFromArray(vectors, list(new arrow.Uint8())),
        i8: arrow.vectorFromArray(vectors, list(new arrow.Int8())),
        multi: arrow.vectorFromArray(vectors.map((v) => [v, [1, 1, 1, v[0]!]]), multi), // prettier-ignore
      }),
    )
    table.close()
    const dataset = await bench.open('types')
    for (const column of ['f64', 'f16', 'u8']) {
      const { hits, answeredBy } = await bench.search({ dataset, vector: [7, 14, 1, 0], column, k: 1 })
      expect([column, hits[0]?.rowId, hits[0]?.distance]).toEqual([column, '7', 0])
      expect(answeredBy.metric).toBe(column === 'u8' ? 'hamming' : 'l2')
    }
    const pair = await bench.search({ dataset, vector: [[7, 14, 1, 0], [1, 1, 1, 7]], column: 'multi', k: 2 }) // prettier-ignore
    expect(pair.hits.map(({ rowId, query }) => [rowId, query])[0]).toEqual(['7', 0])
    const own = await bench.search({ dataset, vector: { rowId: '9' }, column: 'multi', k: 1 })
    expect(own.hits[0]?.rowId).toBe('9')
    await expect(bench.search({ dataset, vector: [1, 70_000, 1, 1], column: 'f16', k: 1 })).rejects.toMatchObject({
      code: 'invalid-vector',
      hint: expect.stringMatching(/at most 65504 in "f16"/) as string,
    })
    const large = await bench.search({ dataset, vector: [1, 70_000, 1, 1], column: 'f64', k: 1 })
    expect(large.hits.length).toBe(1)
    await expect(bench.search({ dataset, vector: [1, 1, 1, 1], column: 'i8', k: 1 })).rejects.toMatchObject({
      code: 'invalid-vector',
    })
    await expect(bench.search({ dataset, vector: [1, 1, 1, 1], k: 1 })).rejects.toMatchObject({
      message: 'Several columns could be searched.',
    })
  })
})
