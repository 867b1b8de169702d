import type { Contract, Input } from '#shared/contract/index.ts'
import type { MaintenanceResult } from '#shared/model/maintenance.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import { createHash } from 'node:crypto'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { arrow } from '../lance/tables.fixture.ts'
import { openTable } from '../versions/writing.fixture.ts'
import { createMaintenanceHandlers } from './index.ts'

export type Job = Exclude<keyof ReturnType<typeof createMaintenanceHandlers>, 'maintenance.forecast'>

/** The operations of maintenance over a temporary folder. Call `remove` after the tests. */
export interface MaintenanceBench extends TestContext {
  readonly handlers: Pick<Handlers<Contract>, Job | 'maintenance.forecast'>
  forecast(
    dataset: string,
    operation: Input<'maintenance.forecast'>['operation'],
  ): ReturnType<Handlers<Contract>['maintenance.forecast']>
  run<K extends Job>(job: K, input: Input<K>): Promise<MaintenanceResult>
}

export const idle = { signal: new AbortController().signal, connection: new AbortController().signal }

export async function makeMaintenanceBench(): Promise<MaintenanceBench> {
  const parts = await makeTestContext()
  const handlers = createMaintenanceHandlers(parts.context)
  return {
    ...parts,
    handlers,
    forecast: async (dataset, operation) => handlers['maintenance.forecast']({ dataset, operation }, idle),
    async run(job, input) {
      const events = (handlers[job] as Handlers<Contract>['maintenance.compact'])(input, idle)
      for await (const event of events) if (event.kind === 'done') return event.result
      throw new Error('no result')
    },
  }
}

/** One hash over every cell of every row at a version, whatever the order of the rows: read with LanceDB alone. */
export async function contentOf(location: string, version?: number): Promise<string> {
  const table = await openTable(location)
  if (version !== undefined) await table.checkout(version)
  const rows: string[] = []
  for await (const batch of table.query()) rows.push(...batch.toArray().map(String))
  return createHash('sha256').update(rows.toSorted().join('\n')).digest('hex')
}

/** Live rows of each fragment, in the order of the rows. */
export async function fragmentsOf(location: string): Promise<readonly number[]> {
  const table = await openTable(location)
  const counts = new Map<bigint, number>()
  for await (const batch of table.query().select(['_rowaddr'])) {
    const addresses = batch.getChildAt(0)?.toArray() as BigUint64Array
    for (const address of addresses) counts.set(address >> 32n, (counts.get(address >> 32n) ?? 0) + 1)
  }
  return [...counts.values()]
}

export { arrow }
