import { fork, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { ROOT } from '../app.ts'
import { changedDataset } from './datasets.ts'
import { report } from './measure.ts'

const require = createRequire(import.meta.url)
const lancedb = require('@lancedb/lancedb') as typeof import('@lancedb/lancedb')

const ROWS = 1_000_000
const CHANGED = ROWS / 100
const ROUNDS = 5
const RSS_GOAL_BYTES = 600e6

interface Totals {
  readonly added: number
  readonly removed: number
  readonly changed: number
  readonly unchanged: number
  readonly cost: { readonly rowsRead: number; readonly spilledBytes: number }
}

interface NativeQuery {
  readonly inner: { execute(rows?: number): Promise<{ next(): Promise<Buffer | null> }> }
}

/** One full scan of a version by LanceDB alone: raw Arrow bytes, nothing decoded. */
async function scan(location: string, version: number, batchRows: number | undefined): Promise<number> {
  const db = await lancedb.connect(path.dirname(location))
  const table = await db.openTable(path.basename(location, '.lance'))
  await table.checkout(version)
  const started = performance.now()
  const batches = await (table.query().withRowId() as unknown as NativeQuery).inner.execute(batchRows)
  while ((await batches.next()) !== null);
  return performance.now() - started
}

/** Rows per batch with which LanceDB scans fastest here; its own default of 1,024 is half as fast. */
const FAST_BATCH = 16_384

test('difference of two versions of 1,000,000 rows × 10 columns, 1 % changed', async () => {
  const { location, before, updated, rewritten } = await changedDataset(ROWS)
  for (const [what, after] of [
    ['updated in place', updated],
    ['all rewritten', rewritten],
  ] as const) {
    const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-bench-'))
    const engine = startEngine(dataDir)
    try {
      const { dataset } = (await engine.call('datasets.open', { location })) as { dataset: string }
      const input = {
        from: { dataset, ref: { version: before } },
        to: { dataset, ref: { version: after } },
        rows: { key: ['id'] },
      }
      const [ours, fast, plain]: [number[], number[], number[]] = [[], [], []]
      for (let round = 0; round < ROUNDS; round++) {
        fast.push((await scan(location, before, FAST_BATCH)) + (await scan(location, after, FAST_BATCH)))
        plain.push((await scan(location, before, undefined)) + (await scan(location, after, undefined)))
        const started = performance.now()
        const totals = await engine.compare(input)
        ours.push(performance.now() - started)
        expect(totals).toMatchObject({ added: 0, removed: 0, changed: CHANGED, unchanged: ROWS - CHANGED })
      }
      report(`row diff of 1M × 10, 1 % ${what}, by key, against scans in large batches`, ours, fast, '2×')
      report(`row diff of 1M × 10, 1 % ${what}, by key, against scans as LanceDB does them`, ours, plain, '2×')
      const peak = peakRssBytes(engine.pid)
      console.log(
        `row diff of 1M × 10, 1 % ${what}: peak memory of the engine ${Math.round(peak / 1e6)} MB · goal 600 MB`,
      )
      expect(peak).toBeLessThan(RSS_GOAL_BYTES)
    } finally {
      await engine.stop()
      fs.rmSync(dataDir, { recursive: true, force: true })
    }
  }
})

/** Largest resident size the process ever had; 0 where the system does not tell. */
function peakRssBytes(pid: number): number {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

type Reply = { readonly t: string; readonly id: number; readonly value?: unknown; readonly values?: unknown[] }

/** The built engine as a child process, spoken to in its own words. */
function startEngine(dataDir: string) {
  const child = fork(path.join(ROOT, 'dist/desktop/engine.mjs'), [], { serialization: 'advanced', execArgv: [] })
  const listeners = new Map<number, (reply: Reply) => void>()
  let nextId = 1
  child.on('message', (message: { t: string; message?: Reply }) => {
    if (message.message !== undefined) listeners.get(message.message.id)?.(message.message)
  })
  const send = (message: unknown): void => void child.send({ t: 'rpc', message })
  child.send({ t: 'start', facts: { appVersion: 'bench', restarts: 0, lastExit: undefined }, paths: { dataDir } })

  /** Resolves with what `pick` makes of the first reply it takes, then ends the operation. */
  const ask = <T>(name: string, input: unknown, pick: (reply: Reply) => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = nextId++
      listeners.set(id, (reply) => {
        const picked = pick(reply)
        if (picked === undefined && reply.t !== 'error') return send({ t: 'credit', id, n: 1 })
        listeners.delete(id)
        if (picked === undefined) return reject(new Error(JSON.stringify(reply)))
        if (reply.t === 'items') send({ t: 'abort', id })
        resolve(picked)
      })
      send({ t: 'call', id, name, input })
    })

  return {
    pid: child.pid!,
    call: (name: string, input: unknown) => ask(name, input, ({ t, value }) => (t === 'ok' ? value : undefined)),
    compare: (input: unknown) =>
      ask('versions.compare', input, ({ values }) => {
        const items = (values ?? []) as { readonly kind: string; readonly totals: Totals }[]
        return items.find(({ kind }) => kind === 'rows')?.totals
      }),
    stop: () => end(child),
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}
