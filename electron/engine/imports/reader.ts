import type { Parser, Parsers } from '../parsing/index.ts'

/** A thread that reads by itself. */
export type Lane = Pick<Parser, 'call' | 'stream'>

/** What reads files for an import: parser threads, or what tests have in their place. */
export interface Reader extends Lane, Pick<Parsers, 'close'> {
  /** Threads that may read ahead of one another; absent = it is one, and nothing is read ahead. */
  readonly lanes?: readonly Lane[]
}

/** All threads there are, at least one. */
export function lanesOf(reader: Reader): readonly [Lane, ...Lane[]] {
  const [first = reader, ...others] = reader.lanes ?? []
  return [first, ...others]
}

/** Files, or bytes of them, that keep a thread busy for longer than another takes to start. */
const FILES_A_LANE = 50
const BYTES_A_LANE = 4 * 1024 * 1024

/** As many threads as are worth starting for files. */
export function lanesFor(reader: Reader, files: readonly { readonly bytes: number }[]): readonly [Lane, ...Lane[]] {
  const [first, ...others] = lanesOf(reader)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const more = Math.floor(Math.max(files.length / FILES_A_LANE, bytes / BYTES_A_LANE))
  return [first, ...others.slice(0, Math.min(more, files.length - 1))]
}
