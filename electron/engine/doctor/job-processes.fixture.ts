import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'rolldown'
import type { EngineContext, StartJob } from '../context.ts'
import { forkEngine } from '../../launch/engine-child.ts'
import { exitReason } from '../supervisor/exit-reason.ts'

const ROOM = import.meta.dirname
const CACHE = join(ROOM, '../../../node_modules/.cache')

/** Job processes of the engine as it is now, for tests that must survive what kills them. Call `remove` after the tests. */
export interface JobProcesses {
  readonly startJob: StartJob
  readonly started: () => number
  remove(): void
}

export async function makeJobProcesses({
  facts,
  paths,
}: Pick<EngineContext, 'facts' | 'paths'>): Promise<JobProcesses> {
  mkdirSync(CACHE, { recursive: true })
  // Bundled below node_modules, so that the packages it leaves out are found.
  const file = join(CACHE, `tiltyard-engine-${process.pid}-${Date.now()}.mjs`)
  await build({
    input: join(ROOM, '../process.ts'),
    platform: 'node',
    external: ['@lancedb/lancedb', 'apache-arrow', 'zod'],
    resolve: { alias: { '#shared': join(ROOM, '../../../shared'), '#engine': join(ROOM, '..') } },
    output: { file, format: 'esm' },
    logLevel: 'silent',
  })
  let started = 0
  const living = new Set<ReturnType<typeof forkEngine>>()
  return {
    started: () => started,
    startJob(request, listener) {
      started++
      const child = forkEngine(file, { onLog: () => undefined })
      living.add(child)
      child.onMessage((message) => {
        if (message.t === 'job-event' && 'event' in message) listener.onEvent(message.event)
      })
      child.onExit((exit) => {
        living.delete(child)
        listener.onExit(exitReason(exit, "The job's process"))
      })
      child.send({ t: 'job', request, facts, paths })
      return { kill: () => child.kill() }
    },
    remove() {
      for (const child of living) child.kill()
      rmSync(file, { force: true })
    },
  }
}
