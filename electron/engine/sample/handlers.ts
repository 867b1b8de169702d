import { mkdir, realpath, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { toAppError } from '../lance/index.ts'
import { openSets } from '../relevance/index.ts'
import { fileError } from '../store/errno.ts'
import { withFileLock } from '../store/file-lock.ts'
import { readSampleAssets } from './assets.ts'
import { buildSample, hasSample, sampleLocation } from './build.ts'
import { sampleSet } from './judged-questions.ts'

type SampleOperations = 'sample.ensure' | 'sample.rebuild' | 'sample.remove'

/** The bundled sample in the app's data folder, `<dataDir>/sample`, with its relevance set. Writes nowhere else. */
export function createSampleHandlers(context: EngineContext): Pick<Handlers<Contract>, SampleOperations> {
  const { dataDir } = context.paths
  const folder = join(dataDir, 'sample')
  const location = sampleLocation(folder)
  let running: Promise<unknown> = Promise.resolve()
  let building: Promise<boolean> | undefined

  /** One at a time, in this process and among all that share the data folder. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const locked = (): Promise<T> => lockSample(dataDir, work)
    const result = running.then(locked, locked)
    running = result.catch(() => undefined)
    return result
  }

  /** Callers that come while a build is on share it. With `ifMissing`, one that another process made meanwhile will do. */
  function build(ifMissing: boolean): Promise<boolean> {
    building ??= inTurn(async () => {
      if (ifMissing && hasSample(folder)) return false
      const built = await buildSample(folder, dataDir)
      // Under the real path, by which an open dataset is known. Past runs and other sets stay.
      await openSets(dataDir, await realpath(built)).save(sampleSet(readSampleAssets().judged))
      return true
    })
      .catch(rethrow)
      .finally(() => (building = undefined))
    return building
  }

  return {
    'sample.ensure': async () => {
      if (building === undefined && hasSample(folder)) return { location, built: false }
      return { location, built: await build(true) }
    },
    'sample.rebuild': async () => {
      await build(false)
      return { location }
    },
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

/** Longest wait for another process to build; a build takes some two seconds on a slow machine. */
const PATIENCE_MS = 30_000

async function lockSample<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dataDir, { recursive: true }).catch((error: unknown) => {
    throw fileError(error, dataDir)
  })
  return withFileLock(join(dataDir, 'sample.lock'), { doing: 'building the sample', patienceMs: PATIENCE_MS }, work)
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
