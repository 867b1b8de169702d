import { existsSync, lstatSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idle, makeTestEngine, page, valuesOf, type TestEngine } from '../rows/engine.fixture.ts'
import { embed } from './embed.ts'
import { createSampleHandlers } from './index.ts'

let engine: TestEngine
let sample: ReturnType<typeof createSampleHandlers>
let location: string
let tookMs: number

beforeAll(async () => {
  engine = await makeTestEngine()
  sample = createSampleHandlers(engine.context)
  const started = performance.now()
  const answers = await Promise.all([sample['sample.ensure']({}, idle), sample['sample.ensure']({}, idle)])
  tookMs = performance.now() - started
  location = answers[0].location
  expect(answers.map((answer) => answer.location)).toEqual([location, location])
})
afterAll(() => engine.remove())

async function open(): Promise<string> {
  return (await engine.context.datasets.open(location)).handle
}

describe('the sample', () => {
  it('is built once, whole, in under three seconds', async () => {
    expect(tookMs).toBeLessThan(3000)
    expect(readdirSync(join(location, '..'))).toEqual(['tiltyard-sample.lance'])
    expect(await sample['sample.ensure']({}, idle)).toEqual({ location, built: false })
  })

  it('is built once however many processes ask for it', async () => {
    // Handlers of their own share nothing but the data folder, as processes do.
    const other = await makeTestEngine()
    try {
      const asked = await Promise.all(
        Array.from({ length: 4 }, () => createSampleHandlers(other.context)['sample.ensure']({}, idle)),
      )
      expect(asked.filter(({ built }) => built)).toHaveLength(1)
      expect(readdirSync(other.context.paths.dataDir).toSorted()).toEqual(['relevance', 'sample', 'scratch'])
    } finally {
      await other.remove()
    }
  })

  it('has rows of every state: null, empty, NaN, and numbers beyond 2^53', async () => {
    const dataset = await open()
    const count = async (filter: string): Promise<number> =>
      (await engine.rows['rows.count']({ dataset, filter }, idle)).count
    expect(await count('id >= 0')).toBeGreaterThan(1300)
    for (const filter of [
      'vector is null',
      "note = ''",
      'note is null',
      'isnan(score)',
      'score is null',
      'picture is not null',
      'fingerprint > 9007199254740993',
      'reviewed is null',
      'source is null',
      'array_length(tags) = 0',
    ]) {
      expect(await count(filter), filter).toBeGreaterThan(0)
    }
    expect(await count('characters is null')).toBe(0)
  })

  it('opens as one page with every column, and its pictures are PNG', async () => {
    const dataset = await open()
    const result = await page(engine, {
      dataset,
      filter: 'picture is not null',
      limit: 1,
      columns: ['id', 'price', 'ingested_at', 'picture'],
    })
    const picture = valuesOf(result, 'picture')[0] as Uint8Array
    expect([...picture.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47])
    const rowId = String(valuesOf(result, '_rowid')[0])
    expect(await engine.rows['cells.describe']({ dataset, rowId, column: 'picture' }, idle)).toMatchObject({
      mediaType: 'image/png',
    })
    expect((await page(engine, { dataset })).arrow.length).toBeGreaterThan(0)
  })

  it('has tags, a branch with a write, and a past', async () => {
    const dataset = await open()
    const total = async (ref: Parameters<typeof page>[1]['ref']): Promise<number> =>
      (await page(engine, { dataset, ref, limit: 1 })).total
    expect(await total({ version: 1 })).toBe(720)
    expect(await total({ tag: 'first-edition' })).toBe(38 * 36 + 27)
    expect(await total({ tag: 'before-compaction' })).toBe(37 * 36 + 27)
    const onBranch = await page(engine, { dataset, ref: { branch: 'shorter-texts' }, limit: 1 })
    expect(onBranch.total).toBeLessThan(39 * 36 + 27)
    expect(onBranch.arrow).toHaveLength(1)
    const versions = await engine.context.datasets.get(dataset).resolve()
    expect(versions.version).toBeGreaterThanOrEqual(12)
  })

  it('is rebuilt in place, and reads go on', async () => {
    const dataset = await open()
    const before = await page(engine, { dataset, ref: { version: 1 }, columns: ['id'], limit: 5 })
    expect(await sample['sample.rebuild']({}, idle)).toEqual({ location })
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const after = await page(engine, { dataset: await open(), ref: { version: 1 }, columns: ['id', 'text'], limit: 5 })
    expect(valuesOf(after, 'id')).toEqual(valuesOf(before, 'id'))
    expect((await page(engine, { dataset: await open(), orderBy: [{ column: 'text' }] })).total).toBeGreaterThan(1300)
  })

  it('is built again over what a killed build leaves', async () => {
    await sample['sample.remove']({}, idle)
    symlinkSync(engine.folder.path, location)
    expect((await sample['sample.ensure']({}, idle)).built).toBe(true)
    expect(lstatSync(location).isDirectory()).toBe(true)
    expect(existsSync(engine.folder.path)).toBe(true)
  })

  it('is removed, and only it', async () => {
    expect(await sample['sample.remove']({}, idle)).toEqual({ removed: true })
    expect(existsSync(location)).toBe(false)
    expect(existsSync(engine.context.paths.dataDir)).toBe(true)
    expect(await sample['sample.remove']({}, idle)).toEqual({ removed: false })
    expect((await sample['sample.ensure']({}, idle)).built).toBe(true)
  })
})

describe('its vectors', () => {
  const dot = (a: Float32Array, b: Float32Array): number =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)

  it('have length 1 and lie near when words are shared', () => {
    const wind = embed('The wind pins the boat to the pontoon')
    expect(dot(wind, wind)).toBeCloseTo(1)
    expect(dot(wind, embed('A boat in the wind by the pontoon'))).toBeGreaterThan(
      dot(wind, embed('Null is not zero in a table')),
    )
    expect([...embed('')].every((value) => value === 0)).toBe(true)
  })
})
