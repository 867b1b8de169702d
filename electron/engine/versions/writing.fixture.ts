import { chmodSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type * as LanceDb from '@lancedb/lancedb'
import { createBranchesHandlers } from '../branches/index.ts'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { lancedb } from '../lance/tables.fixture.ts'
import { createTagsHandlers } from '../tags/index.ts'
import { createVersionsHandlers } from './index.ts'

type Handlers = ReturnType<typeof createVersionsHandlers> &
  ReturnType<typeof createTagsHandlers> &
  ReturnType<typeof createBranchesHandlers>

/** The operations on versions, tags and branches over a temporary folder. Call `remove` after the tests. */
export interface WritingEngine extends TestContext {
  readonly handlers: Handlers
}

export async function makeWritingEngine(dataDir?: string): Promise<WritingEngine> {
  const parts = await makeTestContext(dataDir)
  const { context } = parts
  return {
    ...parts,
    handlers: {
      ...createVersionsHandlers(context),
      ...createTagsHandlers(context),
      ...createBranchesHandlers(context),
    },
  }
}

/** A call context that is never aborted. */
export const idle = { signal: new AbortController().signal, connection: new AbortController().signal }

/** Every file and folder below a location with the sizes of files, to see what a call left behind. */
export function listTree(location: string): readonly string[] {
  return readdirSync(location, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return `${relative(location, path)} ${entry.isFile() ? statSync(path).size : '/'}`
    })
    .toSorted()
}

/** Ids of the rows at a state, sorted, as LanceDB reads them now; `numbered` tables have them. */
export async function readIds(location: string, state: { branch?: string; version?: number } = {}): Promise<number[]> {
  const connection = await lancedb.connect(dirname(location))
  try {
    const table = await connection.openTable(basename(location, '.lance'), [], state)
    const rows = (await table.query().select(['id']).toArray()) as { id: bigint }[]
    return rows.map(({ id }) => Number(id)).toSorted((a, b) => a - b)
  } finally {
    connection.close()
  }
}

/** A handle of LanceDB's own at the newest version, as another program would use. */
export async function openTable(location: string, branch?: string): Promise<LanceDb.Table> {
  const connection = await lancedb.connect(dirname(location))
  return connection.openTable(basename(location, '.lance'), [], branch === undefined ? {} : { branch })
}

/** Permissions mean nothing to root, so a test run by root acts as nobody for a while. */
export async function withoutPrivileges<T>(run: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    return await run()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}

/** Makes everything below a location unwritable, or writable again. */
export function setWritable(location: string, isWritable: boolean): void {
  for (const entry of ['', ...readdirSync(location, { recursive: true, encoding: 'utf8' })]) {
    const path = join(location, entry)
    const mode = statSync(path).isDirectory() ? 0o755 : 0o644
    chmodSync(path, isWritable ? mode : mode & ~0o222)
  }
}
