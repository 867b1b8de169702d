import type { Parser, Parsers } from '../parsing/index.ts'

/** A thread that reads by itself. */
export type Lane = Pick<Parser, 'call' | 'stream'>

/** What reads files for an import: parser threads, or what tests have in their place. */
export interface Reader extends Lane, Pick<Parsers, 'close'> {
  /** Threads that may read ahead of one another; absent = it is one, and nothing is read ahead. */
  readonly lanes?: readonly Lane[]
}

/** Threads to read ahead with, at least one. */
export function lanesOf(reader: Reader): readonly [Lane, ...Lane[]] {
  const [first = reader, ...others] = reader.lanes ?? []
  return [first, ...others]
}
