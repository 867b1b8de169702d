import { createRequire } from 'node:module'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Contract } from '#shared/contract/index.ts'
import { createClient, type Client } from '#shared/rpc/client.ts'
import { forkEngine } from '../../launch/engine-child.ts'
import { processChannel, superviseEngine, type Supervisor } from '../supervisor.ts'

const require = createRequire(import.meta.url)

/** A real engine process over a real dataset, in a folder of its own. */
export interface World {
  readonly folder: string
  /** `things.lance`: 3 versions, tag `first`, a row deleted, a vector, a binary and a text column. */
  readonly location: string
  readonly supervisor: Supervisor
  /** A client of the engine process that runs now. */
  client(): Client<Contract>
  /** Opens the dataset in the running engine; the handle is the same every time. */
  open(): Promise<string>
  /**
   * Opens `scratch.lance`, which writes may change: version 1 has two rows, version 2 three; more come as tests go on.
   */
  openScratch(): Promise<string>
  /** A name nobody had before. */
  freshName(): string
  close(): Promise<void>
}

export const ENGINE_FILE = path.resolve(import.meta.dirname, '../../../dist/desktop/engine.mjs')

export async function makeWorld(): Promise<World> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-contract-'))
  const location = path.join(folder, 'things.lance')
  await makeThings(folder)
  await makeScratch(folder)
  let names = 0
  const supervisor = superviseEngine({
    spawn: () => forkEngine(ENGINE_FILE),
    appVersion: '0.0.0-test',
    paths: { dataDir: path.join(folder, 'app-data'), root: undefined },
  })
  let connected: { readonly process: unknown; readonly client: Client<Contract> } | undefined
  const client = (): Client<Contract> => {
    const process = supervisor.process()
    if (process === undefined) throw new Error('no engine is running')
    if (connected?.process !== process) {
      connected = { process, client: createClient<Contract>(processChannel(process)) }
    }
    return connected.client
  }
  return {
    folder,
    location,
    supervisor,
    client,
    open: async () => (await client().call('datasets.open', { location })).dataset,
    openScratch: async () =>
      (await client().call('datasets.open', { location: path.join(folder, 'scratch.lance') })).dataset,
    freshName: () => `name-${names++}`,
    close: async () => {
      await supervisor.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function makeThings(folder: string): Promise<void> {
  const lancedb = require('@lancedb/lancedb') as typeof import('@lancedb/lancedb')
  const arrow = require('apache-arrow') as typeof import('apache-arrow')
  const db = await lancedb.connect(folder)
  const batch = (start: number, count: number) => {
    const ids = Array.from({ length: count }, (_, i) => start + i)
    const vector = arrow.vectorFromArray(
      ids.map((n) => [n, n / 2, -n]),
      new arrow.FixedSizeList(3, new arrow.Field('item', new arrow.Float32(), true)),
    )
    return new arrow.Table({
      id: arrow.vectorFromArray(ids.map(BigInt), new arrow.Int64()),
      name: arrow.vectorFromArray(
        ids.map((n) => (n % 7 === 0 ? null : `thing ${n}`)),
        new arrow.Utf8(),
      ),
      vector,
      picture: arrow.vectorFromArray(
        ids.map((n) => new Uint8Array([0x89, 0x50, 0x4e, 0x47, n % 256])),
        new arrow.Binary(),
      ),
    })
  }
  const table = await db.createTable('things', batch(0, 500))
  await table.add(batch(500, 500))
  await table.delete('id = 3')
  await (await table.tags()).create('first', 1)
}

async function makeScratch(folder: string): Promise<void> {
  const lancedb = require('@lancedb/lancedb') as typeof import('@lancedb/lancedb')
  const table = await (await lancedb.connect(folder)).createTable('scratch', [{ id: 1 }, { id: 2 }])
  await table.add([{ id: 3 }])
}
