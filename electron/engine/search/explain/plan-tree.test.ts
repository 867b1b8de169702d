import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlanNode } from '#shared/model/search.ts'
import { lancedb } from '../../lance/tables.fixture.ts'
import { makeSearchBench, vectorOf, type SearchBench } from '../search.fixture.ts'
import { explainSearch } from './explain.ts'
import { parsePlan } from './plan-tree.ts'

const ANALYZED = `AnalyzeExec verbose=true, elapsed=2.87ms, metrics=[]
  SortExec: elapsed=2.7ms, TopK(fetch=5), expr=[_distance@2 ASC NULLS LAST], metrics=[output_rows=5, elapsed_compute=15.46µs, output_bytes=252.0 B]
    CoalescePartitionsExec, elapsed=2.86s, metrics=[output_rows=10]
      ANNSubIndex: elapsed=2.44ms, name=vector_idx, k=15, deltas=1, metrics=[output_rows=15, partitions_searched=2, bytes_read=10.88 K, iops=6, requests=7]
        ScalarIndexQuery: query=[id < 500]@id_idx(BTree), metrics=[output_rows=2, bytes_read=0]
`

const all = (node: PlanNode): readonly PlanNode[] => [node, ...node.children.flatMap(all)]

describe('parsePlan', () => {
  it('reads tree, figures and indices from the text', () => {
    const nodes = all(parsePlan(ANALYZED))
    expect(nodes.map(({ name, children }) => [name, children.length])).toEqual([
      ['AnalyzeExec', 1],
      ['SortExec', 1],
      ['CoalescePartitionsExec', 1],
      ['ANNSubIndex', 1],
      ['ScalarIndexQuery', 0],
    ])
    expect(nodes[1]).toMatchObject({
      rows: 5,
      elapsedMs: 2.7,
      computeMs: expect.closeTo(0.01546, 5) as number,
      isIndex: false,
    })
    expect(nodes[1]?.detail).toBe('TopK(fetch=5), expr=[_distance@2 ASC NULLS LAST]')
    expect(nodes[2]).toMatchObject({ elapsedMs: 2860, rows: 10 })
    expect(nodes[3]).toMatchObject({ index: 'vector_idx', isIndex: true, partitions: 2, bytes: 10_880, requests: 7 })
    expect(nodes[4]).toMatchObject({ index: 'id_idx', detail: 'query=[id < 500]@id_idx(BTree)', bytes: 0 })
  })

  it('keeps what it does not know, and never throws', () => {
    expect(parsePlan('')).toMatchObject({ name: 'Plan', children: [] })
    expect(parsePlan('NewNode: x=1\n  !!! odd').children).toMatchObject([{ name: '!!! odd' }])
    expect(parsePlan('A\nB').children.map(({ name }) => name)).toEqual(['A', 'B'])
  })
})

describe('search.explain', () => {
  let bench: SearchBench
  let dataset: string
  beforeAll(async () => {
    bench = await makeSearchBench()
    const rows = Array.from({ length: 400 }, (_, id) => ({ id, text: `fox ${id}`, vector: vectorOf(id) }))
    const table = await bench.create('plans', rows)
    await table.createIndex('vector', { config: lancedb.Index.ivfFlat({ numPartitions: 4 }), name: 'vector_idx' })
    await table.createIndex('text', { config: lancedb.Index.fts(), name: 'text_idx' })
    table.close()
    dataset = await bench.open('plans')
  })
  afterAll(() => bench.remove())

  const explain = (input: object) =>
    explainSearch(bench.context, { dataset, k: 5, ...input }, new AbortController().signal)

  it('tells the plan without running it, and figures when run', async () => {
    const plan = await explain({ vector: vectorOf(3), filter: 'id < 100' })
    const index = all(plan.tree).find(({ name }) => name === 'ANNSubIndex')
    expect(index).toMatchObject({ index: 'vector_idx', isIndex: true })
    expect(index).not.toHaveProperty('rows')
    const run = all((await explain({ vector: vectorOf(3), analyze: true })).tree)
    expect(run.find(({ name }) => name === 'ANNSubIndex')).toMatchObject({ partitions: 4 })
    expect(run[0]).toMatchObject({ name: 'AnalyzeExec', elapsedMs: expect.any(Number) as number })
  })

  it('puts the two searches of a hybrid side by side', async () => {
    const { tree, text } = await explain({ vector: vectorOf(3), text: 'fox', analyze: true })
    expect(tree.name).toBe('Hybrid')
    expect(tree.children.length).toBe(2)
    expect(all(tree).map(({ name }) => name)).toEqual(expect.arrayContaining(['ANNSubIndex', 'MatchQuery']))
    expect(text).toContain('Text search')
  })

  it('knows what every node of these plans does', async () => {
    const plans = await Promise.all([
      explain({ vector: vectorOf(3), filter: 'id < 100', analyze: true }),
      explain({ vector: vectorOf(3), params: { exact: true }, analyze: true }),
      explain({ text: { kind: 'boolean', must: [{ kind: 'match', terms: 'fox', column: 'text' }] }, analyze: true }),
    ])
    for (const node of plans.flatMap(({ tree }) => all(tree))) expect(node.about, node.name).toBeDefined()
  })
})
