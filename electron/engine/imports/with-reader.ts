import { Parser } from '../parsing/index.ts'
import type { Reader } from './reader.ts'

/** Gives work a thread of its own, which ends with it or when it is given up. */
export async function withReader<T>(signal: AbortSignal, work: (reader: Reader) => Promise<T>): Promise<T> {
  const units = readerFor(signal, async function* (reader) {
    yield await work(reader)
  })
  for await (const result of units) return result
  throw new Error('the work gave nothing')
}

/** As {@link withReader}, for work that tells results on the way. */
export async function* readerFor<T>(
  signal: AbortSignal,
  work: (reader: Reader) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const parser = new Parser()
  const stop = (): void => void parser.close()
  signal.addEventListener('abort', stop, { once: true })
  try {
    yield* work(parser)
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
    await parser.close()
  }
}
