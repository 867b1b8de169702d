import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { createRandom } from '#shared/random.fixture.ts'
import { ENGINE_FILE, makeWorld, type World } from '../contract/world.fixture.ts'
import { lancedb, numbered } from '../lance/tables.fixture.ts'
import { openTable } from '../versions/writing.fixture.ts'
import { answerWell, fakeVector, numbersOf, startFakeServer, type FakeServer } from './embed.fixture.ts'

/* Embedding in a real process, ended with SIGKILL again and again: it goes on, and pays for one batch twice at most. */

const KILLS = Number(process.env['KILLS'] ?? 4)
const SEED = Number(process.env['SEED'] ?? 1)
const FRAGMENTS = 6
const ROWS = 300
const BATCH = 64

const isBuilt = existsSync(ENGINE_FILE)
let world: World
let server: FakeServer
beforeAll(async () => {
  if (!isBuilt) return
  world = await makeWorld()
  server = await startFakeServer(async (response, texts) => {
    await sleep(15)
    answerWell(response, texts)
  })
})
afterAll(async () => {
  await server?.close()
  await world?.close()
})

describe.skipIf(!isBuilt)('killed again and again', () => {
  it('an embedding loses a batch each time at most, and no row', { timeout: 120_000 }, async () => {
    const connection = await lancedb.connect(world.folder)
    const table = await connection.createTable('killed', numbered(ROWS))
    for (let part = 1; part < FRAGMENTS; part++) await table.add(numbered(ROWS, part * ROWS))
    const location = join(world.folder, 'killed.lance')
    const client = world.client()
    const { dataset } = await client.call('datasets.open', { location })
    await client.call('embedders.save', { id: 'slow', title: 'Slow', url: server.url, model: 'm' })
    const run = async (killAfterMs?: number): Promise<string> => {
      let isKilled = killAfterMs === undefined
      const input = { dataset, source: 'text', target: 'vector', embedder: 'slow' }
      try {
        for await (const event of client.stream('embed.column', input)) {
          if (event.kind === 'done') return 'done'
          if (isKilled || event.job.progress?.note !== 'Embedding') continue
          isKilled = true
          void sleep(killAfterMs).then(() => client.call('jobs.cancel', { job: event.job.id }))
        }
        return 'ended'
      } catch (error) {
        return error instanceof AppError ? error.code : String(error)
      }
    }
    const roll = createRandom(SEED)
    const ends: string[] = []
    for (let kill = 0; kill < KILLS; kill++) ends.push(await run(roll(300)))
    expect(ends).toContain('cancelled')
    expect(await run()).toBe('done')
    const total = FRAGMENTS * ROWS
    const asked = server.asked.flat().filter((text) => text !== 'dimension')
    expect(new Set(asked).size).toBe(total)
    expect(asked.length).toBeLessThanOrEqual(total + KILLS * BATCH)
    const rows = await (await openTable(location)).query().toArray()
    expect(rows).toHaveLength(total)
    for (const { text, vector } of rows) expect(numbersOf(vector)).toEqual(fakeVector(String(text)))
    expect(Object.keys(rows[0]?.toJSON() as object)).toEqual(['id', 'text', 'vector'])
  })
})
