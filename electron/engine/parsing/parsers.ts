import { availableParallelism } from 'node:os'
import type { CallName, InputOf, OutputOf, StreamName } from '#shared/contract/define.ts'
import type { Parsing } from './contract.ts'
import { Parser } from './parser.ts'
import type { Subject } from './patience.ts'

const MAX_LANES = 4

/** Threads that read at one time: two where there are fewer processors, since one of them waits for the disk now and then. */
export function laneCount(processors = availableParallelism()): number {
  return Math.max(2, Math.min(MAX_LANES, processors))
}

/**
 * Several parser threads, each started when it is first asked. What is asked of all of them goes to the first; who reads
 * ahead asks the `lanes`. `close` ends them.
 */
export class Parsers {
  readonly lanes: readonly Parser[]
  readonly #first: Parser

  constructor(count = laneCount()) {
    this.#first = new Parser()
    this.lanes = [this.#first, ...Array.from({ length: count - 1 }, () => new Parser())]
  }

  /** Starts the first thread, so that it is there when it is asked. */
  start(): void {
    this.#first.start()
  }

  call<K extends CallName<Parsing>>(
    name: K,
    input: InputOf<Parsing[K]>,
    about: Subject,
    signal?: AbortSignal,
  ): Promise<OutputOf<Parsing[K]>> {
    return this.#first.call(name, input, about, signal)
  }

  stream<K extends StreamName<Parsing>>(
    name: K,
    input: InputOf<Parsing[K]>,
    about: Subject,
    signal?: AbortSignal,
  ): AsyncGenerator<OutputOf<Parsing[K]>> {
    return this.#first.stream(name, input, about, signal)
  }

  async close(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.close()))
  }
}
