import type { Input } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Blame, BlameEvent, RowIdentity } from '#shared/model/compare.ts'
import type { EngineContext, ResolvedRef } from '../../context.ts'
import { requireColumn, rowNotFound, parseRowId } from '../../rows/index.ts'
import type { VersionFactsReader } from '../../versions/index.ts'
import { openSide, type Side } from '../side.ts'
import { findAddress } from './read-row.ts'
import { History } from './history.ts'
import { findFirst } from './find-first.ts'
import { stepBack, type Step } from './step-back.ts'
import type { Trace } from './trace.ts'

/** Events of one row's life at most; longer ones end with a problem. */
const MAX_EVENTS = 1000

/** Follows a row back in time to its insertion, or says why it could not be followed further. */
export async function blameRow(
  context: EngineContext,
  facts: VersionFactsReader,
  input: Input<'versions.blame'>,
  signal: AbortSignal,
): Promise<Blame> {
  const side = await openSide(context, input)
  const keyIds = (input.key ?? []).map((name) => requireColumn(side.manifest, name).id)
  const columnId = input.column === undefined ? undefined : requireColumn(side.manifest, input.column).id
  const id = parseRowId(input.rowId)
  const cost = { rowsRead: 0 }
  if ((await findAddress(context, { side, id }, cost, signal)) === undefined) throw rowNotFound(id)
  const history = new History(side.dataset, facts)
  const trace: Trace = { context, history, keyIds, columnId, cost, signal }
  const { events, problem } = await follow(trace, side, id)
  return {
    events,
    isComplete: problem === undefined,
    ...(problem === undefined ? {} : { problem }),
    identity: identityOf(side, input.key),
    manifestsRead: history.manifestsRead,
    rowsRead: cost.rowsRead,
  }
}

function identityOf({ hasStableRowIds }: Side, key: readonly string[] | undefined): RowIdentity {
  if (hasStableRowIds) return { kind: 'row-id' }
  return key === undefined ? { kind: 'content' } : { kind: 'key', columns: key }
}

async function follow(
  trace: Trace,
  start: Side,
  id: bigint,
): Promise<{ readonly events: readonly BlameEvent[]; readonly problem?: string }> {
  const events: BlameEvent[] = []
  let at: ResolvedRef = start.at
  let row = id
  while (events.length < MAX_EVENTS) {
    trace.signal.throwIfAborted()
    const step = await tryStep(trace, at, row)
    if (step.event !== undefined) events.push(step.event)
    if (step.kind === 'end') return step.problem === undefined ? { events } : { events, problem: step.problem }
    at = step.at
    row = step.id
  }
  return { events, problem: `The row has more than ${MAX_EVENTS} events; the older ones are left out.` }
}

async function tryStep(trace: Trace, at: ResolvedRef, id: bigint): Promise<Step> {
  try {
    return await stepBack(trace, await findFirst(trace, at, id))
  } catch (error) {
    // Damage and cleanups end the story where they are met; what was found until then stays true.
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error
    return { kind: 'end', problem: error.message }
  }
}
