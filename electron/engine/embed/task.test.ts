import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { lancedb, arrow, column, tableOf } from '../lance/tables.fixture.ts'
import { openTable } from '../versions/writing.fixture.ts'
import {
  answerJson,
  answerWell,
  fakeVector,
  makeEmbedBench,
  numbersOf,
  placesOf,
  readRows,
  startFakeServer,
  type Answer,
  type EmbedBench,
  type FakeServer,
} from './embed.fixture.ts'

/* Against an endpoint that is slow, busy, broken or wrong, and other programs that write meanwhile. */

let bench: EmbedBench
let server: FakeServer | undefined
beforeAll(async () => {
  bench = await makeEmbedBench()
})
afterEach(() => server?.close())
afterAll(() => bench.remove())

const serve = async (answer?: Answer): Promise<FakeServer> => (server = await startFakeServer(answer))
/** So that a commit holds eight rows of four numbers. */
const SMALL = 8 * 40

function rowsFrom(from: number, count: number): ReturnType<typeof tableOf> {
  const ids = Array.from({ length: count }, (_, index) => from + index)
  return tableOf({
    id: column(new arrow.Int32(), ids),
    text: column(
      new arrow.Utf8(),
      ids.map((id) => `text ${id}`),
    ),
  })
}

async function make(name: string, ...fragments: readonly number[]): Promise<string> {
  let from = 0
  for (const count of fragments) {
    if (from === 0) await bench.folder.create(name, rowsFrom(0, count))
    else await (await openTable(bench.folder.locate(name))).add(rowsFrom(from, count))
    from += count
  }
  return bench.folder.locate(name)
}

async function expectFilled(location: string, except: readonly number[] = []): Promise<void> {
  for (const [id, { text, vector }] of await readRows(location)) {
    const wanted = except.includes(id) || text === null ? undefined : fakeVector(text as string)
    expect(numbersOf(vector), `row ${id}`).toEqual(wanted)
  }
}

describe('an endpoint', () => {
  it('is given each text once, in batches', async () => {
    const location = await make('batches', 100, 100)
    const table = await openTable(location)
    await table.update({ where: 'id >= 150', values: { text: 'the same' } })
    const { url, asked } = await serve()
    const result = await bench.runTask({ location, url })
    expect(result).toMatchObject({ rowsEmbedded: 200, requests: 3, retries: 0 })
    expect(asked.map((texts) => texts.length)).toEqual([64, 64, 23])
    expect(new Set(asked.flat()).size).toBe(151)
    await expectFilled(location)
  })

  it('that is busy, fails and breaks off is asked again', async () => {
    const location = await make('busy', 100)
    const { url } = await serve((response, texts, request) => {
      if (request === 1) return answerJson(response, 429, {}, { 'retry-after': '0' })
      if (request === 2) return answerJson(response, 500, {})
      if (request === 4) return void response.destroy()
      return answerWell(response, texts)
    })
    const result = await bench.runTask({ location, url })
    expect(result).toMatchObject({ rowsEmbedded: 100, requests: 5, retries: 3 })
    await expectFilled(location)
  })

  it('that refuses a text loses that text alone', async () => {
    const location = await make('refusing', 100)
    const { url } = await serve((response, texts) => {
      if (texts.includes('text 42')) return answerJson(response, 400, { error: 'text is too long' })
      return answerWell(response, texts)
    })
    const result = await bench.runTask({ location, url })
    expect(result).toMatchObject({ rowsEmbedded: 99, rowsRefused: 1, rowsLeft: 0 })
    expect(result.refusal).toMatch(/too long/)
    await expectFilled(location, [42])
  })

  it('that refuses every text is not asked for ever', async () => {
    const location = await make('refusing-all', 1000)
    const { url, asked } = await serve((response) => answerJson(response, 400, { error: 'no such dimension' }))
    await expect(bench.runTask({ location, url })).rejects.toMatchObject({ message: /no such dimension/ })
    expect(asked.length).toBeLessThan(200)
  })

  it('that does not take the key is left at once', async () => {
    const location = await make('key', 10)
    const { url, asked } = await serve((response) => answerJson(response, 401, { error: 'who?' }))
    await expect(bench.runTask({ location, url })).rejects.toMatchObject({ code: 'embedder-failed' })
    expect(asked).toHaveLength(1)
  })

  it('whose vectors have another length is refused', async () => {
    const location = await make('lengths', 100)
    const { url } = await serve((response, texts, request) => answerWell(response, texts, request === 1 ? 4 : 5))
    await expect(bench.runTask({ location, url })).rejects.toMatchObject({ code: 'invalid-vector' })
  })

  it('is asked how long its vectors are where nobody knows, and that is remembered', async () => {
    await make('unknown', 3)
    const { url, asked } = await serve()
    await bench.addEndpoint('fresh', url)
    const input = { dataset: await bench.open('unknown'), source: 'text', target: 'vector', embedder: 'fresh' }
    expect(await bench.forecast(input)).toMatchObject({ dimension: null, bytesWrittenAtMost: null, requests: 1 })
    expect(asked).toHaveLength(0)
    expect(await bench.run(input)).toMatchObject({ rowsEmbedded: 3 })
    expect(asked.map((texts) => texts.length)).toEqual([1, 3])
    expect(await bench.forecast({ ...input, target: 'second' })).toMatchObject({ dimension: 4 })
  })
})

describe('a run that stopped', () => {
  it('is gone on with: nothing is asked twice', async () => {
    const location = await make('stopped', 8, 100, 100)
    const first = await serve((response, texts, request) =>
      request <= 2 ? answerWell(response, texts) : answerJson(response, 401, {}),
    )
    const chunkBytes = 120 * 40
    await expect(bench.runTask({ location, url: first.url, chunkBytes })).rejects.toMatchObject({
      code: 'embedder-failed',
    })
    const before = first.asked.slice(0, 2).flat()
    const { url } = first
    await first.close()
    const port = Number(new URL(url).port)
    const again = await startFakeServer(undefined, port)
    server = again
    const result = await bench.runTask({ location, url, chunkBytes })
    const after = again.asked.flat()
    expect(before.filter((text) => after.includes(text))).toEqual([])
    expect(before.length + after.length).toBe(208)
    expect(result.rowsLeft).toBe(0)
    await expectFilled(location)
    const schema = await (await openTable(location)).schema()
    expect(schema.fields.map(({ name }) => name)).toEqual(['id', 'text', 'vector'])
  })

  it('is stopped between batches when it is cancelled', async () => {
    const location = await make('cancelled', 500)
    const controller = new AbortController()
    const { url, asked } = await serve((response, texts, request) => {
      if (request === 2) controller.abort(new Error('enough'))
      answerWell(response, texts)
    })
    await expect(bench.runTask({ location, url }, controller.signal)).rejects.toThrow('enough')
    expect(asked).toHaveLength(2)
  })
})

it('fills large fragments in parts, each row where it stands', async () => {
  const location = await make('parts', 50, 3, 3)
  const before = await placesOf(location)
  const { url } = await serve()
  await bench.runTask({ location, url, chunkBytes: SMALL })
  expect(await placesOf(location)).toEqual(before)
  await expectFilled(location)
})

describe('what others write meanwhile', () => {
  it('is seen: no row keeps a vector of a text it no longer has', async () => {
    const location = await make('others', 30, 30)
    const table = await openTable(location)
    const { url } = await serve(async (response, texts, request) => {
      if (request === 1) {
        await table.update({ where: 'id = 3', values: { text: 'changed' } })
        await table.update({ where: 'id = 4', values: { text: '' } })
        await table.delete('id = 5')
        await table.add([{ id: 900, text: 'added' }])
      }
      answerWell(response, texts)
    })
    const result = await bench.runTask({ location, url, chunkBytes: SMALL })
    expect(result).toMatchObject({ rowsLeft: 0 })
    const rows = await readRows(location)
    expect(rows.size).toBe(60)
    expect(numbersOf(rows.get(3)?.['vector'])).toEqual(fakeVector('changed'))
    expect(rows.get(4)?.['vector']).toBeNull()
    expect(numbersOf(rows.get(900)?.['vector'])).toEqual(fakeVector('added'))
    await expectFilled(location, [4])
  })

  it('may be a compaction', async () => {
    const location = await make('compacted', 20, 20, 20)
    const table = await openTable(location)
    const { url } = await serve(async (response, texts, request) => {
      if (request === 2) {
        await table.checkoutLatest()
        await table.optimize({ cleanupOlderThan: new Date(0) })
      }
      answerWell(response, texts)
    })
    const result = await bench.runTask({ location, url, chunkBytes: SMALL })
    expect(result.rowsLeft).toBe(0)
    await expectFilled(location)
  })

  it('without an end leaves rows for the next time rather than wrong vectors', async () => {
    const location = await make('restless', 10)
    const table = await openTable(location)
    let turn = 0
    const { url } = await serve(async (response, texts) => {
      turn++
      await table.update({ where: 'id = 3', values: { text: `changed ${turn}` } })
      answerWell(response, texts)
    })
    const result = await bench.runTask({ location, url })
    expect(result.rowsLeft).toBe(1)
    await expectFilled(location, [3])
  })
})

it('keeps an index on the filled column, whose filled rows have to be folded in', async () => {
  const location = await make('indexed', 300)
  const { url } = await serve()
  await bench.runTask({ location, url })
  const table = await openTable(location)
  await table.createIndex('vector', { config: lancedb.Index.ivfFlat({ numPartitions: 2 }) })
  await table.add(rowsFrom(300, 10))
  await bench.runTask({ location, url })
  await table.checkoutLatest()
  expect((await table.listIndices()).map(({ name }) => name)).toEqual(['vector_idx'])
  await expectFilled(location)
})
