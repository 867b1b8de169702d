import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nativeWriterFor } from '../lance/index.ts'
import { formatManifestName } from '../format/names.ts'
import { AppError } from '#shared/errors.ts'
import { createRandom } from '#shared/random.fixture.ts'
import { arrow, lancedb, numbered, tableOf } from '../lance/tables.fixture.ts'
import { openTable, setWritable, withoutPrivileges } from '../versions/writing.fixture.ts'
import { optimize } from './compact.ts'
import { contentOf, fragmentsOf, idle, makeMaintenanceBench, type MaintenanceBench } from './maintenance.fixture.ts'

let bench: MaintenanceBench
beforeAll(async () => {
  bench = await makeMaintenanceBench()
})
afterAll(() => bench.remove())

/** Fragments of 100 rows each, ids from 0 on. */
async function makeFragments(name: string, count: number) {
  const table = await bench.folder.create(name, numbered(100))
  for (let index = 1; index < count; index++) await table.add(numbered(100, index * 100))
  return { table, dataset: await bench.open(name), location: bench.folder.locate(name) }
}

/** Makes a manifest say that it was committed so many days ago: its time in seconds is a varint of the same length. */
function backdate(path: string, days: number): void {
  const bytes = readFileSync(path)
  const varint = (value: number): Buffer => {
    const out: number[] = []
    for (let rest = value; ; rest = Math.floor(rest / 128)) {
      out.push(rest >= 128 ? (rest % 128) | 128 : rest)
      if (rest < 128) return Buffer.from(out)
    }
  }
  const now = Math.floor(Date.now() / 1000)
  for (let second = now - 60; second <= now; second++) {
    const at = bytes.indexOf(Buffer.concat([Buffer.from([8]), varint(second)]))
    if (at === -1) continue
    varint(second - days * 86_400).copy(bytes, at + 1)
    writeFileSync(path, bytes)
    return
  }
  throw new Error('no time in the manifest')
}

describe('maintenance.compact', () => {
  it('does what was foretold, keeps every row in order and prunes nothing', async () => {
    const { table, dataset, location } = await makeFragments('small', 10)
    await table.delete('id % 10 = 3')
    await (await table.tags()).create('kept', 1)
    const content = await contentOf(location)
    const foretold = await bench.forecast(dataset, { kind: 'compact' })
    expect(foretold).toMatchObject({ kind: 'compact', version: 11, nothingToDo: false, rows: 900 })
    expect(foretold.compaction).toMatchObject({ fragmentsRemoved: 10, fragmentsAddedAtLeast: 1 })
    expect(foretold.freeDiskBytes).toBeGreaterThan(0)
    const result = await bench.run('maintenance.compact', { dataset })
    expect(result.before).toMatchObject({ version: 11, versions: 11, rows: 900, deletedRows: 100, fragments: 10 })
    expect(result.after).toMatchObject({ rows: 900, deletedRows: 0, fragments: 1 })
    // The rewriting and the reservation of fragment ids before it.
    expect(result.after.versions).toBe(13)
    expect(result.after.liveBytes).toBeLessThan(result.before.liveBytes)
    const grown = result.after.totalBytes - result.before.totalBytes
    expect(grown).toBeGreaterThan(0)
    expect(grown).toBeLessThan((foretold.extraDiskAtMost ?? 0) + 20_000)
    expect(result.tries).toBe(1)
    expect(result.scan).toMatchObject({ rows: 900 })
    expect(await contentOf(location)).toBe(content)
    const old = await openTable(location)
    for (let version = 1; version <= result.versionAfter; version++) {
      await old.checkout(version)
      expect((await old.query().toArray()).length).toBe(version < 11 ? version * 100 : 900)
    }
  })

  it('foretells the bytes of data that does not compress within a tenth', async () => {
    const random = createRandom(7)
    const type = new arrow.FixedSizeList(256, new arrow.Field('item', new arrow.Float32(), true))
    const part = () => {
      const floats = Float32Array.from({ length: 500 * 256 }, () => random(2 ** 30) / 2 ** 30)
      const child = arrow.makeData({ type: new arrow.Float32(), length: floats.length, nullCount: 0, data: floats })
      const data = arrow.makeData({ type, length: 500, nullCount: 0, child })
      return tableOf({ vector: new arrow.Vector([data]) })
    }
    const table = await bench.folder.create('heavy', part())
    for (let index = 1; index < 5; index++) await table.add(part())
    await table.delete('_rowaddr < 100')
    const dataset = await bench.open('heavy')
    const { extraDiskAtMost = 0 } = await bench.forecast(dataset, { kind: 'compact' })
    const { before, after } = await bench.run('maintenance.compact', { dataset })
    const grown = after.totalBytes - before.totalBytes
    expect(extraDiskAtMost).toBeGreaterThan(2_000_000)
    expect(Math.abs(grown - extraDiskAtMost) / extraDiskAtMost).toBeLessThan(0.1)
  })

  it('has nothing to do the second time, and then commits nothing', async () => {
    const { dataset } = await makeFragments('twice', 3)
    const first = await bench.run('maintenance.compact', { dataset })
    expect(await bench.forecast(dataset, { kind: 'compact' })).toMatchObject({ nothingToDo: true, rows: 0 })
    const second = await bench.run('maintenance.compact', { dataset })
    expect([second.versionBefore, second.versionAfter]).toEqual([first.versionAfter, first.versionAfter])
    expect(second.after.totalFiles).toBe(second.before.totalFiles)
    expect(second.notes[0]?.message).toContain('Nothing was left')
  })

  it('says which fragments the segments of an index keep apart', async () => {
    const { table, dataset } = await makeFragments('segments', 2)
    await table.createIndex('id', { config: lancedb.Index.btree() })
    await table.add(numbered(100, 200))
    await table.add(numbered(100, 300))
    const { notes, compaction } = await bench.forecast(dataset, { kind: 'compact' })
    expect(compaction?.tasks.map(({ fragments }) => fragments)).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect(notes.some(({ message }) => message.includes('segments of an index'))).toBe(false)
    expect(notes.some(({ message }) => message.includes('folds rows'))).toBe(true)
  })

  it('goes on while another program adds, deletes and updates', async () => {
    const { dataset, location } = await makeFragments('busy', 8)
    const until = { isOver: false }
    const other = (async () => {
      const table = await openTable(location)
      for (let next = 800; !until.isOver; next++) {
        await table.checkoutLatest()
        await table.add(numbered(1, next))
        await table.update({ where: `id = ${next - 700}`, values: { text: 'changed' } })
        await table.delete(`id = ${next - 750}`)
      }
      return table
    })()
    const outcome = await bench.run('maintenance.compact', { dataset }).catch((error: unknown) => error)
    until.isOver = true
    const table = await other
    await table.checkoutLatest()
    // Either it went through, or it says that others were faster three times; no row is lost either way.
    if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'commit-conflict' })
    else expect(outcome).toMatchObject({ kind: 'compact' })
    const ids = ((await table.query().select(['id']).toArray()) as { id: bigint }[]).map(({ id }) => Number(id))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(await table.countRows())
    for (const id of ids) expect(id).toBeGreaterThanOrEqual(0)
  })

  it('goes on where a tag is older than a week, which stops LanceDB with its own cut-off', async () => {
    const { table, dataset, location } = await makeFragments('tagged', 4)
    await (await table.tags()).create('release', 2)
    backdate(join(location, '_versions', formatManifestName(2, 'v2')), 20)
    await expect((await openTable(location)).optimize({ cleanupOlderThan: new Date() })).rejects.toThrow('tagged')
    await table.checkoutLatest()
    await table.add(numbered(100, 400))
    const aged = await openTable(location)
    await expect(aged.optimize()).rejects.toThrow('tagged')
    await table.checkoutLatest()
    await table.add(numbered(100, 500))
    const result = await bench.run('maintenance.compact', { dataset })
    expect(result.after.fragments).toBe(1)
    expect(result.after.versions).toBe(result.before.versions + 2)
    await aged.checkout('release')
    expect((await aged.query().toArray()).length).toBe(200)
  })

  it('begins again on a fresh handle after a conflict, three times at most, and says so', async () => {
    const { location } = await makeFragments('conflicts', 3)
    const { context } = bench
    const dataset = await context.datasets.open(location)
    const conflict = new AppError({ code: 'commit-conflict', message: 'Another program was faster.' })
    const run = async (conflicts: number) => {
      const real = nativeWriterFor(context.paths.dataDir)
      let left = conflicts
      const writer = {
        onMain: (...call: Parameters<typeof real.onMain>) =>
          left-- > 0 ? Promise.reject(conflict) : real.onMain(...call),
      } as unknown as typeof real
      const env = { context, signal: idle.signal, report: () => undefined }
      const operation = { kind: 'compact' } as const
      return optimize({ operation, context, dataset, writer, env, expectedBytes: null, version: 3 }, 'Compacting')
    }
    await expect(run(3)).rejects.toBe(conflict)
    expect(await fragmentsOf(location)).toEqual([100, 100, 100])
    const { tries, notes } = await run(2)
    expect([tries, notes?.[0]?.message]).toEqual([3, expect.stringContaining('begun 3 times')])
    expect(await fragmentsOf(location)).toEqual([300])
  })

  it('refuses a dataset it may not write', async () => {
    const { dataset, location } = await makeFragments('locked', 2)
    setWritable(location, false)
    chmodSync(bench.folder.path, 0o755)
    try {
      await expect(withoutPrivileges(() => bench.run('maintenance.compact', { dataset }))).rejects.toMatchObject({
        code: 'read-only',
      })
    } finally {
      setWritable(location, true)
    }
    expect(await fragmentsOf(location)).toEqual([100, 100])
  })
})

describe('maintenance.optimizeIndices', () => {
  it('covers rows no index covered', async () => {
    const { table, dataset } = await makeFragments('folded', 2)
    await table.createIndex('id', { config: lancedb.Index.btree() })
    await table.add(numbered(50, 200))
    const foretold = await bench.forecast(dataset, { kind: 'optimize-indices' })
    expect(foretold).toMatchObject({ nothingToDo: false, rows: 50 })
    const result = await bench.run('maintenance.optimizeIndices', { dataset })
    expect(result).toMatchObject({ kind: 'optimize-indices', after: { rows: 250 } })
    await table.checkoutLatest()
    expect(await table.indexStats('id_idx')).toMatchObject({ numIndexedRows: 250, numUnindexedRows: 0 })
    expect(await bench.forecast(dataset, { kind: 'optimize-indices' })).toMatchObject({ nothingToDo: true, rows: 0 })
    const again = await bench.run('maintenance.optimizeIndices', { dataset })
    expect(again.versionAfter).toBe(result.versionAfter)
  })

  it('has nothing to do without an index', async () => {
    const { dataset } = await makeFragments('bare', 2)
    expect(await bench.forecast(dataset, { kind: 'optimize-indices' })).toMatchObject({
      nothingToDo: true,
      notes: [{ message: 'There is no index to fold rows into.' }],
    })
  })
})

it('ends a job that is cancelled, with the dataset whole', async () => {
  const { dataset, location } = await makeFragments('cancelled', 6)
  const content = await contentOf(location)
  const { createJobsHandlers } = await import('../jobs/index.ts')
  const jobs = createJobsHandlers(bench.context)
  const run = async (): Promise<void> => {
    for await (const event of bench.handlers['maintenance.refragment']({ dataset, rowsPerFragment: 10 }, idle)) {
      const { done } = event.job.progress ?? { done: 0 }
      if (event.kind === 'job' && done > 50) await jobs['jobs.cancel']({ job: event.job.id }, idle)
    }
  }
  await expect(run()).rejects.toMatchObject({ code: 'cancelled' })
  expect(await contentOf(location)).toBe(content)
  const sizes = await fragmentsOf(location)
  expect(sizes.includes(10)).toBe(true)
  expect(sizes.length).toBeLessThan(60)
})
