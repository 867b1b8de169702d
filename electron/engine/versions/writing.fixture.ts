import { join } from 'node:path'
import type { EngineContext } from '../context.ts'
import { createBranchesHandlers } from '../branches/index.ts'
import { createDatasetRegistry } from '../datasets/index.ts'
import { nativeTablesFor } from '../lance/index.ts'
import { makeTableFolder, type TableFolder } from '../lance/tables.fixture.ts'
import { createTagsHandlers } from '../tags/index.ts'
import { createVersionsHandlers } from './index.ts'

type Handlers = ReturnType<typeof createVersionsHandlers> &
  ReturnType<typeof createTagsHandlers> &
  ReturnType<typeof createBranchesHandlers>

/** The operations on versions, tags and branches over a temporary folder. Call `remove` after the tests. */
export interface WritingEngine {
  readonly context: EngineContext
  readonly folder: TableFolder
  readonly handlers: Handlers
  /** Opens a location, or `<name>.lance` of the folder, and returns its handle. */
  open(name: string): Promise<string>
  remove(): Promise<void>
}

export async function makeWritingEngine(dataDir = 'app data'): Promise<WritingEngine> {
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
    handlers: {
      ...createVersionsHandlers(context),
      ...createTagsHandlers(context),
      ...createBranchesHandlers(context),
    },
    open: async (name) => (await context.datasets.open(name.includes('/') ? name : folder.locate(name))).handle,
    remove: async () => {
      await nativeTablesFor(paths.dataDir).close()
      folder.remove()
    },
  }
}

/** A call context that is never aborted. */
export const idle = { signal: new AbortController().signal, connection: new AbortController().signal }
