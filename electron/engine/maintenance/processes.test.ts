import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import { createRandom } from '#shared/random.fixture.ts'
import { ENGINE_FILE, makeWorld, type World } from '../contract/world.fixture.ts'
import { lancedb, numbered } from '../lance/tables.fixture.ts'
import { openTable } from '../versions/writing.fixture.ts'
import { contentOf, type Job } from './maintenance.fixture.ts'

/*
 * Maintenance in real processes, ended with SIGKILL at random moments: the dataset opens afterwards, and its rows are those
 * from before or those from after, never between. KILLS is how many of them there are, over all operations.
 */

const OPERATIONS = 7
const KILLS = Math.max(1, Math.round(Number(process.env['KILLS'] ?? 5 * OPERATIONS) / OPERATIONS))
const LIMIT_MS = 60_000 * Math.max(1, KILLS / 5)
const SEED = Number(process.env['SEED'] ?? 1)

const isBuilt = existsSync(ENGINE_FILE)
let world: World
beforeAll(async () => {
  if (isBuilt) world = await makeWorld()
})
afterAll(() => world?.close())

let names = 0
/** Twelve fragments of 200 rows with an index over the first six, every tenth row deleted. */
async function make(storageOptions: Record<string, string> = {}) {
  const name = `killed${names++}`
  const connection = await lancedb.connect(world.folder)
  const table = await connection.createTable(name, numbered(200), { storageOptions })
  for (let part = 1; part < 6; part++) await table.add(numbered(200, part * 200))
  await table.createIndex('id', { config: lancedb.Index.btree() })
  for (let part = 6; part < 12; part++) await table.add(numbered(200, part * 200))
  await table.delete('id % 10 = 3')
  connection.close()
  const location = join(world.folder, `${name}.lance`)
  const { dataset } = await world.client().call('datasets.open', { location })
  return { location, dataset }
}

/** Starts a job, kills it so long after it began, or never, and tells how it ended. */
async function killAfter<K extends Job>(job: K, input: Input<K>, delayMs?: number): Promise<string> {
  const client = world.client()
  let isKilled = false
  try {
    for await (const event of client.stream(job as 'maintenance.compact', input)) {
      if (event.kind === 'done') return 'done'
      if (event.job.state !== 'running' || isKilled || delayMs === undefined) continue
      isKilled = true
      void sleep(delayMs).then(() => client.call('jobs.cancel', { job: event.job.id }))
    }
    return 'ended'
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

const rowsOf = async (location: string): Promise<number> => {
  const table = await openTable(location)
  const [counted, scanned] = [await table.countRows(), (await table.query().select(['id']).toArray()).length]
  expect(scanned).toBe(counted)
  return counted
}

const told: string[] = []
afterAll(() => void process.stdout.write(told.map((line) => `${line}\n`).join('')))

/** Keeps a line on how the kills of an operation went: those that came too late prove less. */
function tell(what: string, ends: readonly string[]): void {
  const inTime = ends.filter((end) => end !== 'done').length
  told.push(`${what}: killed ${inTime} of ${ends.length} times before its end`)
}

describe.skipIf(!isBuilt)('killed at a random moment', () => {
  const roll = createRandom(SEED)
  /** Moments of the kills, as shares of the time the operation takes on this machine now; some come after its end. */
  const shares = Array.from({ length: KILLS }, () => (roll(1000) / 1000) * 1.05)

  /** Milliseconds each kill waits, by how long the job takes when nobody ends it. */
  async function measureDelays<K extends Job>(job: K, input: Input<K>): Promise<readonly number[]> {
    const began = performance.now()
    expect(await killAfter(job, input)).toBe('done')
    const tookMs = performance.now() - began
    return shares.map((share) => share * tookMs)
  }

  it.each([
    ['maintenance.compact', {}],
    ['maintenance.optimizeIndices', {}],
    ['maintenance.purgeDeletions', {}],
    ['maintenance.refragment', { rowsPerFragment: 150 }],
  ] as const)(
    '%s leaves every row as it was',
    async (job, more) => {
      const ends: string[] = []
      const delays = await measureDelays(job, { dataset: (await make()).dataset, ...more })
      for (const delayMs of delays) {
        const { dataset, location } = await make()
        const content = await contentOf(location)
        ends.push(await killAfter(job, { dataset, ...more }, delayMs))
        expect(await rowsOf(location)).toBe(2160)
        expect(await contentOf(location), `${delayMs} ms`).toBe(content)
        // It can be done again, to the end.
        expect(await killAfter(job, { dataset, ...more })).toBe('done')
        expect(await contentOf(location)).toBe(content)
      }
      for (const end of ends) expect(['cancelled', 'done']).toContain(end)
      tell(job, ends)
    },
    LIMIT_MS,
  )

  it('deleting rows leaves all of them or none', { timeout: LIMIT_MS }, async () => {
    const ends: string[] = []
    const filter = 'id >= 1000'
    const delays = await measureDelays('maintenance.deleteRows', { dataset: (await make()).dataset, filter })
    for (const delayMs of delays) {
      const { dataset, location } = await make()
      ends.push(await killAfter('maintenance.deleteRows', { dataset, filter }, delayMs))
      expect([2160, 900]).toContain(await rowsOf(location))
    }
    tell('maintenance.deleteRows', ends)
  })

  it('renaming manifests can be finished', { timeout: LIMIT_MS }, async () => {
    const ends: string[] = []
    const old = { newTableEnableV2ManifestPaths: 'false' }
    const delays = await measureDelays('maintenance.migrateManifests', { dataset: (await make(old)).dataset })
    for (const delayMs of delays) {
      const { dataset, location } = await make(old)
      ends.push(await killAfter('maintenance.migrateManifests', { dataset }, delayMs))
      expect(await killAfter('maintenance.migrateManifests', { dataset })).toBe('done')
      expect(await rowsOf(location)).toBe(2160)
      expect(readdirSync(join(location, '_versions')).filter((name) => /^\d{1,9}\.manifest$/.test(name))).toEqual([])
    }
    tell('maintenance.migrateManifests', ends)
  })

  it('a copy is whole or not there, and leaves nothing beside', { timeout: LIMIT_MS }, async () => {
    const ends: string[] = []
    const to = join(world.folder, 'killed-copy.lance')
    const input = { to, rowsPerFragment: 100 }
    const delays = await measureDelays('maintenance.copy', { dataset: (await make()).dataset, ...input })
    rmSync(to, { recursive: true, force: true })
    for (const delayMs of delays) {
      const { dataset, location } = await make()
      const end = await killAfter('maintenance.copy', { dataset, ...input }, delayMs)
      ends.push(end)
      const isThere = existsSync(to)
      expect(isThere).toBe(end === 'done')
      if (isThere) expect(await contentOf(to)).toBe(await contentOf(location))
      await expect.poll(() => existsSync(join(world.folder, '.tiltyard-copies')), { timeout: 2000 }).toBe(false)
      rmSync(to, { recursive: true, force: true })
    }
    tell('maintenance.copy', ends)
  })
})

describe.skipIf(!isBuilt)('a ceiling of memory', () => {
  it('ends a job that goes beyond it and leaves the dataset as it was', async () => {
    const { dataset, location } = await make()
    const content = await contentOf(location)
    const maxMemoryBytes = 64 * 1024 * 1024
    expect(await killAfter('maintenance.compact', { dataset, maxMemoryBytes })).toBe('out-of-memory')
    expect(await contentOf(location)).toBe(content)
  })
})
