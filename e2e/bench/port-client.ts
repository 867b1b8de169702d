import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { ROOT } from '../app.ts'

type Value = Record<string, unknown>

/** The built engine behind a message port, spoken to in its own words. */
export interface PortEngine {
  call(name: string, input: unknown): Promise<Value>
  /** A list, which comes in parts when it is long. */
  list(name: string, input: unknown): Promise<readonly Value[]>
  /** All items of a stream. */
  stream(name: string, input: unknown): Promise<readonly Value[]>
  stop(): Promise<void>
}

interface Reply {
  readonly t: 'ok' | 'items' | 'end' | 'error'
  readonly id: number
  readonly value: Value
  readonly values: readonly Value[]
  readonly error: unknown
}

export async function startPortEngine(): Promise<PortEngine> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-bench-'))
  const worker = new Worker(new URL('./port-engine.mjs', import.meta.url), {
    workerData: { engine: new URL(`file://${ROOT}/dist/desktop/engine.mjs`).href },
  })
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject)
    worker.on('message', (message: { t: string }) => message.t === 'loaded' && resolve())
  })
  const { port1, port2 } = new MessageChannel()
  const facts = { appVersion: 'bench', restarts: 0, lastExit: undefined }
  worker.postMessage({ data: { t: 'start', facts, paths: { dataDir, root: undefined } }, ports: [] })
  worker.postMessage({ data: { t: 'port' }, ports: [port2] }, [port2])
  const ask = createAsker(port1)
  return {
    call: async (name, input) => (await ask(name, input)).value,
    list: async (name, input) => {
      const { items, value } = await ask(name, input)
      return [...items, ...(value as unknown as readonly Value[])]
    },
    stream: async (name, input) => (await ask(name, input)).items,
    stop: async () => {
      await worker.terminate()
      fs.rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

interface Answer {
  readonly value: Value
  readonly items: readonly Value[]
}

function createAsker(port: MessagePort): (name: string, input: unknown) => Promise<Answer> {
  let nextId = 1
  const waiting = new Map<number, (reply: Reply) => void>()
  port.on('message', (reply: Reply) => waiting.get(reply.id)?.(reply))
  return (name, input) =>
    new Promise((resolve, reject) => {
      const id = nextId++
      const items: Value[] = []
      waiting.set(id, (reply) => {
        if (reply.t === 'items') {
          items.push(...reply.values)
          port.postMessage({ t: 'credit', id, n: 1 })
          return
        }
        waiting.delete(id)
        if (reply.t === 'error') reject(new Error(JSON.stringify(reply.error)))
        else resolve({ value: reply.value, items })
      })
      port.postMessage({ t: 'call', id, name, input })
    })
}
