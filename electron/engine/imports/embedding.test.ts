import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import { ENGINE_FILE, makeWorld, type World } from '../contract/world.fixture.ts'
import { rowsOf, run, tables } from './imports.fixture.ts'

/* Vectors made within an import, by an endpoint of this test. */

const KEY = 'sk-of-this-test-1234567890'
const FILES = 6
const ROWS = 100
// Every import is a process of its own, on machines that are busy.
vi.setConfig({ testTimeout: 120_000 })

const isBuilt = existsSync(ENGINE_FILE)
let world: World
let folder: string
beforeAll(async () => {
  if (!isBuilt) return
  // A commit a file.
  process.env['TILTYARD_IMPORT_COMMIT_ROWS'] = `${ROWS}`
  world = await makeWorld()
  folder = join(world.folder, 'texts')
  mkdirSync(folder)
  for (let file = 0; file < FILES; file++) {
    const lines = Array.from(
      { length: ROWS },
      (_, row) => `${file * ROWS + row},${row % 10 === 9 ? '' : textOf(file, row)}`,
    )
    writeFileSync(join(folder, `${file}.csv`), `id,text\n${lines.join('\n')}\n`)
  }
})
afterAll(async () => {
  delete process.env['TILTYARD_IMPORT_COMMIT_ROWS']
  await world?.close()
})
afterEach(() => stop())

const textOf = (file: number, row: number): string => `text ${'x'.repeat(row % 7)} ${file}-${row}`
const TEXTS = FILES * ROWS * 0.9
/** A vector that tells the text. */
const vectorOf = (text: string, length = 4): number[] =>
  [text.length, text.charCodeAt(text.length - 1), text.charCodeAt(0), 1, 2].slice(0, length)

interface Asked {
  readonly texts: readonly string[]
  readonly authorization: string | undefined
}
/** Answers the request of this number; true = it did. */
type Odd = (response: ServerResponse, request: number) => boolean

let server: Server | undefined
let asked: Asked[] = []

async function stop(): Promise<void> {
  server?.closeAllConnections()
  await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)))
  server = undefined
}

/** Serves vectors, but what `odd` answers otherwise; its address. */
async function serve(odd: Odd = () => false, port = 0): Promise<{ readonly url: string; readonly port: number }> {
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { input } = JSON.parse(Buffer.concat(parts).toString()) as { readonly input: readonly string[] }
      asked.push({ texts: input, authorization: request.headers.authorization })
      if (odd(response, asked.length)) return
      const data = input.map((text, index) => ({ index, embedding: vectorOf(text) }))
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }))
    })
  })
  await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve))
  const at = (server.address() as AddressInfo).port
  return { url: `http://127.0.0.1:${at}/v1`, port: at }
}

let names = 0
async function specFor(url: string): Promise<ImportSpec & { readonly target: { readonly location: string } }> {
  asked = []
  const id = `endpoint-${names++}`
  await world.client().call('embedders.save', { id, title: id, url, model: 'm', apiKey: KEY })
  const location = join(world.folder, `embedded${names}.lance`)
  return {
    ...tables([folder], { kind: 'new', location }, { embed: { embedder: id, source: 'text', target: 'vector' } }),
  }
}

async function expectAll(location: string): Promise<void> {
  const rows = await rowsOf(location)
  expect(rows).toHaveLength(FILES * ROWS)
  for (const { text, vector } of rows) {
    const found = vector === null ? null : Array.from(vector as Iterable<number>)
    expect(found).toEqual(text === null ? null : vectorOf(String(text)))
  }
}

/** Texts of the rows that were sent, without the word the length of vectors is asked with. */
const sent = (): readonly string[] => asked.flatMap(({ texts }) => texts).filter((text) => text !== 'dimension')

/** The key is in no file of the app, nor in what is told of the import. */
async function expectNoKey(): Promise<void> {
  const look = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name)
      if (entry.isDirectory()) look(path)
      else if (entry.isFile()) expect(readFileSync(path).includes(KEY), path).toBe(false)
    }
  }
  look(join(world.folder, 'app-data'))
  const records = await world.client().call('import.list', {})
  const logs = await Promise.all(records.map(({ id }) => world.client().call('import.log', { import: id })))
  expect(JSON.stringify([records, logs])).not.toContain(KEY)
}

const json = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): true => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  return true
}

async function failureOf(running: Promise<unknown>): Promise<AppError> {
  const failure = await running.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(AppError)
  return failure as AppError
}

async function resume(id: string): Promise<void> {
  for await (const event of world.client().stream('import.resume', { import: id })) if (event.kind === 'done') return
  throw new Error('it ended without a result')
}

describe.skipIf(!isBuilt)('an import with vectors of an endpoint', () => {
  it('sends each text once, in batches and with the key, and outlasts 429 and 500', async () => {
    const began: number[] = []
    const { url } = await serve((response, request) => {
      began.push(Date.now())
      if (request === 3) return json(response, 429, {}, { 'retry-after': '2' })
      return request === 6 ? json(response, 500, { error: { message: `overloaded, ${KEY}` } }) : false
    })
    const spec = await specFor(url)
    const { estimate } = await world.client().call('import.preview', { spec })
    expect(estimate.embedder).toMatchObject({ texts: FILES * ROWS, isRemote: false })
    const before = asked.length
    expect(before).toBe(1)
    await run(world, spec)
    await expectAll(spec.target.location)
    expect(Math.max(...asked.map(({ texts }) => texts.length))).toBeLessThanOrEqual(64)
    expect(new Set(sent()).size).toBe(TEXTS)
    // The two requests that failed came again.
    expect(asked.every(({ authorization }) => authorization === `Bearer ${KEY}`)).toBe(true)
    expect((began[3] ?? 0) - (began[2] ?? 0)).toBeGreaterThanOrEqual(1900)
    await expectNoKey()
  })

  it('fails at what the endpoint refuses half way, and goes on without sending again what is committed', async () => {
    let isBroken = true
    const { url } = await serve((response, request) =>
      isBroken && request > 7 ? json(response, 401, { error: { message: `wrong key ${KEY}` } }) : false,
    )
    const spec = await specFor(url)
    const failure = await failureOf(run(world, spec))
    expect(failure.code).toBe('embedder-failed')
    expect(JSON.stringify({ ...failure, message: failure.message, detail: failure.detail })).not.toContain(KEY)
    const committed = await rowsOf(spec.target.location, ['text'])
    expect(committed.length).toBeGreaterThan(0)
    expect(committed.length).toBeLessThan(FILES * ROWS)
    const [record] = await world.client().call('import.list', {})
    expect(record).toMatchObject({ state: 'failed', rowsWritten: committed.length })
    isBroken = false
    asked = []
    await resume(record?.id ?? '')
    await expectAll(spec.target.location)
    const known = new Set(committed.map(({ text }) => text))
    expect(sent().filter((text) => known.has(text))).toEqual([])
    expect(sent()).toHaveLength(TEXTS - committed.filter(({ text }) => text !== null).length)
    await expectNoKey()
  })

  it('waits for a server that dies and comes back', async () => {
    let port = 0
    const { url, port: first } = await serve((response, request) => {
      if (request !== 5) return false
      response.destroy()
      const again = stop()
        .then(() => sleep(500))
        .then(() => serve(undefined, port))
      again.catch(() => undefined)
      return true
    })
    port = first
    const spec = await specFor(url)
    await run(world, spec)
    await expectAll(spec.target.location)
  })

  it('fails at vectors of another length, and writes none of them', async () => {
    const { url } = await serve((response, request) => {
      if (request < 6) return false
      const { texts } = asked.at(-1) ?? { texts: [] }
      const data = texts.map((text, index) => ({ index, embedding: vectorOf(text, 3) }))
      return json(response, 200, { data })
    })
    const spec = await specFor(url)
    const failure = await failureOf(run(world, spec))
    expect(failure).toMatchObject({ code: 'embedder-failed', message: expect.stringContaining('3') })
    const rows = await rowsOf(spec.target.location)
    expect(rows.length).toBeLessThan(FILES * ROWS)
    for (const { text, vector } of rows) {
      const found = vector === null ? null : Array.from(vector as Iterable<number>)
      expect(found).toEqual(text === null ? null : vectorOf(String(text)))
    }
    await expectNoKey()
  })
})
