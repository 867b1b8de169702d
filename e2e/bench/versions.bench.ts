import { createRequire } from 'node:module'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { appendsDataset, fragmentsDataset, versionsDataset } from './datasets.ts'
import { report, reportAlone } from './measure.ts'
import { startPortEngine, type PortEngine } from './port-client.ts'

const require = createRequire(import.meta.url)
const lancedb = require('@lancedb/lancedb') as typeof import('@lancedb/lancedb')

const ROUNDS = 9

/** Runs work on a fresh engine, which has nothing in memory yet. */
async function withEngine<T>(work: (engine: PortEngine) => Promise<T>): Promise<T> {
  const engine = await startPortEngine()
  try {
    return await work(engine)
  } finally {
    await engine.stop()
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

test('newest manifest of 3,000 fragments', async () => {
  const location = await fragmentsDataset()
  const manifests = path.join(location, '_versions')
  const [newest] = fs
    .readdirSync(manifests)
    .filter((name) => name.endsWith('.manifest'))
    .sort()
  const first: number[] = []
  const later: number[] = []
  const bare: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await withEngine(async (engine) => {
      const open = async () => {
        // The engine keeps manifests by name, size and time: with another time it decodes anew.
        const now = Date.now() / 1000 + round
        fs.utimesSync(path.join(manifests, newest!), now, now)
        return timed(async () => {
          const { fragments } = await engine.call('datasets.open', { location })
          expect(fragments).toBe(3000)
        })
      }
      first.push(await open())
      await open()
      later.push(await open())
    })
    bare.push(
      await timed(async () => {
        const db = await lancedb.connect(path.dirname(location))
        const table = await db.openTable('data')
        expect((await table.stats()).fragmentStats.numFragments).toBe(3000)
        db.close()
      }),
    )
  }
  report('newest manifest of 3,000 fragments found, read, decoded and summarized', later, bare, '50 ms')
  reportAlone('the same as the first thing a fresh engine does', first, 'none: the code is compiled meanwhile')
})

const HISTORIES = [
  { what: '1,000 versions of 2,001 to 3,000 fragments', make: fragmentsDataset },
  { what: '1,000 versions of 1 to 1,000 fragments', make: () => appendsDataset(1000) },
  { what: '1,000 versions, compacted every hundred', make: () => versionsDataset(1000) },
] as const

for (const [index, { what, make }] of HISTORIES.entries()) {
  test(`timeline of ${what}`, async () => {
    const location = await make()
    const other = await HISTORIES[(index + 1) % HISTORIES.length]!.make()
    const list = async (engine: PortEngine, of: string) => {
      const { dataset } = await engine.call('datasets.open', { location: of })
      return timed(async () => {
        const entries = await engine.stream('versions.list', { dataset })
        expect(entries.length).toBeGreaterThanOrEqual(1000)
        expect(entries.every((entry) => entry['sentence'] !== '' && entry['problem'] === undefined)).toBe(true)
      })
    }
    const first: number[] = []
    const later: number[] = []
    const bare: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await withEngine(async (engine) => void first.push(await list(engine, location)))
      // Another history first, so that the code is compiled and nothing of this one is known.
      await withEngine(async (engine) => {
        await list(engine, other)
        later.push(await list(engine, location))
      })
      const db = await lancedb.connect(path.dirname(location))
      const table = await db.openTable('data')
      bare.push(await timed(async () => expect((await table.listVersions()).length).toBeGreaterThanOrEqual(1000)))
      db.close()
    }
    report(`timeline of ${what}; bare: LanceDB's listVersions`, later, bare, '500 ms, ratio below 1')
    reportAlone('the same as the first thing a fresh engine does', first, '500 ms')
  })
}
