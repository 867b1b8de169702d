import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpEmbedder, parseRetryAfter } from './http-embedder.ts'

interface Asked {
  readonly body: { readonly model: string; readonly input: readonly string[] }
  readonly headers: IncomingMessage['headers']
  readonly path: string
}
type Answer = (response: ServerResponse, asked: Asked) => void

let server: Server | undefined
afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)))
  server = undefined
})

const idle = new AbortController().signal

/** A server that gives these answers in turn, the last one for ever. */
async function serve(...answers: readonly Answer[]) {
  const asked: Asked[] = []
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as Asked['body']
      asked.push({ body, headers: request.headers, path: request.url ?? '' })
      const answer = answers[Math.min(asked.length, answers.length) - 1]
      answer?.(response, asked[asked.length - 1]!)
    })
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const make = (options: { key?: string; timeoutMs?: number } = {}) =>
    createHttpEmbedder({
      provider: 'test',
      url,
      model: 'm',
      key: options.key,
      dimension: null,
      backoffMs: 5,
      ...options,
    })
  return { asked, url, make }
}

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
/** Vectors [length of the text, place], last text first. */
const good: Answer = (response, { body }) =>
  json(response, 200, {
    data: body.input.map((text, index) => ({ index, embedding: [text.length, index] })).toReversed(),
  })
const data =
  (...entries: readonly unknown[]): Answer =>
  (response) =>
    json(response, 200, { data: entries })

describe('an OpenAI-compatible endpoint', () => {
  it('is asked in batches and answers in the order of the texts', async () => {
    const { make, asked } = await serve(good)
    const texts = Array.from({ length: 40 }, (_, index) => 'x'.repeat(index + 1))
    const vectors = await make({ key: 'k' }).embed(texts, idle)
    expect(vectors.map(([length]) => length)).toEqual(texts.map(({ length }) => length))
    expect(asked.map(({ body }) => [body.model, body.input.length])).toEqual([
      ['m', 32],
      ['m', 8],
    ])
    expect(asked[0]).toMatchObject({ path: '/v1/embeddings', headers: { authorization: 'Bearer k' } })
  })

  it('sends no key where there is none', async () => {
    const { make, asked } = await serve(good)
    await make().embed(['a'], idle)
    expect(asked[0]?.headers).not.toHaveProperty('authorization')
  })

  it('is asked again after 429 and 5xx, as late as it says', async () => {
    const { make, asked } = await serve(
      (response) => json(response, 429, {}, { 'retry-after': '1' }),
      (response) => json(response, 503, {}),
      good,
    )
    const began = performance.now()
    expect(await make().embed(['abc'], idle)).toEqual([[3, 0]])
    expect(performance.now() - began).toBeGreaterThan(950)
    expect(asked).toHaveLength(3)
  })

  it('is given up after four tries, and at once when it wants a long pause', async () => {
    const { make, asked } = await serve((response) => json(response, 500, { error: { message: 'out of memory' } }))
    await expect(make().embed(['a'], idle)).rejects.toMatchObject({
      code: 'embedder-failed',
      message: /failed \(500\)/,
      detail: { said: 'out of memory' },
    })
    expect(asked).toHaveLength(4)
    server?.close()
    const other = await serve((response) => json(response, 429, {}, { 'retry-after': '3600' }))
    await expect(other.make().embed(['a'], idle)).rejects.toMatchObject({ message: /too often/ })
    expect(other.asked).toHaveLength(1)
  })

  it('says what is wrong with the key, the model and the address, and never repeats the key', async () => {
    const { make, asked } = await serve(
      (response) => json(response, 401, { error: { message: 'bad key sk-1234' } }),
      (response) => json(response, 401, ''),
      (response) => json(response, 404, { error: { message: 'model "m" not found, try pulling it first' } }),
      (response) => json(response, 404, '404 page not found'),
      (response) => json(response, 400, { error: 'input is too long' }),
    )
    const fails = async (key?: string): Promise<unknown> =>
      make(key === undefined ? {} : { key })
        .embed(['a'], idle)
        .catch((error: unknown) => error)
    expect(await fails('sk-1234')).toMatchObject({
      message: /does not accept the key/,
      detail: { said: 'bad key (key)' },
    })
    expect(await fails()).toMatchObject({ message: /wants a key, and none was given/ })
    expect(await fails()).toMatchObject({ message: /does not know the model "m"/ })
    expect(await fails()).toMatchObject({ message: /There is nothing at/ })
    expect(await fails()).toMatchObject({ message: /refused the request \(400\): input is too long/ })
    expect(asked).toHaveLength(5)
  })

  it('is not followed elsewhere', async () => {
    const { make, asked } = await serve((response) => json(response, 307, '', { location: 'http://127.0.0.1:9/' }))
    await expect(make({ key: 'k' }).embed(['a'], idle)).rejects.toMatchObject({ message: /which is not followed/ })
    expect(asked).toHaveLength(1)
  })

  it.each<[string, Answer, RegExp]>([
    ['a web page', (r) => void r.setHeader('content-type', 'text/html').end('<!doctype html><p>hi'), /is a web page/],
    ['no JSON', (r) => json(r, 200, 'hello'), /not JSON/],
    ['no data', (r) => json(r, 200, { embedding: [1] }), /no list named "data"/],
    ['too few', data({ index: 0, embedding: [1] }), /1 vectors came for 2 texts/],
    ['one twice', data({ index: 0, embedding: [1] }, { index: 0, embedding: [1] }), /two vectors came for text 0/],
    ['an odd index', data({ index: 0, embedding: [1] }, { index: 7, embedding: [1] }), /no index of a text/],
    ['uneven ones', data({ index: 0, embedding: [1] }, { index: 1, embedding: [1, 2] }), /has 2 numbers/],
    ['null for NaN', data({ index: 0, embedding: [null] }, { index: 1, embedding: [1] }), /is no number/],
    ['bare NaN', (r) => json(r, 200, '{"data":[{"embedding":[NaN]},{"embedding":[1]}]}'), /not JSON/],
    ['infinity', (r) => json(r, 200, '{"data":[{"embedding":[1e999]},{"embedding":[1]}]}'), /too large/],
    ['base64', data({ index: 0, embedding: 'AAAA' }, { index: 1, embedding: [1] }), /no list of numbers/],
    ['an empty one', data({ index: 0, embedding: [] }, { index: 1, embedding: [] }), /no list of numbers/],
    ['no objects', data(1, null), /is no object/],
  ])('answering %s is said to', async (_what, answer, message) => {
    const { make } = await serve(answer)
    const running = make().embed(['a', 'b'], idle)
    await expect(running).rejects.toMatchObject({ code: 'embedder-failed', message })
  })

  it('that is slow is left at the time limit, and at once when cancelled', async () => {
    const { make } = await serve(() => {})
    await expect(make({ timeoutMs: 50 }).embed(['a'], idle)).rejects.toMatchObject({ code: 'timeout' })
    const controller = new AbortController()
    const running = make().embed(['a'], controller.signal)
    setTimeout(() => controller.abort(new Error('enough')), 20)
    await expect(running).rejects.toThrow('enough')
  })

  it('is left while waiting for another try', async () => {
    const { make, asked } = await serve((response) => json(response, 429, {}, { 'retry-after': '10' }))
    const controller = new AbortController()
    const running = make().embed(['a'], controller.signal)
    setTimeout(() => controller.abort(new Error('enough')), 100)
    await expect(running).rejects.toThrow('enough')
    expect(asked).toHaveLength(1)
  })

  it('that breaks off or is not there is said to', async () => {
    const { make, url } = await serve((response) => response.destroy())
    await expect(make().embed(['a'], idle)).rejects.toMatchObject({ message: /connection to .* failed/ })
    server?.closeAllConnections()
    await new Promise((resolve) => server?.close(resolve))
    server = undefined
    const gone = createHttpEmbedder({ provider: 'test', url, model: 'm', key: undefined, dimension: null })
    await expect(gone.embed(['a'], idle)).rejects.toMatchObject({ message: `Nothing answers at ${url}.` })
  })
})

it('reads how long to wait', () => {
  const now = Date.parse('2026-11-26T12:00:00Z')
  expect(parseRetryAfter('7', now)).toBe(7000)
  expect(parseRetryAfter('Thu, 26 Nov 2026 12:00:30 GMT', now)).toBe(30_000)
  expect(parseRetryAfter('Thu, 26 Nov 2026 11:00:00 GMT', now)).toBe(0)
  expect([parseRetryAfter('soon', now), parseRetryAfter(null, now), parseRetryAfter('', now)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
