import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Contract, Input } from '#shared/contract/index.ts'
import type { CleanupOperation, Forecast, MaintenanceResult } from '#shared/model/maintenance.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import { makeTestContext, type TestContext } from '../../datasets/context.fixture.ts'
import { lancedb } from '../../lance/tables.fixture.ts'
import { createCleaningHandlers } from '../cleaning-handlers.ts'
import { createMaintenanceHandlers } from '../handlers.ts'

/** Cleanup, leftovers and plans over a temporary folder. Call `remove` after the tests. */
export interface CleaningBench extends TestContext {
  readonly handlers: ReturnType<typeof createCleaningHandlers>
  forecast(dataset: string, operation: CleanupOperation): Promise<Forecast>
  cleanup(input: Input<'maintenance.cleanup'>): Promise<MaintenanceResult>
}

export const idle = { signal: new AbortController().signal, connection: new AbortController().signal }

export async function makeCleaningBench(): Promise<CleaningBench> {
  const parts = await makeTestContext()
  const handlers: Handlers<Pick<Contract, keyof ReturnType<typeof createCleaningHandlers>>> = createCleaningHandlers(
    parts.context,
  )
  const others = createMaintenanceHandlers(parts.context)
  return {
    ...parts,
    handlers,
    forecast: async (dataset, operation) => others['maintenance.forecast']({ dataset, operation }, idle),
    async cleanup(input) {
      for await (const event of handlers['maintenance.cleanup'](input, idle)) {
        if (event.kind === 'done') return event.result
      }
      throw new Error('no result')
    },
  }
}

/**
 * A hash over all rows of every version of main, but those left out, and of every branch: opened and scanned by LanceDB
 * alone. What LanceDB cannot read is noted with its reason.
 */
export async function readState(
  location: string,
  without: ReadonlySet<number>,
): Promise<Readonly<Record<string, string>>> {
  const connection = await lancedb.connect(dirname(location))
  try {
    const open = () => connection.openTable(basename(location).replace(/\.lance$/, ''))
    const main = await open()
    const state: Record<string, string> = {}
    const versions = await main.listVersions()
    for (const { version } of versions)
      if (!without.has(version)) state[`main ${version}`] = await hashAt(main, version)
    const branches = readBranchNames(location)
    for (const name of branches) {
      const branch = await (await main.branches()).checkout(name)
      for (const { version } of await branch.listVersions()) {
        state[`${name} ${version}`] = await hashAt(branch, version)
      }
    }
    const tags = await (await main.tags()).list()
    for (const [name, tag] of Object.entries(tags)) state[`tag ${name}`] = String(tag.version)
    return state
  } finally {
    connection.close()
  }
}

async function hashAt(
  table: Awaited<ReturnType<Awaited<ReturnType<typeof lancedb.connect>>['openTable']>>,
  version: number,
): Promise<string> {
  try {
    await table.checkout(version)
    const rows: string[] = []
    for await (const batch of table.query()) rows.push(...batch.toArray().map(String))
    if (rows.length !== (await table.countRows())) return 'counts differ'
    return createHash('sha256').update(rows.join('\n')).digest('hex')
  } catch (error) {
    return `unreadable: ${String(error).slice(0, 200)}`
  }
}

function readBranchNames(location: string): readonly string[] {
  try {
    return readdirSync(join(location, '_refs/branches')).map((name) => decodeURIComponent(name.replace(/\.json$/, '')))
  } catch {
    return []
  }
}
