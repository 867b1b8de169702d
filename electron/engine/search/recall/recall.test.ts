import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/index.ts'
import type { RecallReport } from '#shared/model/search.ts'
import { arrow, lancedb, tableOf } from '../../lance/tables.fixture.ts'
import { createSearchHandlers } from '../index.ts'
import { distance, makeSearchBench, type Metric, type SearchBench } from '../search.fixture.ts'
import { createRandom } from './random.ts'

let bench: SearchBench
beforeAll(async () => {
  bench = await makeSearchBench()
})
afterAll(() => bench.remove())

const DIMENSION = 16
const idle = { signal: new AbortController().signal }

/** Vectors widely around a few centres, so that the nearest lie in several partitions; single precision, with nulls. */
function clustered(rows: number, seed: number): (number[] | null)[] {
  const random = createRandom(seed)
  const centres = Array.from({ length: 12 }, () => Array.from({ length: DIMENSION }, () => random() * 4 - 2))
  return Array.from({ length: rows }, (_, row) =>
    row % 37 === 5 ? null : centres[row % 12]!.map((value) => Math.fround(value + random() * 6 - 3)),
  )
}

async function createVectors(name: string, vectors: readonly (readonly number[] | null)[], storage = {}) {
  const type = new arrow.FixedSizeList(DIMENSION, new arrow.Field('item', new arrow.Float32(), true))
  const table = tableOf({
    id: arrow.vectorFromArray(
      vectors.map((_, row) => row),
      new arrow.Int32(),
    ),
    v: arrow.vectorFromArray(vectors, type),
  })
  return bench.folder.create(name, table, storage)
}

async function measure(input: Input<'search.recall'>): Promise<RecallReport> {
  const handlers = createSearchHandlers(bench.context)
  for await (const event of handlers['search.recall'](input, idle)) if (event.kind === 'done') return event.result
  throw new Error('no result')
}

/** Recall of a search by search.run against distances computed here. */
async function recallByHand(
  dataset: string,
  vectors: readonly (readonly number[] | null)[],
  metric: Metric,
  query: readonly number[],
  k: number,
  params: NonNullable<Input<'search.run'>['params']>,
  filter: { readonly sql: string; readonly keep: (id: number) => boolean } | undefined,
): Promise<number> {
  const ranked = vectors
    .flatMap((vector, id) =>
      vector === null || filter?.keep(id) === false ? [] : [{ id, far: distance(metric, query, vector) }],
    )
    .sort((a, b) => a.far - b.far)
  const bound = ranked[k - 1]!.far + 1e-4 * Math.abs(ranked[k - 1]!.far)
  const right = new Set(ranked.filter(({ far }) => far <= bound).map(({ id }) => id))
  const found = await bench.search({
    dataset,
    column: 'v',
    vector: [...query],
    k,
    params: { metric, ...params },
    columns: ['id'],
    ...(filter === undefined ? {} : { filter: filter.sql }),
  })
  const ids = found.arrow.flatMap((file) => [...arrow.tableFromIPC(file).getChild('id')!.toArray()].map(Number))
  return Math.min(1, ids.filter((id) => right.has(id)).length / k)
}

const { Index } = lancedb
const SETS: readonly (readonly [Metric, string, ReturnType<typeof Index.ivfPq>])[] = [
  ['l2', 'IVF_PQ', Index.ivfPq({ numPartitions: 8, numSubVectors: 4, distanceType: 'l2', maxIterations: 10 })],
  ['cosine', 'IVF_FLAT', Index.ivfFlat({ numPartitions: 10, distanceType: 'cosine' })],
  ['dot', 'IVF_PQ', Index.ivfPq({ numPartitions: 4, numSubVectors: 8, distanceType: 'dot', maxIterations: 10 })],
]

describe('search.recall', () => {
  it.each(SETS)('agrees with distances computed by hand: %s, %s', async (metric, type, config) => {
    const name = `set_${metric}`
    const vectors = clustered(1500, metric.length)
    const table = await createVectors(name, vectors)
    await table.createIndex('v', { config })
    const dataset = await bench.open(name)
    const report = await measure({
      dataset,
      column: 'v',
      k: 10,
      queries: { sample: 12, seed: 4 },
      sweep: { nprobes: [1, 3], refine: [0, 4] },
    })
    expect(report).toMatchObject({ metric, index: 'v_idx', rows: 1500, unindexedRows: 0, queries: 12, k: 10 })
    expect(report.points.map(({ params }) => params)).toEqual([
      { nprobes: 1 },
      { nprobes: 1, refine: 4 },
      { nprobes: 3 },
      { nprobes: 3, refine: 4 },
    ])
    expect(new Set(report.queryRows).size).toBe(12)
    for (const point of report.points) {
      const { nprobes = 20, refine } = point.params
      const params = { nprobes: { min: nprobes, max: nprobes }, refine }
      // Row ids of a fresh dataset of one fragment are the places of its rows.
      for (const [place, row] of report.queryRows!.entries()) {
        const byHand = await recallByHand(dataset, vectors, metric, vectors[Number(row)]!, 10, params, undefined)
        expect(point.perQuery[place], `${type} ${JSON.stringify(point.params)} row ${row}`).toBeCloseTo(byHand, 6)
      }
      expect(point.recall).toBeCloseTo(point.perQuery.reduce((sum, value) => sum + value, 0) / 12, 9)
      expect(point.lowerBound).toBeLessThanOrEqual(point.recall)
      expect(point.upperBound).toBeGreaterThanOrEqual(point.recall)
      expect(point.p50Ms).toBeGreaterThan(0)
      expect(point.p95Ms).toBeGreaterThanOrEqual(point.p50Ms)
    }
    expect(Math.min(...report.points.map(({ recall }) => recall))).toBeLessThan(1)
    expect(report.knee).toBeTypeOf('number')
  })

  it('keeps to the filter and to rows no index covers', async () => {
    const vectors = clustered(900, 99)
    const table = await createVectors('filtered', vectors.slice(0, 800))
    await table.createIndex('v', { config: Index.ivfFlat({ numPartitions: 6, distanceType: 'l2' }) })
    const later = await createVectors('later', vectors.slice(800))
    await table.add(await later.toArrow())
    const dataset = await bench.open('filtered')
    const query = vectors[0]!
    const report = await measure({
      dataset,
      column: 'v',
      k: 5,
      queries: { vectors: [query] },
      sweep: { nprobes: [1, 6] },
      filter: 'id < 300',
    })
    expect(report).toMatchObject({ rows: 900, unindexedRows: 100, filter: 'id < 300', queries: 1 })
    expect(report).not.toHaveProperty('queryRows')
    expect(report).not.toHaveProperty('knee')
    const filter = { sql: 'id < 300', keep: (id: number) => id < 300 }
    for (const [place, nprobes] of [1, 6].entries()) {
      const params = { nprobes: { min: nprobes, max: nprobes } }
      const byHand = await recallByHand(dataset, vectors.slice(0, 300), 'l2', query, 5, params, filter)
      expect(report.points[place]!.recall).toBeCloseTo(byHand, 6)
    }
    expect(report.points[1]!.recall).toBe(1)
  })

  it('counts rows as near as the last one as found, whichever of them were', async () => {
    const twins = Array.from({ length: 400 }, (_, row) => Array.from({ length: DIMENSION }, () => (row < 60 ? 1 : row)))
    const table = await createVectors('twins', twins)
    await table.createIndex('v', { config: Index.ivfFlat({ numPartitions: 2, distanceType: 'l2' }) })
    const report = await measure({
      dataset: await bench.open('twins'),
      column: 'v',
      k: 10,
      queries: { vectors: [twins[0]!] },
      sweep: { nprobes: [2] },
    })
    expect(report.points[0]!.recall).toBe(1)
  })

  it('chooses settings by the type of the index, and draws the same queries for the same seed', async () => {
    const table = await createVectors('graph', clustered(600, 3))
    await table.createIndex('v', { config: Index.hnswSq({ numPartitions: 1, distanceType: 'l2' }) })
    const dataset = await bench.open('graph')
    const wanted = { dataset, column: 'v', k: 4, queries: { sample: 6, seed: 11 }, sweep: {} }
    const first = await measure(wanted)
    const second = await measure(wanted)
    expect(first.points.length).toBeGreaterThanOrEqual(6)
    expect(first.points.every(({ params }) => params.ef !== undefined)).toBe(true)
    expect(second.queryRows).toEqual(first.queryRows)
    expect(first.points.at(-1)!.recall).toBeGreaterThan(0.9)
    const other = await measure({ ...wanted, queries: { sample: 6, seed: 12 } })
    expect(other.queryRows).not.toEqual(first.queryRows)
  })

  it('measures exact search where there is no index', async () => {
    await createVectors('bare', clustered(50, 5))
    const report = await measure({
      dataset: await bench.open('bare'),
      column: 'v',
      k: 3,
      queries: { sample: 100, seed: 1 },
      sweep: { nprobes: [1, 2] },
    })
    expect(report).toMatchObject({ index: null, unindexedRows: 50, metric: 'l2', points: [{ params: {}, recall: 1 }] })
    expect(report.queries).toBe(48)
  })

  it('refuses what cannot be measured, before anything is started', async () => {
    const bare = await bench.open('bare')
    const good = { dataset: bare, column: 'v', k: 3, queries: { sample: 2, seed: 1 }, sweep: {} } as const
    const failing = async (change: Partial<Input<'search.recall'>>, code: string) =>
      expect(measure({ ...good, ...change }), JSON.stringify(change)).rejects.toMatchObject({ code })
    await failing({ column: 'w' }, 'unknown-column')
    await failing({ column: 'id' }, 'invalid-vector')
    await failing({ queries: { vectors: [[1, 2]] } }, 'invalid-vector')
    await failing({ queries: { vectors: [Array.from({ length: DIMENSION }, () => Number.NaN)] } }, 'invalid-vector')
    await failing({ filter: 'nonsense(' }, 'invalid-filter')
    await failing({ filter: 'id < 0' }, 'invalid-input')
    await failing({ metric: 'hamming' }, 'invalid-input')
  })
})
