import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/index.ts'
import type { StreamEvent } from '#shared/model/import/stream.ts'
import { findAppend, proveAppend, type AppendProof } from '../appends/index.ts'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { decodeRows } from '../lance/index.ts'
import { arrow, column, everyType, lancedb, numbered, tableOf } from '../lance/tables.fixture.ts'
import { readLedger } from '../ledger/index.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { DatasetTarget, type CommitWatcher } from './dataset-target.ts'
import { createStreamsHandlers } from './index.ts'
import { StreamSession } from './stream-session.ts'

let bench: TestContext
let handlers: ReturnType<typeof createStreamsHandlers>
beforeAll(async () => {
  bench = await makeTestContext()
  handlers = createStreamsHandlers(bench.context)
})
afterAll(() => bench.remove())

const signal = new AbortController().signal
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => JSON.stringify({ id: from + at, text: `row ${from + at}` }))

/** Opens a stream and gathers what it tells. */
async function open(input: Input<'import.stream'>, abort: AbortSignal = signal) {
  const events: StreamEvent[] = []
  const stream = handlers['import.stream'](input, { signal: abort })[Symbol.asyncIterator]()
  const first = await stream.next()
  const opened = first.value as Extract<StreamEvent, { kind: 'opened' }>
  events.push(opened)
  const ended = (async () => {
    for (let next = await stream.next(); next.done !== true; next = await stream.next()) events.push(next.value)
  })()
  ended.catch(() => undefined)
  return { id: opened.stream.id, columns: opened.columns, events, ended }
}

async function readIds(location: string): Promise<readonly number[]> {
  const connection = await lancedb.connect(bench.folder.path)
  const name = location.split('/').at(-1)!.replace('.lance', '')
  const rows = (await (await connection.openTable(name)).query().toArray()) as { id: bigint }[]
  connection.close()
  return rows.map(({ id }) => Number(id))
}
const range = (to: number) => Array.from({ length: to }, (_, at) => at)

describe('pushed records', () => {
  it('make a dataset by the first one, are committed by number and at the end, and are one entry of the ledger', async () => {
    const location = bench.folder.locate('pushed')
    const stream = await open({ location, flushRows: 10, flushSeconds: 3600 })
    expect(stream.columns).toBeNull()
    const { counts } = await handlers['import.push']({ stream: stream.id, lines: lines(0, 25) }, { signal })
    expect(counts).toEqual({ total: 25, buffered: 5, persisted: 20, refused: 0 })
    expect(await readIds(location)).toEqual(range(20))
    const closed = await handlers['import.close']({ stream: stream.id }, { signal })
    expect(closed.counts).toEqual({ total: 25, buffered: 0, persisted: 25, refused: 0 })
    await stream.ended
    expect(await readIds(location)).toEqual(range(25))
    expect(stream.events.filter(({ kind }) => kind === 'flushed')).toHaveLength(3)
    const dataset = await bench.context.datasets.open(location)
    const { entries } = await readLedger(bench.context, dataset)
    expect(entries).toMatchObject([{ operation: 'import.stream', outcome: 'done', versionBefore: 1, versionAfter: 4 }])
  })

  it('are committed when they are old enough, or asked for', async () => {
    const location = bench.folder.locate('timed')
    const stream = await open({ location, flushSeconds: 0.1 })
    await handlers['import.push']({ stream: stream.id, lines: lines(0, 3) }, { signal })
    await expect.poll(() => handlers['import.streams']({}, { signal })).toMatchObject([{ counts: { persisted: 3 } }])
    await handlers['import.push']({ stream: stream.id, lines: lines(3, 4) }, { signal })
    expect((await handlers['import.flush']({ stream: stream.id }, { signal })).counts.persisted).toBe(4)
    await handlers['import.close']({ stream: stream.id }, { signal })
  })

  it('are refused one by one, with the reason, and kept whole in a reject file', async () => {
    const location = bench.folder.locate('refused')
    const stream = await open({ location, mismatch: 'file' })
    const long = JSON.stringify({ id: 'x'.repeat(5000), text: 'a' })
    const { counts, refused } = await handlers['import.push'](
      { stream: stream.id, lines: [...lines(0, 2), long, 'no json', ...lines(2, 3)] },
      { signal },
    )
    expect(counts).toMatchObject({ total: 3, refused: 2 })
    expect(refused.map(({ line }) => line)).toEqual([3, 4])
    const { rejectFile } = await handlers['import.close']({ stream: stream.id }, { signal })
    const kept = readFileSync(rejectFile!, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { record: string })
    expect(kept.map(({ record }) => record)).toEqual([long, 'no json'])
    expect(await readIds(location)).toEqual(range(3))
  })

  it('end the stream at the first that does not fit when told so; those before it are committed', async () => {
    const location = bench.folder.locate('stopped')
    const stream = await open({ location, mismatch: 'stop' })
    const push = handlers['import.push'](
      { stream: stream.id, lines: [...lines(0, 4), '{"id":0.5}', ...lines(4, 6)] },
      { signal },
    )
    await expect(push).rejects.toMatchObject({
      code: 'schema-mismatch',
      message: expect.stringContaining('Record 5') as string,
    })
    await expect(stream.ended).rejects.toMatchObject({ code: 'schema-mismatch' })
    expect(await readIds(location)).toEqual(range(4))
    await expect(handlers['import.push']({ stream: stream.id, lines: lines(4, 5) }, { signal })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('fit an existing dataset or are refused: a vector of another length is never cut', async () => {
    const vectors = [[1, 2, 3, 4]]
    const type = new arrow.FixedSizeList(4, new arrow.Field('item', new arrow.Float32(), true))
    await bench.folder.create(
      'vectors',
      tableOf({ id: column(new arrow.Int64(), [0n]), v: arrow.vectorFromArray(vectors, type) }),
    )
    const location = bench.folder.locate('vectors')
    const stream = await open({ location })
    expect(stream.columns).toEqual([
      { name: 'id', type: 'int64' },
      { name: 'v', type: 'vector[4]' },
    ])
    const { refused } = await handlers['import.push'](
      { stream: stream.id, lines: ['{"id":1,"v":[1,2,3,4,5,6,7,8]}', '{"id":1,"v":[1,2,3,4]}', '{"id":2}'] },
      { signal },
    )
    expect(refused.map(({ line }) => line)).toEqual([1])
    await handlers['import.close']({ stream: stream.id }, { signal })
    expect(await readIds(location)).toEqual([0, 1, 2])
  })

  it('leave columns JSON has nothing for null, and write every other type', async () => {
    await bench.folder.create('types', tableOf(everyType()))
    const location = bench.folder.locate('types')
    const stream = await open({ location })
    const values: Record<string, unknown> = {}
    for (const { name, type } of stream.columns ?? []) {
      if (/^u?int/.test(type)) values[name] = 7
      else if (type.startsWith('float')) values[name] = 0.5
      else if (type === 'bool') values[name] = true
      else if (type === 'string') values[name] = 'text'
      else if (type === 'date') values[name] = '2026-11-26'
      else if (type.startsWith('timestamp')) values[name] = '2026-11-26T12:00:00Z'
      else if (type === 'binary') values[name] = 'AQI='
    }
    const { refused } = await handlers['import.push'](
      { stream: stream.id, lines: [JSON.stringify(values)] },
      { signal },
    )
    expect(refused).toEqual([])
    expect(Object.keys(values).length).toBeGreaterThan(12)
    const { counts } = await handlers['import.close']({ stream: stream.id }, { signal })
    expect(counts.persisted).toBe(1)
  })

  it('that are left commit what is buffered', async () => {
    const location = bench.folder.locate('left')
    const controller = new AbortController()
    const stream = await open({ location, flushSeconds: 3600 }, controller.signal)
    await handlers['import.push']({ stream: stream.id, lines: lines(0, 3) }, { signal })
    controller.abort()
    await stream.ended
    expect(await readIds(location)).toEqual(range(3))
  })

  it('need a place a dataset can be made in', async () => {
    await expect(open({ location: join(bench.folder.path, 'no such', 'x.lance') })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(open({ location: join(bench.folder.path, 'bad name') })).rejects.toMatchObject({
      code: 'invalid-name',
    })
  })
})

describe('a file', () => {
  const write = (name: string, text: readonly string[]): string => {
    const path = join(bench.folder.path, name)
    writeFileSync(path, `${text.join('\n')}\n`)
    return path
  }

  it('is read to its end, and goes on behind what was committed', async () => {
    const path = write('grows.jsonl', lines(0, 5))
    const location = bench.folder.locate('grown')
    const file = { path, from: 'resume' as const, follow: false }
    await (
      await open({ location, file })
    ).ended
    appendFileSync(path, `${lines(5, 8).join('\n')}\n`)
    await (
      await open({ location, file })
    ).ended
    await (
      await open({ location, file })
    ).ended
    expect(await readIds(location)).toEqual(range(8))
  })

  it('is followed as it grows, until closed', async () => {
    const path = write('followed.jsonl', lines(0, 2))
    const location = bench.folder.locate('followed')
    const stream = await open({ location, flushSeconds: 0.1, file: { path, from: 'start', follow: true } })
    appendFileSync(path, `${lines(2, 4).join('\n')}\n{"id":`)
    await expect.poll(() => handlers['import.streams']({}, { signal })).toMatchObject([{ counts: { persisted: 4 } }])
    await handlers['import.close']({ stream: stream.id }, { signal })
    await stream.ended
    expect(await readIds(location)).toEqual(range(4))
  })

  it.each([
    ['before a commit', [], range(10)],
    ['after a commit', [6], range(10)],
    [
      'before a commit, others having appended as many rows',
      [200],
      [...range(6), 200, 201, 202, 203, ...range(10).slice(6)],
    ],
    [
      'after a commit, others having appended as many rows',
      [200, 6],
      [...range(6), 200, 201, 202, 203, ...range(10).slice(6)],
    ],
  ] as const)('whose stream was killed just %s goes on without loss or repetition', async (when, appended, ids) => {
    const path = write(`killed ${when}.jsonl`, lines(0, 6))
    const name = `killed-${when.replaceAll(/\W+/g, '-')}`
    const location = bench.folder.locate(name)
    const file = { path, from: 'resume' as const, follow: false }
    await (
      await open({ location, flushRows: 3, file })
    ).ended
    const dataDir = bench.context.paths.dataDir
    const checkpoint = (await readCheckpoint(dataDir, location, path))!
    appendFileSync(path, `${lines(6, 10).join('\n')}\n`)
    const to = { offset: readFileSync(path).length, line: 10 }
    const columns = ['id', 'text']
    const proof = proveAppend(decodeRows(arrow.tableToIPC(numbered(4, 6), 'file')), columns)!
    await writeCheckpoint(dataDir, { ...checkpoint, intent: { base: 3, rows: 4, ...proof, columns, to } })
    const connection = await lancedb.connect(bench.folder.path)
    for (const from of appended) await (await connection.openTable(name)).add(numbered(4, from))
    connection.close()
    await (
      await open({ location, file })
    ).ended
    expect(await readIds(location)).toEqual(ids)
  })

  it('is proved by records of every kind as the dataset gives them back', async () => {
    const location = bench.folder.locate('proved')
    const proofs: (readonly [AppendProof, readonly string[]])[] = []
    const watcher: CommitWatcher = {
      before: async (_dataset, proof, columns) => void proofs.push([proof, columns]),
      after: async () => undefined,
    }
    const target = await DatasetTarget.open(bench.context, location, 'Stream', watcher)
    const options = {
      flushRows: 2,
      flushMs: 1e6,
      mismatch: 'stop',
      onChange() {},
      onFlushed() {},
      onRefused() {},
    } as const
    const session = new StreamSession(target, { ...options, onError() {} })
    const some = {
      n: 1.5,
      on: true,
      at: '2024-05-06T07:08:09.123Z',
      day: '2024-05-06',
      deep: { a: [1, 2], b: { c: 'ü' } },
    }
    const none = { n: null, on: null, at: null, day: null, deep: { a: [], b: null }, vector: null }
    const values = [{ ...some, vector: [0.1, 0.2, 0.3] }, none, { ...some, vector: [1, 2, 3] }, none]
    const texts = values.map((value, line) => ({ text: JSON.stringify({ id: line, ...value }), line }))
    await session.accept(texts)
    await target.close({ outcome: 'done' })
    const dataset = await bench.context.datasets.open(location)
    expect(proofs).toHaveLength(2)
    for (const [index, [proof, columns]] of proofs.entries()) {
      expect(columns).toContain('deep')
      expect(await findAppend(bench.context, dataset, proof, columns)).toBe(index + 2)
    }
  })

  it('that is another one of the same name is noticed', async () => {
    const path = write('other.jsonl', lines(0, 3))
    const location = bench.folder.locate('other')
    const file = { path, from: 'resume' as const, follow: false }
    await (
      await open({ location, file })
    ).ended
    writeFileSync(path, `${lines(100, 120).join('\n')}\n`)
    await expect(open({ location, file })).rejects.toMatchObject({ code: 'unreadable-source' })
    expect(existsSync(location)).toBe(true)
  })
})
