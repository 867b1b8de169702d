import { createRequire } from 'node:module'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { vectorsDataset } from './datasets.ts'
import { percentile, report } from './measure.ts'
import { startPortEngine } from './port-client.ts'

const require = createRequire(import.meta.url)
const lancedb = require('@lancedb/lancedb') as typeof import('@lancedb/lancedb')

const ROWS = 100_000
const K = 20
const SEARCHES = 200

interface NativeBatches {
  next(): Promise<Buffer | null>
}

/** What the figures are held against: the same query through LanceDB alone, its batches taken as raw bytes. */
async function openBare(location: string) {
  const table = await (await lancedb.connect(path.dirname(location))).openTable(path.basename(location, '.lance'))
  const drain = async (query: unknown): Promise<void> => {
    const batches = await (query as { inner: { execute(): Promise<NativeBatches> } }).inner.execute()
    while ((await batches.next()) !== null);
  }
  const vectors = await table.query().select(['vector']).limit(SEARCHES).toArray()
  const queries = vectors.map((row) => [...(row as { vector: Iterable<number> }).vector])
  return { table, drain, queries }
}

test('search through the app over the bare call, 100,000 × 128, IVF_PQ, k = 20', async () => {
  const location = await vectorsDataset(ROWS)
  const { table, drain, queries } = await openBare(location)
  const engine = await startPortEngine()
  try {
    const { dataset } = await engine.call('datasets.open', { location })
    const [ours, bare]: [number[], number[]] = [[], []]
    const columns = ['id', 'label']
    for (const [round, vector] of [...queries.slice(0, 20), ...queries].entries()) {
      const began = performance.now()
      await drain(
        table
          .query()
          .nearestTo(vector)
          .limit(K)
          .select([...columns, '_distance']),
      )
      const between = performance.now()
      const result = await engine.call('search.run', { dataset, vector, k: K, columns })
      const ended = performance.now()
      expect((result['hits'] as unknown[]).length).toBe(K)
      if (round < 20) continue
      bare.push(between - began)
      ours.push(ended - between)
    }
    report('search, 100k × 128, IVF_PQ, k = 20, over a message port', ours, bare, 'bare + 5 ms')
  } finally {
    await engine.stop()
  }
})

test('recall sweep of 12 settings × 50 queries over the sum of the bare searches', async () => {
  const location = await vectorsDataset(ROWS)
  const { table, drain, queries } = await openBare(location)
  const sweep = { nprobes: [1, 4, 16, 64], refine: [0, 5, 10] }
  const sample = queries.slice(0, 50)
  const engine = await startPortEngine()
  try {
    const { dataset } = await engine.call('datasets.open', { location })
    const bare: number[] = []
    const ours: number[] = []
    for (let round = 0; round < 3; round++) {
      const began = performance.now()
      for (const vector of sample) {
        const query = table.query().nearestTo(vector).bypassVectorIndex().withRowId()
        await drain(query.limit(10).select(['_distance']))
      }
      for (const nprobes of sweep.nprobes) {
        for (const refine of sweep.refine) {
          for (const vector of sample) {
            const query = table.query().nearestTo(vector).nprobes(nprobes).withRowId()
            if (refine > 0) query.refineFactor(refine)
            await drain(query.limit(10).select(['_distance']))
          }
        }
      }
      bare.push(performance.now() - began)
      const events = await engine.stream('search.recall', {
        dataset,
        column: 'vector',
        k: 10,
        queries: { vectors: sample },
        sweep,
      })
      const done = events.at(-1) as { result?: { elapsedMs: number; points: { recall: number }[] } }
      expect(done.result?.points.length).toBe(12)
      ours.push(done.result?.elapsedMs ?? Number.NaN)
      console.log(
        `recall@10 of the sweep: ${done.result?.points.map(({ recall }) => recall.toFixed(3)).join(' ')} · worst ${percentile(
          done.result?.points.map(({ recall }) => recall) ?? [],
          0,
        ).toFixed(3)}`,
      )
    }
    report('recall sweep, 12 settings × 50 queries, exact search included', ours, bare, '1.3×')
  } finally {
    await engine.stop()
  }
})
