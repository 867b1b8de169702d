import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Output } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import { createRandom } from '#shared/random.fixture.ts'
import { ENGINE_FILE, makeWorld, type World } from '../contract/world.fixture.ts'
import { documents, rowsOf, run, tables } from './imports.fixture.ts'

/*
 * Imports in real processes, ended with SIGKILL at random moments and gone on with until they are through: the rows are
 * exactly those of an import nobody disturbed. `KILLS` imports of each kind; each is killed once or more.
 */

const KILLS = Number(process.env['KILLS'] ?? 2)
const SEED = Number(process.env['SEED'] ?? 1)
/** A commit a file, so that there are many moments to be killed at. */
/** While about all of it is written. */
const MOMENTS_MS = 300
const FILES = 12
const ROWS = 1000

const isBuilt = existsSync(ENGINE_FILE)
let world: World
let folder: string
beforeAll(async () => {
  if (!isBuilt) return
  process.env['TILTYARD_IMPORT_COMMIT_ROWS'] = '100'
  world = await makeWorld()
  folder = join(world.folder, 'sources')
  mkdirSync(join(folder, 'tables'), { recursive: true })
  mkdirSync(join(folder, 'docs'))
  for (let part = 0; part < FILES; part++) {
    // Keys of neighbours overlap.
    const lines = Array.from({ length: ROWS }, (_, row) => `${part * ROWS * 0.8 + row},name ${part}-${row},${row % 7}`)
    writeFileSync(join(folder, 'tables', `${part}.csv`), `id,name,group\n${lines.join('\n')}\n`)
  }
  for (let number = 0; number < 60; number++) {
    // One has more chunks than a commit takes.
    const text = Array.from(
      { length: number === 30 ? 200 : 12 },
      (_, part) => `## Part ${part}\n\n${`Words ${number} ${part}. `.repeat(40)}`,
    )
    writeFileSync(join(folder, 'docs', `${number}.md`), `# Document ${number}\n\n${text.join('\n\n')}\n`)
  }
})
afterAll(async () => {
  delete process.env['TILTYARD_IMPORT_COMMIT_ROWS']
  await world?.close()
})

type Events = AsyncIterable<Output<'import.run'>>

/** Follows an import and kills its process so long after it began to write; `done`, or the code it ended with. */
async function killAfter(events: Events, delayMs: number | undefined): Promise<string> {
  const over = new AbortController()
  let isWatched = false
  try {
    for await (const event of events) {
      if (event.kind === 'done') return 'done'
      if (event.job.state !== 'running' || isWatched || delayMs === undefined) continue
      isWatched = true
      void killWriting(delayMs, over.signal).catch(() => undefined)
    }
    return 'ended'
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  } finally {
    over.abort()
  }
}

async function killWriting(delayMs: number, over: AbortSignal): Promise<void> {
  const began = Date.now()
  const { id } = (await world.client().call('import.list', {})).find(({ state }) => state === 'running') ?? {}
  const progress = join(world.folder, 'app-data', 'imports', id ?? '', 'progress.json')
  const isWriting = (): boolean => existsSync(progress) && statSync(progress).mtimeMs >= began
  while (!over.aborted && !isWriting()) await sleep(2)
  await sleep(delayMs)
  if (over.aborted || id === undefined) return
  // Half of them as a person does it, half as a crash.
  if (delayMs % 2 === 0) {
    await world
      .client()
      .call('import.pause', { import: id })
      .catch(() => undefined)
    return
  }
  const pid = Number(readFileSync(join(progress, '..', 'lock'), 'utf8'))
  if (pid > 0) process.kill(pid, 'SIGKILL')
}

/** Rows as sorted lines, without what differs from time to time. */
async function contentOf(location: string): Promise<readonly string[]> {
  const rows = await rowsOf(location)
  return rows
    .map(({ raw_data: _raw, vector: _vector, tags: _tags, ...row }) =>
      JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    )
    .toSorted()
}

let names = 0
const place = (): string => join(world.folder, `killed${names++}.lance`)

const KINDS: Readonly<Record<string, (location: string) => Promise<ImportSpec>>> = {
  new: async (location) => tables([join(folder, 'tables')], { kind: 'new', location }),
  append: async (location) => {
    await run(world, tables([join(folder, 'tables', '0.csv')], { kind: 'new', location }))
    return tables([join(folder, 'tables')], { kind: 'existing', location, mode: 'append' })
  },
  'append without duplicates': async (location) => {
    await run(world, tables([join(folder, 'tables', '0.csv')], { kind: 'new', location }))
    const duplicates = { by: ['id'], keep: 'first' } as const
    return tables([join(folder, 'tables')], { kind: 'existing', location, mode: 'append' }, { duplicates })
  },
  upsert: async (location) => {
    await run(world, tables([join(folder, 'tables', '1.csv')], { kind: 'new', location }))
    return tables([join(folder, 'tables')], { kind: 'existing', location, mode: 'upsert', key: ['id'] })
  },
  overwrite: async (location) => {
    await run(world, tables([join(folder, 'tables', '1.csv')], { kind: 'new', location }))
    return tables([join(folder, 'tables')], { kind: 'existing', location, mode: 'overwrite' })
  },
  documents: async (location) => documents([join(folder, 'docs')], { kind: 'new', location }),
  update: async (location) => {
    await run(world, documents([join(folder, 'docs', '1.md')], { kind: 'new', location }))
    return documents([join(folder, 'docs')], { kind: 'existing', location, mode: 'update', gone: 'delete' })
  },
}

/** However often it was interrupted, undoing the import goes back to before all of it. */
async function expectOneStep(location: string): Promise<void> {
  const { dataset } = await world.client().call('datasets.open', { location })
  const { entries } = await world.client().call('ledger.list', { dataset })
  const [record] = await world.client().call('import.list', {})
  const last = entries.find(({ operation, outcome }) => operation === 'import.run' && outcome === 'done')
  expect(last?.versionBefore).toBe(record?.result?.versions.before)
}

describe.skipIf(!isBuilt)('killed at random moments and gone on with', () => {
  const roll = createRandom(SEED)

  it.each(Object.keys(KINDS))(
    '%s has exactly the rows of an undisturbed import',
    async (kind) => {
      const make = KINDS[kind]
      if (make === undefined) throw new Error(kind)
      const undisturbed = place()
      await run(world, await make(undisturbed))
      const wanted = await contentOf(undisturbed)
      let kills = 0
      for (let round = 0; round < KILLS; round++) {
        const location = place()
        const spec = await make(location)
        let end = await killAfter(world.client().stream('import.run', { spec }), roll(MOMENTS_MS))
        const [record] = await world.client().call('import.list', {})
        for (let again = 0; end !== 'done'; again++) {
          expect(['cancelled', 'engine-died'], `${kind}, round ${round}`).toContain(end)
          kills++
          const delayMs = again < 2 ? roll(MOMENTS_MS) : undefined
          end = await killAfter(world.client().stream('import.resume', { import: record?.id ?? '' }), delayMs)
        }
        expect(await contentOf(location), `${kind}, round ${round}`).toEqual(wanted)
        await expectOneStep(location)
      }
      expect(kills).toBeGreaterThan(0)
    },
    240_000,
  )
})
