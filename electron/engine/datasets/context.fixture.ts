import { join } from 'node:path'
import type { EngineContext } from '../context.ts'
import { nativeTablesFor } from '../lance/index.ts'
import { makeTableFolder, type TableFolder } from '../lance/tables.fixture.ts'
import { createDatasetRegistry } from './registry.ts'

/** A context of real parts over a temporary folder. Call `remove` after the tests. */
export interface TestContext {
  readonly context: EngineContext
  readonly folder: TableFolder
  /** Opens a location, or `<name>.lance` of the folder, and returns its handle. */
  open(name: string): Promise<string>
  remove(): Promise<void>
}

export async function makeTestContext(dataDir = 'app data'): Promise<TestContext> {
  const folder = await makeTableFolder()
  const paths = { dataDir: join(folder.path, dataDir), root: undefined }
  const context: EngineContext = {
    paths,
    datasets: createDatasetRegistry({ paths }),
    facts: { appVersion: 'test', restarts: 0, lastExit: undefined },
    log: () => {},
  }
  return {
    context,
    folder,
    open: async (name) => (await context.datasets.open(name.includes('/') ? name : folder.locate(name))).handle,
    remove: async () => {
      await nativeTablesFor(paths.dataDir).close()
      folder.remove()
    },
  }
}
