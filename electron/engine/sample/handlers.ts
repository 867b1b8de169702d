import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { toAppError } from '../lance/index.ts'
import { buildSample, hasSample, sampleLocation } from './build.ts'

type SampleOperations = 'sample.ensure' | 'sample.rebuild' | 'sample.remove'

/** The bundled sample in the app's data folder. Only ever writes and deletes in `<dataDir>/sample`. */
export function createSampleHandlers(context: EngineContext): Pick<Handlers<Contract>, SampleOperations> {
  const folder = join(context.paths.dataDir, 'sample')
  const location = sampleLocation(folder)
  let running: Promise<unknown> = Promise.resolve()
  let building: Promise<string> | undefined

  /** One at a time: each starts when the one before has ended, however that ended. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = running.then(work, work)
    running = result.catch(() => undefined)
    return result
  }

  /** Callers that come while a build is on share it. */
  function build(): Promise<string> {
    building ??= inTurn(() => buildSample(folder).catch(rethrow)).finally(() => (building = undefined))
    return building
  }

  return {
    'sample.ensure': async () => {
      if (building === undefined && hasSample(folder)) return { location, built: false }
      return { location: await build(), built: true }
    },
    'sample.rebuild': async () => ({ location: await build() }),
    'sample.remove': () =>
      inTurn(async () => {
        if (!hasSample(folder)) return { removed: false }
        // Renamed first, so that an interrupted removal leaves nothing that looks like the sample.
        const removing = join(folder, '.removing')
        await rm(removing, { recursive: true, force: true })
        await rename(location, removing)
        await rm(removing, { recursive: true, force: true })
        return { removed: true }
      }),
  }
}

function rethrow(error: unknown): never {
  const reason = toAppError(error, 'read')
  throw new AppError(
    {
      code: reason.code,
      message: `The sample dataset could not be built: ${reason.message}`,
      hint: 'Check that the app data folder can be written and the disk has space; your own datasets are not affected.',
      detail: reason.detail,
    },
    { cause: error },
  )
}
