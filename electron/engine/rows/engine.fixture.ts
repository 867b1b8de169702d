import { join } from 'node:path'
import type { Input, Output } from '#shared/contract/index.ts'
import type { EngineContext } from '../context.ts'
import { createDatasetRegistry } from '../datasets/index.ts'
import { nativeTablesFor } from '../lance/index.ts'
import { arrow, makeTableFolder, type TableFolder } from '../lance/tables.fixture.ts'
import { createRowsHandlers } from './index.ts'
import type { RowListLimits } from './row-lists.ts'

/** A context of real parts over a temporary folder. Call `remove` after the tests. */
export interface TestEngine {
  readonly context: EngineContext
  readonly folder: TableFolder
  readonly rows: ReturnType<typeof createRowsHandlers>
  /** Opens `<name>.lance` of the folder and returns its handle. */
  open(name: string): Promise<string>
  remove(): Promise<void>
}

export async function makeTestEngine(limits?: RowListLimits): Promise<TestEngine> {
  const folder = await makeTableFolder()
  const paths = { dataDir: join(folder.path, 'app data'), root: undefined }
  const context: EngineContext = {
    paths,
    datasets: createDatasetRegistry({ paths }),
    facts: { appVersion: 'test', restarts: 0, lastExit: undefined },
    log: () => {},
  }
  return {
    context,
    folder,
    rows: createRowsHandlers(context, limits),
    open: async (name) => (await context.datasets.open(folder.locate(name))).handle,
    remove: async () => {
      await nativeTablesFor(paths.dataDir).close()
      folder.remove()
    },
  }
}

/** A call context that is never aborted. */
export const idle = { signal: new AbortController().signal }

export async function page(
  engine: TestEngine,
  input: Omit<Input<'rows.page'>, 'offset' | 'limit'> & { offset?: number; limit?: number },
): Promise<Output<'rows.page'>> {
  return engine.rows['rows.page']({ offset: 0, limit: 100, ...input }, idle)
}

/** Values of one column of a page in view order. */
export function valuesOf(result: Output<'rows.page'>, name: string): unknown[] {
  const values = result.arrow.flatMap((file) => {
    const vector = arrow.tableFromIPC(file).getChild(name)
    return vector === null ? [] : Array.from({ length: vector.length }, (_, index): unknown => vector.get(index))
  })
  return result.order === undefined ? values : result.order.map((index) => values[index])
}
