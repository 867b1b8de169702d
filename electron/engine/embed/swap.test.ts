import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lancedb, numbered } from '../lance/tables.fixture.ts'
import { createUndoHandlers } from '../undo/index.ts'
import { openTable } from '../versions/writing.fixture.ts'
import { idle, makeEmbedBench, readRows, type EmbedBench } from './embed.fixture.ts'

let bench: EmbedBench
beforeAll(async () => {
  bench = await makeEmbedBench()
})
afterAll(() => bench.remove())

const old = (id: string): { name: string; valueSql: string } => ({
  name: 'vector',
  valueSql: `arrow_cast([${id}, 1.0], 'FixedSizeList(2, Float32)')`,
})

/** 300 rows with an old vector column of two numbers, indexed, and a shadow column of the built-in embedder. */
async function make(name: string) {
  const table = await bench.folder.create(name, numbered(300))
  await table.addColumns([old('id')])
  await table.createIndex('vector', { config: lancedb.Index.ivfFlat({ numPartitions: 2 }) })
  const dataset = await bench.open(name)
  const result = await bench.run({ dataset, source: 'text', target: 'vector_new', embedder: 'built-in' })
  return { dataset, location: bench.folder.locate(name), table, result }
}

const namesOf = async (location: string): Promise<readonly string[]> =>
  (await (await openTable(location)).schema()).fields.map(({ name }) => name)

describe('a swap', () => {
  it('is one commit, keeps the old vectors with their index, and is undone', async () => {
    const { dataset, location } = await make('swapped')
    const before = await readRows(location)
    const input = { dataset, column: 'vector', shadow: 'vector_new', keepAs: 'vector_old' }
    const { versionBefore, versionAfter, kept, notes } = await bench.handlers['embed.swap'](input, idle)
    expect([versionAfter, kept]).toEqual([versionBefore + 1, 'vector_old'])
    expect(notes.join(' ')).toMatch(/vector_idx went along .* "vector" has no index now/)
    expect(await namesOf(location)).toEqual(['id', 'text', 'vector_old', 'vector'])
    const table = await openTable(location)
    expect((await table.listIndices()).map(({ name, columns }) => [name, columns])).toEqual([
      ['vector_idx', ['vector_old']],
    ])
    for (const [id, row] of await readRows(location)) {
      expect(String(row['vector_old'])).toBe(String(before.get(id)?.['vector']))
      expect(String(row['vector'])).toBe(String(before.get(id)?.['vector_new']))
    }
    await undoNewest(dataset, 'Put vector_new in the place of vector')
    expect(await namesOf(location)).toEqual(['id', 'text', 'vector', 'vector_new'])
  })

  it.each([
    ['of a column with itself', { shadow: 'vector' }, 'invalid-input'],
    ['with what holds no vectors', { shadow: 'text' }, 'invalid-vector'],
    ['with what is not there', { shadow: 'nope' }, 'unknown-column'],
    ['that keeps the old under a name that is taken', { keepAs: 'text' }, 'already-exists'],
    ['that keeps the old under a name Lance cannot have', { keepAs: 'a.b' }, 'invalid-name'],
  ])('%s is refused', async (what, change, code) => {
    const { dataset, location } = await make(`refused-${what.replaceAll(' ', '-')}`)
    const input = { dataset, column: 'vector', shadow: 'vector_new', keepAs: 'vector_old', ...change }
    const before = await namesOf(location)
    await expect(bench.handlers['embed.swap'](input, idle)).rejects.toMatchObject({ code })
    expect(await namesOf(location)).toEqual(before)
  })

  it('with a shadow column that lacks vectors is refused', async () => {
    const { dataset, table } = await make('holes')
    await table.checkoutLatest()
    await table.add([{ id: 300n, text: 'later', vector: [1, 2] }])
    const input = { dataset, column: 'vector', shadow: 'vector_new', keepAs: 'vector_old' }
    await expect(bench.handlers['embed.swap'](input, idle)).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringMatching(/^1 rows/),
    })
  })
})

describe('discarding', () => {
  it('takes the shadow column away in one commit', async () => {
    const { dataset, location } = await make('discarded')
    const { versionBefore, versionAfter } = await bench.handlers['embed.discard'](
      { dataset, column: 'vector_new' },
      idle,
    )
    expect(versionAfter).toBe(versionBefore + 1)
    expect(await namesOf(location)).toEqual(['id', 'text', 'vector'])
  })

  it('is refused for what holds no vectors', async () => {
    const { dataset } = await make('kept')
    await expect(bench.handlers['embed.discard']({ dataset, column: 'text' }, idle)).rejects.toMatchObject({
      code: 'invalid-vector',
    })
  })
})

it('embedding is one step to undo', async () => {
  const { dataset, location } = await make('undone')
  await undoNewest(dataset, 'Embed text into vector_new')
  expect(await namesOf(location)).toEqual(['id', 'text', 'vector'])
})

async function undoNewest(dataset: string, title: string): Promise<void> {
  const undo = createUndoHandlers(bench.context)
  const [step] = await undo['undo.list']({ dataset }, idle)
  expect(step).toMatchObject({ kind: 'undo', later: [], entry: { title } })
  await undo['undo.undo']({ dataset, entry: step!.entry.id, newest: step!.newest }, idle)
}
