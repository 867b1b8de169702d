import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { ImportResult } from '#shared/model/import/result.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import type { World } from '../contract/world.fixture.ts'
import { lancedb } from '../lance/tables.fixture.ts'

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
