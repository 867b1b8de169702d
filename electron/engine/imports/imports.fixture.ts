import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { ImportResult } from '#shared/model/import/result.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import { ENGINE_FILE, makeWorld, type World } from '../contract/world.fixture.ts'
import { lancedb } from '../lance/tables.fixture.ts'

export const isBuilt = existsSync(ENGINE_FILE)

/** What the tests of a file import with: an engine, begun before them and ended behind them, and a folder of sources. */
export interface ImportDesk {
  readonly world: World
  readonly folder: string
  /** Where no dataset is. */
  place(): string
  /** Writes a file of the folder; its path. */
  write(name: string, content: string | Uint8Array): string
}

/** To be called outside of any test. */
export function useImportDesk(): ImportDesk {
  let made: World | undefined
  let places = 0
  beforeAll(async () => {
    if (isBuilt) made = await makeWorld()
  })
  afterAll(() => made?.close())
  const desk = {
    get world() {
      if (made === undefined) throw new Error('no test runs')
      return made
    },
    get folder() {
      return join(desk.world.folder, 'sources')
    },
    place: () => join(desk.world.folder, `imported${places++}.lance`),
    write(name: string, content: string | Uint8Array) {
      const path = join(desk.folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
      return path
    },
  }
  return desk
}

export const newAt = (location: string) => ({ kind: 'new', location }) as const

type Mode = Extract<ImportSpec['target'], { kind: 'existing' }>['mode']
export const into = (location: string, mode: Mode, more = {}) =>
  ({ kind: 'existing', location, mode, ...more }) as const

/** A specification of an import of tables; everything can be given otherwise. */
export function tables(
  paths: readonly string[],
  target: ImportSpec['target'],
  more: Partial<ImportSpec> = {},
): ImportSpec {
  return { version: 1, sources: { paths }, rows: { kind: 'tables', reading: {}, badRows: 'reject' }, target, ...more }
}

export function documents(
  paths: readonly string[],
  target: ImportSpec['target'],
  more: Partial<ImportSpec> = {},
): ImportSpec {
  const chunking = { by: 'structure', unit: 'characters', size: 400, overlap: 0 } as const
  const rows = { kind: 'documents', chunking, keepRaw: true, tags: ['test'], metadata: { from: 'tests' } } as const
  return { version: 1, sources: { paths }, rows, target, ...more }
}

/** Runs an import to its end. */
export async function run(world: World, spec: ImportSpec): Promise<ImportResult> {
  for await (const event of world.client().stream('import.run', { spec }))
    if (event.kind === 'done') return event.result
  throw new Error('the import ended without a result')
}

/** Code of the failure, or `done`. */
export async function outcome(running: Promise<unknown>): Promise<string> {
  return running.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )
}

/** Rows of a dataset as plain objects, read past the engine. */
export async function rowsOf(
  location: string,
  columns?: readonly string[],
): Promise<readonly Record<string, unknown>[]> {
  const connection = await lancedb.connect(join(location, '..'))
  const table = await connection.openTable((location.split('/').at(-1) ?? '').replace(/\.lance$/, ''))
  const query = table.query()
  const found = await (columns === undefined ? query : query.select([...columns])).toArray()
  connection.close()
  return found.map((row: { toJSON(): Record<string, unknown> }) => row.toJSON())
}
