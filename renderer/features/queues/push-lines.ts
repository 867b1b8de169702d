import type { RefusedRecord } from '#shared/model/import/stream.ts'

/** Lines of one call. */
const LINES_AT_ONCE = 5000

/** A record that was not taken, by its line (1-based) in what is left and in what was given. */
export interface Misfit {
  readonly line: number
  readonly was: number
  readonly reason: string
}

export interface Pushed {
  /** The lines that were not taken, as they were given. */
  readonly left: readonly string[]
  readonly misfits: readonly Misfit[]
  /** Set when it ended early; the lines it did not come to are left. */
  readonly failure: unknown
}

/** Pushes lines in calls of a bounded size. `push` answers with the records refused, their lines counted within the call. */
export async function pushLines(
  lines: readonly string[],
  push: (lines: readonly string[]) => Promise<readonly RefusedRecord[]>,
): Promise<Pushed> {
  const left: string[] = []
  const misfits: Misfit[] = []
  for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
    const some = lines.slice(from, from + LINES_AT_ONCE)
    try {
      for (const { line, reason } of await push(some)) {
        left.push(some[line - 1] ?? '')
        misfits.push({ line: left.length, was: from + line, reason })
      }
    } catch (failure) {
      return { left: [...left, ...lines.slice(from)], misfits, failure }
    }
  }
  return { left, misfits, failure: undefined }
}
