import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { call, stream } from '../contract/define.ts'
import { AppError } from '../errors.ts'
import { createClient, type Client } from './client.ts'
import { MAX_IN_FLIGHT, STREAM_WINDOW, type Channel, type Message } from './message.ts'
import { portChannel } from './port-channel.ts'
import { serve, type Handlers } from './server.ts'

/** Waits for what comes soon, and on a busy machine later. */
const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000 })

const contract = {
  'test.add': call<number>()('Adds.', z.strictObject({ a: z.number(), b: z.number() })),
  'test.wait': call<string>()('Waits until aborted.', z.strictObject({})),
  'test.fail': call<never>()('Fails.', z.strictObject({ typed: z.boolean() })),
  'test.count': stream<number>()('Counts.', z.strictObject({ to: z.number() })),
  'test.list': call<readonly { readonly n: number; readonly names: readonly string[] }[]>()(
    'A list.',
    z.strictObject({ length: z.number() }),
  ),
  'test.bytes': call<Uint8Array>()('Bytes.', z.strictObject({})),
} as const

interface Probe {
  aborted: string[]
  produced: number
  closed: boolean
}

function makeHandlers(probe: Probe): Handlers<typeof contract> {
  return {
    'test.add': ({ a, b }) => a + b,
    'test.wait': (_input, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          probe.aborted.push('wait')
          reject(signal.reason as Error)
        })
      }),
    'test.fail': ({ typed }) => {
      if (typed)
        throw new AppError({ code: 'not-found', message: 'No such thing.', hint: 'Look elsewhere.', detail: { n: 1 } })
      throw new Error('secret /path/to/internals')
    },
    'test.count': async function* ({ to }, { signal }) {
      try {
        for (let n = 0; n < to && !signal.aborted; n++) {
          probe.produced++
          if (n === 13 && to === 14) throw new AppError({ code: 'timeout', message: 'Too slow.' })
          yield n
        }
      } finally {
        probe.closed = true
      }
    },
    'test.list': ({ length }) => Array.from({ length }, (_, n) => ({ n, names: ['a', 'b'] })),
    'test.bytes': () => new Uint8Array(1_000_000).subarray(4, 8),
  }
}

/** Two ends in one process with real asynchrony, and every message recorded. */
function pair(): { near: Channel; far: Channel; sent: Message[]; disconnect(): void } {
  const sent: Message[] = []
  const ends = [0, 1].map(() => ({ message: (_: Message): void => {}, close: (): void => {} }))
  const channel = (mine: number): Channel => ({
    send: (message) => {
      sent.push(message)
      setImmediate(() => ends[1 - mine]?.message(structuredClone(message)))
    },
    onMessage: (handler) => {
      ends[mine]!.message = handler
    },
    onClose: (handler) => {
      ends[mine]!.close = handler
    },
    close: () => ends.forEach((end) => end.close()),
  })
  return { near: channel(0), far: channel(1), sent, disconnect: () => ends.forEach((end) => end.close()) }
}

function connected(): {
  client: Client<typeof contract>
  probe: Probe
  sent: Message[]
  disconnect(): void
  errors: unknown[]
} {
  const { near, far, sent, disconnect } = pair()
  const probe: Probe = { aborted: [], produced: 0, closed: false }
  const errors: unknown[] = []
  serve(contract, makeHandlers(probe), far, { onError: (_name, error) => errors.push(error) })
  return { client: createClient<typeof contract>(near), probe, sent, disconnect, errors }
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  )
const ports: MessageChannel[] = []
afterEach(() => ports.splice(0).forEach(({ port1 }) => port1.close()))

describe('calls', () => {
  it('answers', async () => {
    await expect(connected().client.call('test.add', { a: 2, b: 3 })).resolves.toBe(5)
  })

  it('keeps typed errors whole and says nothing of internal ones', async () => {
    const { client, errors } = connected()
    const typed = await client.call('test.fail', { typed: true }).catch((error: unknown) => error as AppError)
    expect(typed.toValue()).toEqual({
      code: 'not-found',
      message: 'No such thing.',
      hint: 'Look elsewhere.',
      detail: { n: 1 },
    })
    const internal = await client.call('test.fail', { typed: false }).catch((error: unknown) => error as AppError)
    expect(JSON.stringify(internal.toValue())).not.toContain('secret')
    expect(errors).toHaveLength(2)
  })

  it('validates input before the handler sees it', async () => {
    const { client } = connected()
    const hostile = [{}, { a: 1 }, { a: '1', b: 2 }, { a: 1, b: 2, extra: 3 }, null, [], 'x', { a: Number.NaN, b: 1 }]
    for (const input of hostile) {
      expect(await codeOf(client.call('test.add', input as never))).toBe('invalid-input')
    }
  })

  it.each(['nope', '__proto__', 'constructor', 'toString', ''])('knows no operation "%s"', async (name) => {
    expect(await codeOf(connected().client.call(name as never, {} as never))).toBe('unknown-operation')
  })

  it('uses a fresh id for every call, so cancelling one leaves the other running', async () => {
    const { client, sent, probe } = connected()
    const first = new AbortController()
    const second = new AbortController()
    const calls = [
      codeOf(client.call('test.wait', {}, { signal: first.signal })),
      codeOf(client.call('test.wait', {}, { signal: second.signal })),
    ]
    first.abort()
    expect(await calls[0]).toBe('cancelled')
    await soon(() => expect(probe.aborted).toEqual(['wait']))
    second.abort()
    expect(await calls[1]).toBe('cancelled')
    expect(new Set(sent.filter((m) => m.t === 'call').map((m) => m.id)).size).toBe(2)
  })

  it('does not send a call that was cancelled before', async () => {
    const { client, sent } = connected()
    expect(await codeOf(client.call('test.wait', {}, { signal: AbortSignal.abort() }))).toBe('cancelled')
    expect(sent).toEqual([])
  })

  it('settles everything when the connection closes, and refuses later calls', async () => {
    const { client, disconnect, probe } = connected()
    const pending = codeOf(client.call('test.wait', {}))
    await new Promise((resolve) => setTimeout(resolve, 20))
    disconnect()
    expect(await pending).toBe('disconnected')
    expect(probe.aborted).toEqual(['wait'])
    expect(await codeOf(client.call('test.add', { a: 1, b: 1 }))).toBe('disconnected')
  })

  it('limits what one connection may have running', async () => {
    const { client, disconnect } = connected()
    const many = Array.from({ length: MAX_IN_FLIGHT + 1 }, () => codeOf(client.call('test.wait', {})))
    expect(await many[MAX_IN_FLIGHT]).toBe('engine-busy')
    disconnect()
    await Promise.all(many)
  })
})

describe('long lists', () => {
  const itemOf = (n: number) => ({ n, names: ['a', 'b'] })

  it.each([0, 1, 2048, 2049, 4096, 50_000])('answers %d items whole and in order', async (length) => {
    const { client, sent } = connected()
    expect(await client.call('test.list', { length })).toEqual(Array.from({ length }, (_, n) => itemOf(n)))
    const sizes = sent.flatMap((m) =>
      m.t === 'items' ? [m.values.length] : m.t === 'ok' ? [(m.value as []).length] : [],
    )
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2048)
  })

  it('lets another call through between its parts', async () => {
    const { client, sent } = connected()
    const list = client.call('test.list', { length: 50_000 })
    await client.call('test.add', { a: 1, b: 2 })
    expect(sent.filter((m) => m.t === 'items').length).toBeLessThan(24)
    expect(await list).toHaveLength(50_000)
  })

  it('sends no further part once cancelled', async () => {
    const { client, sent } = connected()
    const aborting = new AbortController()
    const list = codeOf(client.call('test.list', { length: 200_000 }, { signal: aborting.signal }))
    await soon(() => expect(sent.some((m) => m.t === 'items')).toBe(true))
    aborting.abort()
    expect(await list).toBe('cancelled')
    await soon(() => expect(sent.some((m) => m.t === 'error')).toBe(true))
    expect(sent.some((m) => m.t === 'ok')).toBe(false)
    expect(sent.filter((m) => m.t === 'items').length).toBeLessThan(90)
  })

  it('waits while the caller takes no part', async () => {
    const { near, far, sent } = pair()
    serve(contract, makeHandlers({ aborted: [], produced: 0, closed: false }), far)
    near.onMessage(() => {})
    near.send({ t: 'call', id: 1, name: 'test.list', input: { length: 200_000 } })
    await soon(() => expect(sent.filter((m) => m.t === 'items')).toHaveLength(STREAM_WINDOW))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(sent.filter((m) => m.t === 'items')).toHaveLength(STREAM_WINDOW)
  })
})

describe('streams', () => {
  it('delivers every item in order and ends once', async () => {
    const seen: number[] = []
    for await (const n of connected().client.stream('test.count', { to: 5000 })) seen.push(n)
    expect(seen).toEqual(Array.from({ length: 5000 }, (_, n) => n))
  })

  it('delivers the items before a failure, then the failure', async () => {
    const seen: number[] = []
    const reading = (async () => {
      for await (const n of connected().client.stream('test.count', { to: 14 })) seen.push(n)
    })()
    expect(await codeOf(reading)).toBe('timeout')
    expect(seen).toHaveLength(13)
  })

  it('stops producing while nobody reads', async () => {
    const { client, probe } = connected()
    const items = client.stream('test.count', { to: 1_000_000 })
    await items.next()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(probe.produced).toBeLessThanOrEqual((STREAM_WINDOW + 2) * 256)
    await items.return?.()
    await soon(() => expect(probe.closed).toBe(true))
  })

  it('ends the producer when the reader leaves the loop', async () => {
    const { client, probe } = connected()
    for await (const n of client.stream('test.count', { to: 1_000_000 })) if (n === 3) break
    await soon(() => expect(probe.closed).toBe(true))
    expect(probe.produced).toBeLessThan(1_000_000)
  })

  it('asks nothing before the first item is wanted', () => {
    const { client, sent } = connected()
    client.stream('test.count', { to: 3 })
    expect(sent).toEqual([])
  })
})

describe('port channel', () => {
  it('works over a real MessagePort and moves only the viewed bytes', async () => {
    const channel = new MessageChannel()
    ports.push(channel)
    serve(contract, makeHandlers({ aborted: [], produced: 0, closed: false }), portChannel(channel.port2))
    const client = createClient<typeof contract>(portChannel(channel.port1))
    const bytes = await client.call('test.bytes', {})
    expect([bytes.byteLength, bytes.buffer.byteLength]).toEqual([4, 4])
  })
})
