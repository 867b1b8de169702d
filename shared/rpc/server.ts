import type { ContractShape, OutputOf, ParsedInputOf } from '../contract/define.ts'
import { AppError, toErrorValue, type ErrorValue } from '../errors.ts'
import { MAX_IN_FLIGHT, STREAM_WINDOW, type Channel, type Reply, type Request } from './message.ts'

export interface CallContext {
  /** Aborted when the caller cancels, stops reading, or disconnects. */
  readonly signal: AbortSignal
  /** One object per connection, aborted when it closes: what a caller holds open is released with it. Absent in direct calls. */
  readonly connection?: AbortSignal
}

/** One function per operation of a contract; input is already validated. */
export type Handlers<C extends ContractShape> = {
  readonly [K in keyof C]: C[K]['kind'] extends 'stream'
    ? (input: ParsedInputOf<C[K]>, context: CallContext) => AsyncIterable<OutputOf<C[K]>>
    : (input: ParsedInputOf<C[K]>, context: CallContext) => Promise<OutputOf<C[K]>> | OutputOf<C[K]>
}

export interface ServeOptions {
  /** Told every call as it comes, before it is checked. */
  readonly onCall?: () => void
  /** Told every failure with its cause before it is sent as a value. */
  readonly onError?: (operation: string, error: unknown) => void
}

/** A list longer than this is answered in parts: no part keeps the engine or the page busy for longer than some 10 ms. */
const PART_ITEMS = 2048
/** Items of one stream gathered into a message: at most this many, and none waits longer than the delay. */
const BATCH_ITEMS = 256
const BATCH_DELAY_MS = 8

interface Running {
  readonly controller: AbortController
  credit: number
  /** Resolves the server's wait for credit or abort. */
  wake: (() => void) | undefined
}

const CANCELLED: ErrorValue = { code: 'cancelled', message: 'Cancelled.' }

/** Answers a contract on a channel until it closes: validates input, runs handlers, keeps back-pressure and cancels. */
export function serve<C extends ContractShape>(
  contract: C,
  handlers: Handlers<C>,
  channel: Channel,
  options: ServeOptions = {},
): void {
  const running = new Map<number, Running>()
  const connection = new AbortController()
  let closed = false
  // Above the handlers: a channel may hand over what it has queued while they are being registered.
  const send = (reply: Reply): void => {
    if (!closed) channel.send(reply)
  }

  channel.onClose(() => {
    closed = true
    connection.abort()
    for (const call of running.values()) abort(call)
  })
  channel.onMessage((message) => {
    if (message.t === 'abort' || message.t === 'credit') {
      const call = running.get(message.id)
      if (call === undefined) return
      if (message.t === 'abort') return abort(call)
      call.credit += Math.max(0, Math.min(STREAM_WINDOW, Math.trunc(Number(message.n)) || 0))
      call.wake?.()
    } else if (message.t === 'call') {
      options.onCall?.()
      void answer(message)
    }
  })

  async function answer(request: Extract<Request, { t: 'call' }>): Promise<void> {
    const { id, name } = request
    if (!Number.isSafeInteger(id) || running.has(id)) return
    if (running.size >= MAX_IN_FLIGHT) return send({ t: 'error', id, error: tooMany() })
    const call: Running = { controller: new AbortController(), credit: STREAM_WINDOW, wake: undefined }
    running.set(id, call)
    try {
      const operation = typeof name === 'string' && Object.hasOwn(contract, name) ? contract[name] : undefined
      if (operation === undefined) throw unknownOperation(name)
      const parsed = operation.input.safeParse(request.input)
      if (!parsed.success) throw invalidInput(name, parsed.error.issues)
      const handler = handlers[name] as (input: unknown, context: CallContext) => unknown
      const result = handler(parsed.data, { signal: call.controller.signal, connection: connection.signal })
      if (operation.kind === 'stream') {
        await pump(id, call, result as AsyncIterable<unknown>)
        send({ t: 'end', id })
      } else {
        const value = await result
        send({ t: 'ok', id, value: Array.isArray(value) ? await sendParts(id, call, value) : value })
      }
    } catch (error) {
      if (call.controller.signal.aborted) send({ t: 'error', id, error: CANCELLED })
      else {
        options.onError?.(String(name).slice(0, 80), error)
        send({ t: 'error', id, error: toErrorValue(error) })
      }
    } finally {
      running.delete(id)
    }
  }

  /** Sends a long list in parts while the caller has credit and returns what is left for the answer; throws when aborted. */
  async function sendParts(id: number, call: Running, list: readonly unknown[]): Promise<readonly unknown[]> {
    let start = 0
    for (; list.length - start > PART_ITEMS; start += PART_ITEMS) {
      call.credit--
      send({ t: 'items', id, values: list.slice(start, start + PART_ITEMS) })
      await new Promise((resolve) => setTimeout(resolve, 0))
      await waitForCredit(call)
      if (call.controller.signal.aborted) throw new AppError(CANCELLED)
    }
    return start === 0 ? list : list.slice(start)
  }

  /** Sends a stream's items in batches while the caller has credit; throws when aborted. */
  async function pump(id: number, call: Running, items: AsyncIterable<unknown>): Promise<void> {
    const { signal } = call.controller
    let batch: unknown[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = (): void => {
      clearTimeout(timer)
      timer = undefined
      if (batch.length === 0) return
      call.credit--
      send({ t: 'items', id, values: batch })
      batch = []
    }
    try {
      for await (const item of items) {
        if (signal.aborted) break
        batch.push(item)
        if (batch.length >= BATCH_ITEMS) flush()
        else timer ??= setTimeout(flush, BATCH_DELAY_MS)
        await waitForCredit(call)
      }
    } finally {
      clearTimeout(timer)
      if (!signal.aborted) flush()
    }
    if (signal.aborted) throw new AppError(CANCELLED)
  }
}

/** Returns as soon as the caller wants more, or is gone. */
async function waitForCredit(call: Running): Promise<void> {
  while (call.credit <= 0 && !call.controller.signal.aborted) {
    await new Promise<void>((resolve) => {
      call.wake = resolve
    })
    call.wake = undefined
  }
}

function abort(call: Running): void {
  call.controller.abort(new AppError(CANCELLED))
  call.wake?.()
}

function unknownOperation(name: unknown): AppError {
  return new AppError({
    code: 'unknown-operation',
    message: `There is no operation "${String(name).slice(0, 80)}".`,
    hint: 'List the operations with `npm run call -- --list`.',
  })
}

function invalidInput(
  name: string,
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): AppError {
  const detail = issues
    .slice(0, 10)
    .map((issue) => ({ path: issue.path.map(String).join('.').slice(0, 200), message: issue.message.slice(0, 300) }))
  const first = detail[0]
  const where = first === undefined || first.path === '' ? '' : ` at "${first.path}"`
  return new AppError({
    code: 'invalid-input',
    message: `The input of ${name} is not valid${where}: ${first?.message ?? 'unknown reason'}`,
    hint: 'Correct the input and call again.',
    detail,
  })
}

function tooMany(): ErrorValue {
  return {
    code: 'engine-busy',
    message: `More than ${MAX_IN_FLIGHT} operations are running on this connection.`,
    hint: 'Wait for some to finish, or cancel them.',
  }
}
