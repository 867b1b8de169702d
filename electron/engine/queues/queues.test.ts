import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Queue } from '#shared/model/queue.ts'
import { lancedb, makeTableFolder, numbered, type TableFolder } from '../lance/tables.fixture.ts'
import { readQueue } from './read-queue.ts'
import { watchQueue } from './watch-queue.ts'

let folder: TableFolder
let root: string
const bucket = async (topic: string, number: number, rows: number): Promise<void> => {
  const path = join(root, topic, `bucket_${number}`)
  mkdirSync(path, { recursive: true })
  const connection = await lancedb.connect(path)
  await connection.createTable('data', numbered(rows))
  connection.close()
}
beforeAll(async () => {
  folder = await makeTableFolder()
  root = join(folder.path, 'queue')
  for (const number of [0, 2, 10]) await bucket('orders', number, number + 1)
  await bucket('events', 0, 5)
  mkdirSync(join(root, 'empty topic'))
  mkdirSync(join(root, 'events', 'bucket_1', 'data.lance', '_versions'), { recursive: true })
  writeFileSync(join(root, 'events', 'bucket_1', 'data.lance', '_versions', '1.manifest'), 'broken')
  writeFileSync(join(root, 'notes.txt'), '')
})
afterAll(() => folder.remove())

describe('readQueue', () => {
  it('lists topics and buckets by number, with counts, and says what is broken', async () => {
    const { topics, truncated } = await readQueue(root, undefined)
    expect(truncated).toBe(false)
    expect(topics.map(({ name }) => name)).toEqual(['events', 'orders'])
    expect(topics[1]?.buckets).toMatchObject([
      { name: 'bucket_0', rows: 1, version: 1 },
      { name: 'bucket_2', rows: 3 },
      { name: 'bucket_10', rows: 11 },
    ])
    expect(topics[0]?.buckets[1]).toMatchObject({ rows: null, version: null, problem: expect.any(String) as string })
  })
  it('takes the folder of one topic for a queue of it', async () => {
    const { topics } = await readQueue(join(root, 'orders'), undefined)
    expect(topics).toMatchObject([{ name: 'orders', buckets: [{}, {}, {}] }])
  })
  it('tells the columns of a topic once, and which buckets have others', async () => {
    const { topics } = await readQueue(root, undefined)
    const [events, orders] = topics
    expect(orders?.schemas).toHaveLength(1)
    expect(orders?.schemas[0]?.map(({ name }) => name)).toEqual(['id', 'text'])
    expect(orders?.buckets.map(({ schema }) => schema)).toEqual([0, 0, 0])
    expect(events?.buckets.map(({ schema }) => schema)).toEqual([0, null])
    const odd = join(folder.path, 'odd queue')
    for (const [number, row] of [{ n: 1 }, { n: 'one' }, { n: 2 }].entries()) {
      const path = join(odd, 'mixed', `bucket_${number}`)
      mkdirSync(path, { recursive: true })
      const connection = await lancedb.connect(path)
      await connection.createTable('data', [row])
      connection.close()
    }
    const [mixed] = (await readQueue(odd, undefined)).topics
    expect(mixed?.schemas.map((schema) => schema.map(({ type }) => type))).toEqual([['double'], ['string']])
    expect(mixed?.buckets.map(({ schema }) => schema)).toEqual([0, 1, 0])
  })
  it.each([
    ['a folder without buckets', () => folder.path, 'not-a-dataset'],
    ['a file', () => join(root, 'notes.txt'), 'not-a-dataset'],
    ['what is not there', () => join(root, 'none'), 'not-found'],
  ])('refuses %s', async (_, location, code) => {
    await expect(readQueue(location(), undefined)).rejects.toMatchObject({ code })
  })
  it('stays inside the root', async () => {
    await expect(readQueue(root, join(folder.path, 'elsewhere'))).rejects.toMatchObject({ code: 'outside-root' })
  })
})

describe('watchQueue', () => {
  it('tells when rows do not stand any more where they stood, and when they still do', async () => {
    const path = join(folder.path, 'live queue', 'jobs', 'bucket_0')
    mkdirSync(path, { recursive: true })
    const connection = await lancedb.connect(path)
    const table = await connection.createTable('data', numbered(4))
    const controller = new AbortController()
    const queue = watchQueue(join(folder.path, 'live queue'), undefined, controller.signal, 20)
    const look = async () => {
      const { value } = await queue.next()
      const { rows, version, since } = (value as Queue).topics[0]!.buckets[0]!
      return { rows, version, since }
    }
    expect(await look()).toEqual({ rows: 4, version: 1, since: 1 })
    await table.add(numbered(2, 4))
    expect(await look()).toEqual({ rows: 6, version: 2, since: 1 })
    await table.optimize({ cleanupOlderThan: new Date(0) })
    expect(await look()).toMatchObject({ rows: 6, since: 1 })
    const { version } = await table.delete('id = 1')
    expect(await look()).toEqual({ rows: 5, version, since: version })
    controller.abort()
    connection.close()
  })
  it('tells again when a bucket grows, and when one comes', async () => {
    const controller = new AbortController()
    const queue = watchQueue(join(root, 'orders'), undefined, controller.signal, 20)
    const rowsOf = async () => {
      const { value } = await queue.next()
      return (value as Queue).topics[0]!.buckets.map(({ rows }) => rows)
    }
    expect(await rowsOf()).toEqual([1, 3, 11])
    const connection = await lancedb.connect(join(root, 'orders', 'bucket_2'))
    await (await connection.openTable('data')).add(numbered(2))
    connection.close()
    expect(await rowsOf()).toEqual([1, 5, 11])
    const next = rowsOf()
    await bucket('orders', 11, 7)
    let rows = await next
    if (rows.length < 4 || rows[3] === null) rows = await rowsOf()
    expect(rows.slice(0, 3)).toEqual([1, 5, 11])
    controller.abort()
    await expect(queue.next()).resolves.toMatchObject({ done: true })
  })
})
