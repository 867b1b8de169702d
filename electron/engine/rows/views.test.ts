import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PrepareEvent } from '#shared/contract/rows.ts'
import { AppError } from '#shared/errors.ts'
import { numbered } from '../lance/tables.fixture.ts'
import { idle, makeTestEngine, page, valuesOf, type TestEngine } from './engine.fixture.ts'
import { RowIdList } from './row-id-list.ts'
import { RowLists, type RowListQuery } from './row-lists.ts'

const LIMITS = { totalBytes: 100_000, maxIds: 5000, maxSorted: 5000, timeoutMs: 20_000 }
let engine: TestEngine
let dataset: string

beforeAll(async () => {
  engine = await makeTestEngine(LIMITS)
  await engine.folder.create('many', numbered(20_000))
  dataset = await engine.open('many')
})
afterAll(() => engine.remove())

async function prepare(input: object, signal = idle.signal): Promise<PrepareEvent[]> {
  const events: PrepareEvent[] = []
  for await (const event of engine.rows['rows.prepare']({ dataset, ...input }, { signal })) events.push(event)
  return events
}

describe('preparing a view', () => {
  it('ends with the number of rows', async () => {
    expect((await prepare({ filter: 'id < 100' })).at(-1)).toMatchObject({ kind: 'ready', total: 100 })
    expect(await prepare({})).toEqual([{ kind: 'ready', total: 20_000, elapsedMs: expect.any(Number) as number }])
    expect((await prepare({ filter: 'id < 0' })).at(-1)).toMatchObject({ total: 0 })
  })

  it('fails with the reason of a bad filter or sort', async () => {
    await expect(prepare({ filter: 'nope = 1' })).rejects.toMatchObject({ code: 'unknown-column' })
    await expect(prepare({ orderBy: [{ column: 'nope' }] })).rejects.toMatchObject({ code: 'unknown-column' })
  })

  it('rejects at once when aborted before it starts', async () => {
    const signal = AbortSignal.abort(new AppError({ code: 'cancelled', message: 'Cancelled.' }))
    await expect(prepare({ filter: 'id > 3' }, signal)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('views too long to keep', () => {
  it('page a filter by offset instead', async () => {
    const result = await page(engine, { dataset, filter: 'id >= 10', columns: ['id'], offset: 10_000, limit: 2 })
    expect(result.total).toBe(19_990)
    expect(valuesOf(result, 'id')).toEqual([10_010n, 10_011n])
  })

  it('refuse a sort and say what to do', async () => {
    await expect(page(engine, { dataset, orderBy: [{ column: 'id' }] })).rejects.toMatchObject({
      code: 'too-large',
      hint: 'Filter the view to at most 5,000 rows, then sort.',
    })
    const sorted = await page(engine, {
      dataset,
      filter: 'id < 4000',
      orderBy: [{ column: 'id', descending: true }],
      columns: ['id'],
      limit: 1,
    })
    expect(valuesOf(sorted, 'id')).toEqual([3999n])
  })
})

/** A table whose row ids come when told. */
function slowTable(): { query: RowListQuery; release(): void; state: { started: number; ended: number } } {
  let release = (): void => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  const state = { started: 0, ended: 0 }
  const table = {
    async *rowIds() {
      state.started++
      try {
        yield new BigUint64Array([1n, 2n])
        await gate
        yield new BigUint64Array([3n])
      } finally {
        state.ended++
      }
    },
    countRows: () => Promise.resolve(3),
  }
  return { query: { key: 'k', table: table as never, filter: 'x', orderBy: [] }, release, state }
}

describe('row lists', () => {
  it('compute once for all who ask', async () => {
    const lists = new RowLists(LIMITS)
    const { query, release, state } = slowTable()
    const both = [lists.get(query, idle.signal), lists.get({ ...query }, idle.signal)]
    release()
    const [a, b] = await Promise.all(both)
    expect(a).toBe(b)
    expect(a).toMatchObject({ kind: 'ids', total: 3 })
    expect(state.started).toBe(1)
    expect(await lists.get(query, idle.signal)).toBe(a)
  })

  it('go on while someone waits, and end when the last one gives up', async () => {
    const lists = new RowLists(LIMITS)
    const { query, release, state } = slowTable()
    const [first, second] = [new AbortController(), new AbortController()]
    const a = lists.get(query, first.signal)
    const b = lists.get(query, second.signal)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(lists.matchedSoFar(query)).toBe(2)
    first.abort(new AppError({ code: 'cancelled', message: 'Cancelled.' }))
    await expect(a).rejects.toMatchObject({ code: 'cancelled' })
    expect(lists.matchedSoFar(query)).toBe(2)
    second.abort(new AppError({ code: 'cancelled', message: 'Cancelled.' }))
    await expect(b).rejects.toMatchObject({ code: 'cancelled' })
    expect(lists.byteLength).toBe(0)
    release()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(state.ended).toBe(1)
  })

  it('forget a failure, so that the next one tries again', async () => {
    const lists = new RowLists(LIMITS)
    let calls = 0
    const table = {
      async *rowIds() {
        calls++
        if (calls === 1) throw new AppError({ code: 'timeout', message: 'x' })
        yield new BigUint64Array([7n])
      },
    }
    const query: RowListQuery = { key: 'k', table: table as never, filter: 'x', orderBy: [] }
    await expect(lists.get(query, idle.signal)).rejects.toMatchObject({ code: 'timeout' })
    expect(await lists.get(query, idle.signal)).toMatchObject({ total: 1 })
  })

  it('drop the least recently used beyond their memory', async () => {
    const lists = new RowLists({ ...LIMITS, totalBytes: 80 })
    const make = (key: string): RowListQuery => ({
      key,
      table: {
        rowIds: async function* () {
          yield new BigUint64Array(5)
        },
      } as never,
      filter: 'x',
      orderBy: [],
    })
    for (const key of ['a', 'b', 'a', 'c']) await lists.get(make(key), idle.signal)
    expect(lists.byteLength).toBe(80)
    expect(lists.matchedSoFar(make('b'))).toBeUndefined()
    expect(lists.matchedSoFar(make('a'))).toBe(5)
  })
})

describe('a row id list', () => {
  it('slices across its chunks', () => {
    const list = new RowIdList()
    for (let from = 0; from < 200_000; from += 50_000) {
      list.append(BigUint64Array.from({ length: 50_000 }, (_, index) => BigInt(from + index)))
    }
    list.trim()
    expect(list.length).toBe(200_000)
    expect(list.byteLength).toBe(1_600_000)
    expect(list.slice(65_534, 65_538)).toEqual([65_534n, 65_535n, 65_536n, 65_537n])
    expect(list.slice(199_999, 200_010)).toEqual([199_999n])
    expect(list.slice(300_000, 300_010)).toEqual([])
  })
})
