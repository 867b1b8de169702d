import type { InputOf, OutputOf, StreamName } from '#shared/contract/define.ts'
import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { CallOptions, Client } from '#shared/rpc/client.ts'
import type { OpenedDatasets } from './opened.ts'

/** A connection in use, and what is known of its end. */
export interface Connection {
  readonly client: Client<Contract>
  /** Resolves after the connection was lost, to the error its calls in flight end with. */
  readonly lost: Promise<AppError>
}

/**
 * The contract over whichever connection there is. Calls made while there is none wait for the next one; calls in flight
 * when one is lost fail with the reason and are never sent again.
 */
export function createApi(connected: () => Promise<Connection>, opened: OpenedDatasets): Client<Contract> {
  const connect = async (input: unknown, closing: boolean, signal: AbortSignal | undefined): Promise<Connection> => {
    const connection = await unlessAborted(connected(), signal)
    const problem = closing ? undefined : opened.problemOf(input)
    if (problem !== undefined) throw problem
    return connection
  }
  return {
    async call(name, input, options) {
      const connection = await connect(input, name === 'datasets.close', options?.signal)
      try {
        const output = await connection.client.call(name, input, options)
        opened.note(name, input, output)
        return output
      } catch (error) {
        throw await reasonOf(error, connection)
      }
    },
    stream: <K extends StreamName<Contract>>(name: K, input: InputOf<Contract[K]>, options?: CallOptions) =>
      mendedStream<OutputOf<Contract[K]>>(
        () => connect(input, false, options?.signal),
        (client) => client.stream(name, input, options),
      ),
  }
}

/** A stream that begins once there is a connection and fails with the reason when that is lost. Leaving it cancels at once. */
function mendedStream<Item>(
  connect: () => Promise<Connection>,
  begin: (client: Client<Contract>) => AsyncIterableIterator<Item>,
): AsyncIterableIterator<Item> {
  let source: Promise<{ readonly connection: Connection; readonly items: AsyncIterableIterator<Item> }> | undefined
  let items: AsyncIterableIterator<Item> | undefined
  let left = false
  const open = async () => {
    const connection = await connect()
    items = begin(connection.client)
    return { connection, items }
  }
  const iterator: AsyncIterableIterator<Item> = {
    [Symbol.asyncIterator]: () => iterator,
    async next() {
      if (left) return { done: true, value: undefined }
      source ??= open()
      const { connection, items: from } = await source
      // Left while connecting: nothing was asked yet, and nothing shall be.
      if (left) return { done: true, value: undefined }
      try {
        return await from.next()
      } catch (error) {
        throw await reasonOf(error, connection)
      }
    },
    async return() {
      left = true
      await items?.return?.()
      return { done: true, value: undefined }
    },
  }
  return iterator
}

/** A lost connection's calls fail with why it was lost; every other error is what it is. */
async function reasonOf(error: unknown, connection: Connection): Promise<unknown> {
  return error instanceof AppError && error.code === 'disconnected' ? await connection.lost : error
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new AppError({ code: 'cancelled', message: 'Cancelled.' }))
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
