import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { sweepUploads } from './sweep.ts'
import { createUploads } from './uploads.ts'

type Names = 'uploads.begin' | 'uploads.write' | 'uploads.finish' | 'uploads.discard'

/** Files a browser sends. What earlier runs left half done is removed when the first handler set of an engine is made. */
export function createUploadsHandlers({ paths, log }: EngineContext): Pick<Handlers<Contract>, Names> {
  const uploads = createUploads(paths)
  void sweepUploads(paths).then((removed) => {
    if (removed > 0) log(`uploads: ${removed} that nobody went on with removed`)
  })
  return {
    'uploads.begin': ({ files }) => uploads.begin(files),
    'uploads.write': (part) => uploads.write(part),
    'uploads.finish': ({ upload }) => uploads.finish(upload),
    'uploads.discard': ({ upload }) => uploads.discard(upload),
  }
}
