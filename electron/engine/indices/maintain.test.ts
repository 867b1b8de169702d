import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTable } from '../versions/writing.fixture.ts'
import { idle, makeIndexBench, manyColumns, tableOf, type IndexBench } from './indices.fixture.ts'

let bench: IndexBench
beforeAll(async () => {
  bench = await makeIndexBench()
})
afterAll(() => bench.remove())

async function makeTable(name: string) {
  const table = await bench.folder.create(name, tableOf(manyColumns(300)))
  const dataset = await bench.open(name)
  return { table, dataset, location: bench.folder.locate(name) }
}

describe('indices.drop', () => {
  it('takes an index out and tells what it was', async () => {
    const { dataset, location } = await makeTable('dropped')
    const { index } = await bench.build({ dataset, column: 'id', type: 'BTREE' })
    await expect(
      (async () => bench.handlers['indices.drop']({ dataset, name: 'id_id' }, idle))(),
    ).rejects.toMatchObject({
      code: 'index-not-found',
      hint: 'Did you mean "id_idx"?',
    })
    const result = await bench.handlers['indices.drop']({ dataset, name: 'id_idx' }, idle)
    expect(result).toEqual({ dropped: index, versionBefore: 2, versionAfter: 3 })
    expect(await bench.list(dataset)).toEqual([])
    expect(await (await openTable(location)).listIndices()).toEqual([])
  })
})

describe('indices.optimize', () => {
  it('folds new rows in and prunes nothing: versions, tags and branches stay', async () => {
    const { table, dataset, location } = await makeTable('folded')
    await bench.build({ dataset, column: 'id', type: 'BTREE' })
    await bench.build({ dataset, column: 'vector', type: 'IVF_FLAT', params: { numPartitions: 2 } })
    await table.checkoutLatest()
    await (await table.tags()).create('kept', 1)
    await (await table.branches()).create('side', undefined, 2)
    const side = await openTable(location, 'side')
    await side.add(tableOf(manyColumns(7, 900)))
    await table.add(tableOf(manyColumns(20, 300)))
    await table.add(tableOf(manyColumns(20, 320)))
    const result = await bench.optimize(dataset)
    expect(result.indices).toEqual(
      ['id_idx', 'vector_idx'].map((name) => ({
        name,
        unindexedBefore: 40,
        unindexedAfter: 0,
        segmentsBefore: 1,
        segmentsAfter: 1,
      })),
    )
    expect([result.fragmentsRemoved, result.fragmentsAdded]).toEqual([2, 1])
    expect(result.versionAfter).toBeGreaterThan(result.versionBefore)
    expect(result.proof?.afterPlan).toBeDefined()
    for (let version = 1; version <= result.versionAfter; version++) {
      const old = await openTable(location)
      await old.checkout(version)
      const rows = await old.query().select(['id']).toArray()
      expect(rows.length).toBe(version <= 3 ? 300 : version === 4 ? 320 : 340)
    }
    const tagged = await openTable(location)
    await tagged.checkout('kept')
    expect(await tagged.countRows()).toBe(300)
    expect((await (await openTable(location, 'side')).query().toArray()).length).toBe(307)
    expect(await bench.list(dataset)).toMatchObject([{ indexedRows: 340 }, { indexedRows: 340 }])
    const ofSide = await bench.handlers['indices.list']({ dataset, ref: { branch: 'side' } }, idle)
    expect(ofSide).toMatchObject([{ name: 'id_idx', indexedRows: 300, unindexedRows: 7 }])
  })

  it('has nothing to do without an index', async () => {
    const { dataset } = await makeTable('bare')
    await expect(bench.optimize(dataset)).rejects.toMatchObject({ code: 'index-not-found' })
  })
})

describe('indices.partitions', () => {
  it('counts the rows of each, and tells what is missing', async () => {
    const { dataset, location } = await makeTable('parted')
    const { index } = await bench.build({
      dataset,
      column: 'vector',
      type: 'IVF_PQ',
      params: { numPartitions: 3, numSubVectors: 4 },
    })
    await bench.build({ dataset, column: 'vector', type: 'HNSW_SQ', params: { numPartitions: 1 }, name: 'graph' })
    await bench.build({ dataset, column: 'id', type: 'BTREE' })
    const ask = async (name: string) => bench.handlers['indices.partitions']({ dataset, name }, idle)
    const [segment] = (await ask('vector_idx')).segments
    expect(segment?.sizes).toHaveLength(3)
    expect(segment?.sizes?.reduce((sum, size) => sum + size, 0)).toBe(300)
    expect((await ask('graph')).segments).toMatchObject([{ sizes: [300] }])
    await expect(ask('id_idx')).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('BTREE'),
    })
    await expect(ask('none')).rejects.toMatchObject({ code: 'index-not-found' })
    rmSync(join(location, '_indices', index.segments[0]!.uuid, 'auxiliary.idx'))
    expect(await ask('vector_idx')).toMatchObject({ segments: [{ problem: expect.stringContaining('missing') }] })
  })
})

describe('indices.propose', () => {
  it('recommends by type and values, refuses what cannot be built, and says why', async () => {
    const { dataset } = await makeTable('proposed')
    const propose = async (column: string) => bench.handlers['indices.propose']({ dataset, column }, idle)
    const best = async (column: string) => (await propose(column)).proposals.find((it) => it.recommended)?.type
    expect(await best('id')).toBe('BTREE')
    expect(await best('price')).toBe('BTREE')
    expect(await best('place.x')).toBe('BTREE')
    expect(await best('kind')).toBe('BITMAP')
    expect(await best('name')).toBe('BTREE')
    expect(await best('text')).toBe('FTS')
    expect(await best('tags')).toBe('LABEL_LIST')
    expect(await best('vector')).toBeUndefined()
    const { distinct, proposals } = await propose('kind')
    expect(distinct).toEqual({ values: 3, sampledRows: 300 })
    expect(proposals).toHaveLength(10)
    expect(proposals.find(({ type }) => type === 'IVF_PQ')).toMatchObject({
      refused: expect.any(String),
      estimatedBytes: null,
    })
    expect(proposals.find(({ type }) => type === 'FM')?.warning).toContain('25 s')
    const [first] = (await propose('vector')).proposals
    expect(first?.reason).toContain('No index is needed')
    expect((await propose('bytes')).proposals.filter(({ refused }) => refused === undefined)).toMatchObject([
      { type: 'IVF_FLAT', params: { metric: 'hamming' } },
    ])
  })

  it('of every type it proposes one can be built as proposed', async () => {
    const { dataset } = await makeTable('buildable')
    for (const column of ['id', 'kind', 'text', 'tags', 'vector', 'bytes', 'multi']) {
      const { proposals } = await bench.handlers['indices.propose']({ dataset, column }, idle)
      for (const { type, params, refused } of proposals) {
        const built = bench.build({ dataset, column, type, params, name: `${column} ${type}` })
        if (refused === undefined) expect((await built).index.type).toBe(type)
        else await expect(built).rejects.toMatchObject({ code: expect.stringMatching(/not-indexable|invalid-input/) })
      }
    }
  })
})
