import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { inspectFiles } from './inspect.ts'
import { lookAtFiles } from './look.ts'
import { Journal } from './journal.ts'
import { previewImport } from './preview.ts'
import { listRecords } from './records.ts'
import { forgetImport, pauseImport, resumeImport, runImport } from './run.ts'
import { findFiles } from './sources.ts'
import { withReader } from './with-reader.ts'

type Names =
  | 'import.inspect'
  | 'import.look'
  | 'import.preview'
  | 'import.run'
  | 'import.resume'
  | 'import.pause'
  | 'import.list'
  | 'import.log'
  | 'import.forget'

/** Imports of files into datasets. What reads files is a thread of its own for every call, ended with it. */
export function createImportsHandlers(context: EngineContext): Pick<Handlers<Contract>, Names> {
  const { paths } = context
  return {
    'import.inspect': (sources, { signal }) =>
      withReader(signal, async (reader) => {
        const { files, truncated } = await findFiles(paths, sources, signal)
        return { items: await inspectFiles(context, reader, files, signal), truncated }
      }),
    'import.look': (sources, { signal }) => lookAtFiles(context, sources, signal),
    'import.preview': (input, { signal }) =>
      withReader(signal, async (reader) =>
        previewImport(context, reader, input, await listRecords(paths.dataDir), signal),
      ),
    'import.run': (input, { signal }) => runImport(context, input, signal),
    'import.resume': ({ import: id }, { signal }) => resumeImport(context, id, signal),
    'import.pause': ({ import: id }) => pauseImport(context, id),
    'import.list': () => listRecords(paths.dataDir),
    'import.log': async ({ import: id }) => {
      const journal = new Journal(paths.dataDir, id)
      await journal.readOrder()
      return journal.readLog()
    },
    'import.forget': async ({ import: id }) => {
      await forgetImport(context, id)
      return null
    },
  }
}
