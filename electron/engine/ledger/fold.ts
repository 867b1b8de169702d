import type { ErrorValue } from '#shared/errors.ts'
import type { LedgerEntry } from '#shared/model/ledger.ts'
import type { BeginLine, EndLine, LedgerLine } from './lines.ts'
import type { Run } from './run.ts'

/** Entries made of the lines of a file, newest first. `isRunning` tells whether the process of a run still lives. */
export function foldLines(lines: readonly LedgerLine[], isRunning: (run: Run) => boolean): readonly LedgerEntry[] {
  const ends = new Map<string, EndLine>()
  for (const line of lines) if (line.kind === 'end') ends.set(line.id, line)
  const begins = lines.filter((line) => line.kind === 'begin')
  const undoneBy = findUndone(begins, ends)
  return begins.map((begin) => toEntry(begin, ends.get(begin.id), undoneBy.get(begin.id), isRunning)).reverse()
}

/** One entry of its lines. */
export function toEntry(
  { kind: _kind, run, branch, versionBefore, undoes, redoes, forecast, ...begun }: BeginLine,
  end: EndLine | undefined,
  undoneBy: string | undefined,
  isRunning: (run: Run) => boolean,
): LedgerEntry {
  return {
    ...begun,
    ...(branch === undefined ? {} : { branch }),
    ...(versionBefore === undefined ? {} : { versionBefore }),
    ...(forecast === undefined ? {} : { forecast }),
    ...(undoes === undefined ? {} : { undoes }),
    ...(redoes === undefined ? {} : { redoes }),
    ...(undoneBy === undefined ? {} : { undoneBy }),
    ...(end === undefined ? { outcome: isRunning(run) ? 'running' : 'unfinished' } : ended(end)),
  }
}

function ended({ endedAt, outcome, versionAfter, result, error }: EndLine): Pick<LedgerEntry, 'outcome' | 'endedAt'> {
  return {
    outcome,
    endedAt,
    ...(versionAfter === undefined ? {} : { versionAfter }),
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error: toError(error) }),
  }
}

function toError({ code, message, hint, detail }: NonNullable<EndLine['error']>): ErrorValue {
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(detail === undefined ? {} : { detail }),
  }
}

/** By the entry undone: the entry that undid it last, unless it was done again after. */
function findUndone(begins: readonly BeginLine[], ends: ReadonlyMap<string, EndLine>): ReadonlyMap<string, string> {
  const undoneBy = new Map<string, string>()
  for (const { id, undoes, redoes } of begins) {
    if (ends.get(id)?.outcome !== 'done') continue
    if (undoes !== undefined) undoneBy.set(undoes, id)
    if (redoes !== undefined) undoneBy.delete(redoes)
  }
  return undoneBy
}
