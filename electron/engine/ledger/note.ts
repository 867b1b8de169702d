import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import { isCancelled, toErrorValue, type ErrorValue } from '#shared/errors.ts'
import type { LedgerEntry } from '#shared/model/ledger.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { boundedError, boundedText, boundedValue } from './bounded.ts'
import { appendLine, ledgerPath } from './file.ts'
import { toEntry } from './fold.ts'
import type { BeginLine, EndLine } from './lines.ts'
import { isRunning, thisRun } from './run.ts'

/** What is known of a write before it. */
export interface WriteNote {
  /** Name of the operation in the contract. */
  readonly operation: string
  /** One line for people. */
  readonly title: string
  /** Absent = main. */
  readonly branch?: string | undefined
  /** Of a write that goes on with an earlier one: the version from before that; absent = the newest now. */
  readonly versionBefore?: number | undefined
  /** Absent = a person. */
  readonly by?: 'person' | 'policy' | undefined
  readonly forecast?: unknown
  readonly undoes?: string | undefined
  readonly redoes?: string | undefined
  /** Set for writes that commit no version, such as tags: none are noted then. */
  readonly makesNoVersion?: true | undefined
}

export type WriteEnd =
  | { readonly outcome: 'done'; readonly result?: unknown }
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'failed'; readonly error: ErrorValue }

/** A write that was noted to have begun. */
export interface BegunWrite {
  readonly id: string
  /** Newest version of the branch just before; absent when unknown. */
  readonly versionBefore: number | undefined
  /**
   * Notes its end and the newest version now, or the one given, in the ledger of the place it is at now if that is another;
   * what the ledger has of it then.
   */
  end(end: WriteEnd, versionAfter?: number, location?: string): Promise<LedgerEntry>
}

type Context = Pick<EngineContext, 'paths' | 'log'>
/** Without `resolve` its versions are not known. */
type Target = Pick<OpenDataset, 'location'> & Partial<Pick<OpenDataset, 'resolve'>>

/**
 * Notes that a write begins, on disk before this resolves, so that a crash leaves it `unfinished`. A ledger that cannot
 * be written is told to the log and keeps nobody from writing: freeing a full disk is a write, too.
 */
export async function beginWrite({ paths, log }: Context, dataset: Target, note: WriteNote): Promise<BegunWrite> {
  const { operation, title, branch, by = 'person', forecast, undoes, redoes, makesNoVersion } = note
  const newest = makesNoVersion === true ? () => Promise.resolve(undefined) : () => newestOf(dataset, branch)
  const append = (line: BeginLine | EndLine, location = dataset.location): Promise<void> =>
    appendLine(ledgerPath(paths.dataDir, location), line).catch((error: unknown) =>
      log(`ledger: "${title}" on ${location} could not be noted: ${toErrorValue(error).message}`),
    )
  const begin: BeginLine = plain({
    kind: 'begin',
    id: randomUUID(),
    at: new Date().toISOString(),
    run: thisRun,
    who: { user: userName(), by },
    operation,
    title: boundedText(title),
    location: dataset.location,
    branch,
    versionBefore: note.versionBefore ?? (await newest()),
    forecast: boundedValue(forecast),
    undoes,
    redoes,
  })
  await append(begin)
  return {
    id: begin.id,
    versionBefore: begin.versionBefore,
    async end(how, versionAfter, location) {
      const end: EndLine = plain({
        kind: 'end',
        id: begin.id,
        endedAt: new Date().toISOString(),
        versionAfter: versionAfter ?? (await newest()),
        outcome: how.outcome,
        result: how.outcome === 'done' ? boundedValue(how.result) : undefined,
        error: how.outcome === 'failed' ? boundedError(how.error) : undefined,
      })
      await append(end, location)
      return toEntry(begin, end, undefined, isRunning)
    },
  }
}

const lanes = new Map<string, Promise<unknown>>()

/**
 * Does a short write and notes it: versions before and after, its result or why it failed. Those of one dataset run one
 * after another in this process, so that each knows its own versions; `work` must not note a write of its own to it.
 */
export function noteWrite<T>(context: Context, dataset: Target, note: WriteNote, work: () => Promise<T>): Promise<T> {
  return inLane(dataset.location, async () => {
    const begun = await beginWrite(context, dataset, note)
    try {
      const result = await work()
      await begun.end({ outcome: 'done', result })
      return result
    } catch (error) {
      await begun.end(toFailure(error))
      throw error
    }
  })
}

/** Waits for what went before at the same place. */
export function inLane<T>(location: string, work: () => Promise<T>): Promise<T> {
  const before = lanes.get(location) ?? Promise.resolve()
  const turn = before.then(work)
  const settled = turn.catch(() => undefined)
  lanes.set(location, settled)
  void settled.then(() => lanes.get(location) === settled && lanes.delete(location))
  return turn
}

/** How a write ended that threw. */
export function toFailure(error: unknown): WriteEnd {
  const wasCancelled = isCancelled(error) || (error instanceof Error && error.name === 'AbortError')
  return wasCancelled ? { outcome: 'cancelled' } : { outcome: 'failed', error: toErrorValue(error) }
}

async function newestOf(dataset: Target, branch: string | undefined): Promise<number | undefined> {
  try {
    return (await dataset.resolve?.(branch === undefined ? undefined : { branch }))?.version
  } catch {
    // Moved away, or its newest manifest is damaged: unknown.
    return undefined
  }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A system may have no name for a user id.
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}

/** Without the keys that have no value, as JSON would leave them out. */
function plain<T>(line: T): T {
  return JSON.parse(JSON.stringify(line)) as T
}
