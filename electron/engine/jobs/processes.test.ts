import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Contract, Output } from '#shared/contract/index.ts'
import { createClient, type Client } from '#shared/rpc/client.ts'
import { forkEngine } from '../../launch/engine-child.ts'
import { ENGINE_FILE } from '../contract/world.fixture.ts'
import { arrow, makeTableFolder, tableOf, type TableFolder } from '../lance/tables.fixture.ts'
import { sessionOf } from './background.ts'
import { processChannel, superviseEngine, type Supervisor } from '../supervisor.ts'

/*
 * Jobs in real processes: what happens to the engine, to the process and to the job when one of them ends. A recall of
 * many queries is the job that goes on long enough.
 */

const isBuilt = existsSync(ENGINE_FILE)
const pids: number[] = []
let folder: TableFolder
let dataDir: string
let supervisor: Supervisor

beforeAll(async () => {
  folder = await makeTableFolder()
  dataDir = mkdtempSync(join(tmpdir(), 'tiltyard-jobs-'))
  const type = new arrow.FixedSizeList(32, new arrow.Field('item', new arrow.Float32(), true))
  const vectors = Array.from({ length: 5000 }, (_, row) => Array.from({ length: 32 }, (__, i) => Math.sin(row * i)))
  await folder.create('vectors', tableOf({ v: arrow.vectorFromArray(vectors, type) }))
  if (!isBuilt) return
  supervisor = superviseEngine({
    spawn: (role) => {
      const child = forkEngine(ENGINE_FILE, { role, onLog: () => undefined })
      pids.push(child.pid!)
      return child
    },
    appVersion: 'test',
    paths: { dataDir, root: undefined },
  })
})
afterAll(async () => {
  await supervisor?.stop()
  folder.remove()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Starts a job that takes minutes and follows it; resolves when its process has told its memory. */
async function startLongJob() {
  const client: Client<Contract> = createClient<Contract>(processChannel(supervisor.process()!))
  const { dataset } = await client.call('datasets.open', { location: folder.locate('vectors') })
  const events = client.stream('search.recall', {
    dataset,
    column: 'v',
    k: 10,
    queries: { vectors: Array.from({ length: 10_000 }, () => Array.from({ length: 32 }, (_, i) => i)) },
    sweep: {},
  })
  let running: (job: Output<'jobs.cancel'>) => void = () => undefined
  const began = new Promise<Output<'jobs.cancel'>>((resolve) => (running = resolve))
  const end = (async () => {
    try {
      for await (const { job } of events) if (job.rssBytes !== undefined && job.progress !== undefined) running(job)
      return 'done'
    } catch (error) {
      return error as { readonly code: string; readonly message: string }
    }
  })()
  return { client, end, job: await began, pid: pids.at(-1)! }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const gone = (pid: number) => expect.poll(() => isAlive(pid), { timeout: 3000, interval: 10 }).toBe(false)

describe.skipIf(!isBuilt)('a job in a process of its own', () => {
  it('is ended by ending the process', async () => {
    const enginePid = supervisor.process()!.pid
    const { client, end, job, pid } = await startLongJob()
    expect(pid).not.toBe(enginePid)
    expect(job.rssBytes).toBeGreaterThan(20e6)
    expect(job.rssBytes).toBeLessThan(job.memoryLimitBytes)
    const began = performance.now()
    expect(await client.call('jobs.cancel', { job: job.id })).toMatchObject({ state: 'cancelled' })
    expect(performance.now() - began).toBeLessThan(1000)
    expect(await end).toMatchObject({ code: 'cancelled' })
    await gone(pid)
    expect(supervisor.process()!.pid).toBe(enginePid)
  })

  it.runIf(process.platform === 'linux')(
    'keeps out of the way of the engine, and of programs beside the app',
    async () => {
      const { client, end, job, pid } = await startLongJob()
      const priorities = readdirSync(`/proc/${pid}/task`).map((thread) => getPriority(Number(thread)))
      expect(priorities.length).toBeGreaterThan(10)
      expect(new Set(priorities)).toEqual(new Set([13]))
      expect(sessionOf(readFileSync(`/proc/${pid}/stat`, 'utf8'))).toBe(pid)
      const share = existsSync(`/proc/${pid}/autogroup`) ? readFileSync(`/proc/${pid}/autogroup`, 'utf8') : ''
      // The first group is that of systems that have no groups.
      if (share !== '' && !share.startsWith('/autogroup-0')) expect(share).toMatch(/nice 10$/m)
      expect(getPriority(supervisor.process()!.pid)).toBe(getPriority())
      await client.call('jobs.cancel', { job: job.id })
      await end
    },
  )

  it('that dies takes nothing along, and is said to have died', async () => {
    const enginePid = supervisor.process()!.pid
    const { client, end, job, pid } = await startLongJob()
    process.kill(pid, 'SIGKILL')
    expect(await end).toMatchObject({ code: 'engine-died', message: expect.stringContaining('SIGKILL') })
    const [newest] = await client.call('jobs.list', {})
    expect(newest).toMatchObject({ id: job.id, state: 'failed', error: { code: 'engine-died' } })
    expect(supervisor.process()!.pid).toBe(enginePid)
  })

  it('ends when its engine dies', async () => {
    const { end, pid } = await startLongJob()
    process.kill(supervisor.process()!.pid!, 'SIGKILL')
    expect(await end).toMatchObject({ code: 'disconnected' })
    await gone(pid)
  })

  it('ends when its engine is stopped for good', async () => {
    const { end, pid } = await startLongJob()
    await supervisor.stop()
    expect(await end).toMatchObject({ code: 'disconnected' })
    await gone(pid)
    for (const other of pids) await gone(other)
  })
})

describe.skipIf(!isBuilt)('a job without the supervisor', () => {
  const input = { column: 'v', k: 2, queries: { sample: 2, seed: 1 }, sweep: {} }

  it('runs from the command line, to its result', async () => {
    const call = join(ENGINE_FILE, '../../launch/call.mjs')
    const argv = [call, 'search.recall', JSON.stringify(input), '--dataset', folder.locate('vectors')]
    const env = { ...process.env, TILTYARD_DATA_DIR: dataDir }
    const { stdout } = await promisify(execFile)(process.execPath, argv, { env, timeout: 20_000 })
    const lines = stdout.trim().split('\n')
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ kind: 'done', result: { queries: 2, points: [{ recall: 1 }] } })
  })

  it('runs in the engine where the host starts no processes', async () => {
    const engine = forkEngine(ENGINE_FILE, { onLog: () => undefined })
    try {
      const facts = { appVersion: 'test', restarts: 0, lastExit: undefined }
      engine.send({ t: 'start', facts, paths: { dataDir, root: undefined } })
      const client: Client<Contract> = createClient<Contract>(processChannel(engine))
      const { dataset } = await client.call('datasets.open', { location: folder.locate('vectors') })
      const events: Output<'search.recall'>[] = []
      for await (const event of client.stream('search.recall', { dataset, ...input })) events.push(event)
      expect(events.at(-1)).toMatchObject({ kind: 'done', job: { state: 'done' }, result: { queries: 2 } })
    } finally {
      engine.kill()
    }
  })
})
