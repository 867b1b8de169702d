import type { CallName, ContractShape, InputOf, OutputOf, StreamName } from '../contract/define.ts'
import { AppError, type ErrorValue } from '../errors.ts'
import type { Channel } from './message.ts'

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
}

/**
 * The caller's side of a contract. Names are strings and kinds are chosen by method, so no run-time copy of the contract
 * (and no schema library) is needed in the page.
 */
export interface Client<C extends ContractShape> {
  call<K extends CallName<C>>(name: K, input: InputOf<C[K]>, options?: CallOptions): Promise<OutputOf<C[K]>>
  /** Nothing is asked before the first `next()`; leaving the loop cancels on the other side. */
  stream<K extends StreamName<C>>(
    name: K,
    input: InputOf<C[K]>,
    options?: CallOptions,
  ): AsyncIterableIterator<OutputOf<C[K]>>
}

interface Waiting {
  onValue(value: unknown): void
  onItems(values: readonly unknown[]): void
  onEnd(): void
  onError(error: AppError): void
}

const cancelled = (): AppError => new AppError({ code: 'cancelled', message: 'Cancelled.' })
const disconnected: ErrorValue = {
  code: 'disconnected',
  message: 'The engine went away before it answered.',
  hint: 'It is started again by itself; repeat the action.',
}

/** Calls a contract over a channel. Every call has its own id; every promise settles, also when the channel closes. */
export function createClient<C extends ContractShape>(channel: Channel): Client<C> {
  const waiting = new Map<number, Waiting>()
  let nextId = 1
  let closed = false

  channel.onClose(() => {
    closed = true
    const calls = [...waiting.values()]
    waiting.clear()
    for (const call of calls) call.onError(new AppError(disconnected))
  })
  channel.onMessage((message) => {
    const call = waiting.get(message.id)
    if (call === undefined) return
    if (message.t === 'items') return call.onItems(message.values)
    waiting.delete(message.id)
    if (message.t === 'ok') call.onValue(message.value)
    else if (message.t === 'end') call.onEnd()
    else if (message.t === 'error') call.onError(new AppError(message.error))
  })

  /** Returns the function that cancels the call, harmless once it has settled. */
  function start(
    name: string,
    input: unknown,
    call: Waiting,
    signal: AbortSignal | undefined,
  ): { id: number; cancel(): void } {
    if (closed) throw new AppError(disconnected)
    if (signal?.aborted === true) throw cancelled()
    const id = nextId++
    const cancel = (): void => {
      if (!waiting.delete(id)) return
      channel.send({ t: 'abort', id })
      call.onError(cancelled())
    }
    signal?.addEventListener('abort', cancel, { once: true })
    const settle =
      <Args extends readonly unknown[]>(then: (...args: Args) => void) =>
      (...args: Args): void => {
        signal?.removeEventListener('abort', cancel)
        then(...args)
      }
    waiting.set(id, {
      onValue: settle((value: unknown) => call.onValue(value)),
      onItems: (values) => call.onItems(values),
      onEnd: settle(() => call.onEnd()),
      onError: settle((error: AppError) => call.onError(error)),
    })
    channel.send({ t: 'call', id, name, input })
    return { id, cancel }
  }

  return {
    call: (name, input, options) =>
      new Promise((resolve, reject) => {
        const parts: (readonly unknown[])[] = []
        const call: Waiting = {
          onItems: (values) => {
            parts.push(values)
            channel.send({ t: 'credit', id, n: 1 })
          },
          onValue: (value) => resolve((parts.length === 0 ? value : parts.flat().concat(value)) as never),
          onEnd: () => reject(new AppError({ code: 'internal', message: `${name} answered as a stream.` })),
          onError: reject,
        }
        const { id } = start(name, input, call, options?.signal)
      }),
    stream: <K extends StreamName<C>>(name: K, input: InputOf<C[K]>, options?: CallOptions) =>
      streamOf<OutputOf<C[K]>>((call) => {
        const { id, cancel } = start(name, input, call, options?.signal)
        return { cancel, takeMore: () => channel.send({ t: 'credit', id, n: 1 }) }
      }),
  }
}

interface StreamControl {
  cancel(): void
  /** One batch was consumed. */
  takeMore(): void
}

function streamOf<Item>(begin: (call: Waiting) => StreamControl): AsyncIterableIterator<Item> {
  const batches: (readonly unknown[])[] = []
  let position = 0
  let state:
    { readonly kind: 'open' } | { readonly kind: 'ended' } | { readonly kind: 'failed'; readonly error: AppError } = {
    kind: 'open',
  }
  let control: StreamControl | undefined
  let wake: (() => void) | undefined
  const wakeUp = (): void => {
    wake?.()
    wake = undefined
  }
  const call: Waiting = {
    onValue: () => {
      state = { kind: 'failed', error: new AppError({ code: 'internal', message: 'A stream answered as a call.' }) }
      wakeUp()
    },
    onItems: (values) => {
      batches.push(values)
      wakeUp()
    },
    onEnd: () => {
      state = { kind: 'ended' }
      wakeUp()
    },
    onError: (error) => {
      state = { kind: 'failed', error }
      wakeUp()
    },
  }
  const iterator: AsyncIterableIterator<Item> = {
    [Symbol.asyncIterator]: () => iterator,
    async next() {
      control ??= begin(call)
      for (;;) {
        const batch = batches[0]
        if (batch !== undefined && position < batch.length) return { done: false, value: batch[position++] as Item }
        if (batch !== undefined) {
          batches.shift()
          position = 0
          if (state.kind === 'open') control.takeMore()
          continue
        }
        if (state.kind === 'failed') throw state.error
        if (state.kind === 'ended') return { done: true, value: undefined }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    async return() {
      batches.length = 0
      control?.cancel()
      state = { kind: 'ended' }
      wakeUp()
      return { done: true, value: undefined }
    },
  }
  return iterator
}
