import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EmbedResult } from '#shared/contract/embed.ts'
import type { Contract, Input } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import { makeTestContext, type TestContext } from '../datasets/context.fixture.ts'
import { createEmbeddersHandlers } from '../embedders/index.ts'
import { openTable } from '../versions/writing.fixture.ts'
import { createEmbedHandlers, embedColumnTask } from './index.ts'
import type { EmbedInput } from './task.ts'

export const idle = { signal: new AbortController().signal, connection: new AbortController().signal }

type Names = 'embed.forecast' | 'embed.column' | 'embed.swap' | 'embed.discard'

/** Embedding over a temporary folder. Call `remove` after the tests. */
export interface EmbedBench extends TestContext {
  readonly handlers: Pick<Handlers<Contract>, Names>
  run(input: Input<'embed.column'>): Promise<EmbedResult>
  forecast(input: Input<'embed.forecast'>): Promise<Awaited<ReturnType<Handlers<Contract>['embed.forecast']>>>
  /** The task alone: against a server, into `vector` of four numbers, unless told otherwise. */
  runTask(
    input: Pick<EmbedInput, 'location'> & { readonly url: string } & Partial<EmbedInput>,
    signal?: AbortSignal,
  ): Promise<EmbedResult>
  /** Makes an endpoint known under an id. */
  addEndpoint(id: string, url: string): Promise<void>
}

export async function makeEmbedBench(): Promise<EmbedBench> {
  const parts = await makeTestContext()
  const handlers = createEmbedHandlers(parts.context)
  const embedders = createEmbeddersHandlers(parts.context)
  return {
    ...parts,
    handlers,
    forecast: async (input) => handlers['embed.forecast'](input, idle),
    async run(input) {
      for await (const event of handlers['embed.column'](input, idle)) if (event.kind === 'done') return event.result
      throw new Error('no result')
    },
    runTask: ({ url, ...input }, signal = idle.signal) =>
      embedColumnTask(
        {
          source: 'text',
          target: 'vector',
          dimension: 4,
          embedder: { kind: 'http', url, model: 'fake' },
          origin: JSON.stringify({ provider: 'openai-compatible', model: 'fake', sourceColumn: 'text' }),
          backoffMs: 5,
          ...input,
        },
        { context: parts.context, signal, report: () => undefined },
      ),
    addEndpoint: async (id, url) => {
      await embedders['embedders.save']({ id, title: `Fake ${id}`, url, model: 'fake' }, idle)
    },
  }
}

/** What LanceDB alone reads of a dataset, by `id`. */
export async function readRows(location: string): Promise<ReadonlyMap<number, Readonly<Record<string, unknown>>>> {
  const table = await openTable(location)
  const rows = await table.query().toArray()
  return new Map(rows.map((row) => [Number(row.id), row as Readonly<Record<string, unknown>>]))
}

/** Where each row lies, by `id`. */
export async function placesOf(location: string): Promise<ReadonlyMap<number, string>> {
  const table = await openTable(location)
  const rows = await table.query().select(['id', '_rowid', '_rowaddr']).toArray()
  return new Map(rows.map((row) => [Number(row.id), `${row._rowid} ${row._rowaddr}`]))
}

/** The numbers of a vector cell; undefined when it is null. */
export function numbersOf(cell: unknown): readonly number[] | undefined {
  return cell === null || cell === undefined ? undefined : Array.from(cell as Iterable<number>)
}

export interface FakeServer {
  readonly url: string
  /** Texts of each request, in order. */
  readonly asked: readonly (readonly string[])[]
  close(): Promise<void>
}

export type Answer = (response: ServerResponse, texts: readonly string[], request: number) => void | Promise<void>

/** The vector the fake server makes of a text. */
export function fakeVector(text: string, dimension = 4): readonly number[] {
  return Array.from({ length: dimension }, (_, place) =>
    place === 0 ? text.length : (text.codePointAt(place - 1) ?? 0),
  )
}

export function answerWell(response: ServerResponse, texts: readonly string[], dimension = 4): void {
  const data = texts.map((text, index) => ({ index, embedding: fakeVector(text, dimension) }))
  answerJson(response, 200, { data })
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** An OpenAI-compatible endpoint on 127.0.0.1 that answers as it is told to. */
export async function startFakeServer(
  answer: Answer = (response, texts) => answerWell(response, texts),
  port = 0,
): Promise<FakeServer> {
  const asked: (readonly string[])[] = []
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { input } = JSON.parse(Buffer.concat(parts).toString()) as { readonly input: readonly string[] }
      asked.push(input)
      void answer(response, input, asked.length)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
