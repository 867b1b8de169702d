import type { RowIdentity, RowTotals } from '#shared/model/compare.ts'
import { AppError } from '#shared/errors.ts'
import type { EngineContext } from '../context.ts'
import { findChangedColumns } from './changed-columns.ts'
import {
  checkKey,
  compareColumns,
  planHashes,
  projectColumns,
  type ComparedColumn,
  type ComparedColumns,
} from './columns.ts'
import { describeKeys } from './describe-keys.ts'
import { matchRows, type MatchJob, type MatchLimits, type MatchProgress } from './match-rows.ts'
import { openReader } from './open-reader.ts'
import { planReads } from './reads.ts'
import type { ResultLists } from './results.ts'
import type { RowList } from './row-list.ts'
import { isSameDataset, type Side, type Sides } from './side.ts'
import type { WorkFolder } from './work-folder.ts'

/** The rows that differ between two states, for paging. `remove` frees what it holds. */
export interface RowComparison {
  readonly totals: RowTotals
  readonly lists: ResultLists
  /** By column, the numbers of the changed rows in which it changed. */
  readonly changedRows: ReadonlyMap<string, RowList>
  readonly columns: readonly ComparedColumn[]
  readonly from: Side
  readonly to: Side
  remove(): Promise<void>
}

export interface RowJob {
  readonly key?: readonly string[] | undefined
  readonly by?: 'content' | undefined
  readonly sides: Sides
  readonly limits: MatchLimits
  readonly folder: WorkFolder
  readonly signal: AbortSignal
  readonly progress: RowProgress
}

export interface RowProgress extends MatchProgress {
  rowsToRead: number
}

export function newProgress(): RowProgress {
  return { phase: 'reading', rowsRead: 0, bytesRead: 0, rowsToRead: 0 }
}

/** Rows without a value to look at would all be equal. */
function requireColumns({ columns, notCompared }: ComparedColumns): void {
  if (columns.length > 0) return
  const why = notCompared.slice(0, 3).map(({ column, why: reason }) => `${column} (${reason})`)
  throw new AppError({
    code: 'invalid-input',
    message: `The two states have no column in common whose values can be compared${why.length === 0 ? '' : `: ${why.join(', ')}${notCompared.length > 3 ? ' and so on' : ''}`}.`,
    hint: 'Their schemas and statistics can still be compared.',
  })
}

/** Compares all rows of two states. Nothing is left behind when it fails or is aborted. */
export async function compareRows(context: EngineContext, job: RowJob): Promise<RowComparison> {
  const started = performance.now()
  const { signal, progress } = job
  const { from, to, areFieldsById } = job.sides
  const compared = compareColumns(from, to, areFieldsById)
  const identity = identify(job)
  const key = identity.kind === 'key' ? identity.columns : []
  checkKey(compared, key)
  const { columns } = compared
  const reads = planReads(from, to, columns)
  progress.rowsToRead = reads.from.rows + reads.to.rows
  if (identity.kind === 'content' && reads.from.rows > 0 && reads.to.rows > 0) requireColumns(compared)
  const scratch = job.folder.newFile()
  const spill = job.folder.newFile()
  try {
    const readers = {
      from: await openReader(context, from, to, projectColumns(columns, 'from'), signal),
      to: await openReader(context, to, from, projectColumns(columns, 'to'), signal),
    }
    const hashes = planHashes(columns, key)
    const match: MatchJob = {
      identity,
      hashes,
      ...readers,
      reads,
      limits: job.limits,
      scratch,
      spill,
      signal,
      progress,
    }
    const { counts, lists } = await matchRows(match)
    const { changed } = lists
    const maxBytes = job.limits.resultBytes / 3
    const cells = await findChangedColumns({ changed, readers, hashes, columns, maxBytes, spill, signal })
    const totals: RowTotals = {
      identity,
      added: lists.added.length,
      removed: lists.removed.length,
      changed: lists.changed.length,
      unchanged: rowsOf(to) - lists.added.length - lists.changed.length,
      changedCells: cells.cells,
      duplicateKeys: {
        ...(identity.kind === 'key' ? counts.duplicates : { from: 0, to: 0 }),
        examples: identity.kind === 'key' ? await describeKeys(counts.examples, readers, key) : [],
      },
      nullKeys: counts.nullKeys,
      notCompared: compared.notCompared,
      cost: {
        fragmentsRead: { from: reads.from.fragments, to: reads.to.fragments },
        rowsRead: progress.rowsRead,
        bytesRead: progress.bytesRead,
        spilledBytes: scratch.bytes + spill.bytes,
        elapsedMs: Math.round(performance.now() - started),
      },
    }
    return { totals, lists, changedRows: cells.rows, columns, from, to, remove: () => spill.remove() }
  } catch (error) {
    await spill.remove()
    throw error
  } finally {
    await scratch.remove()
  }
}

function identify({ key, by, sides: { from, to } }: RowJob): RowIdentity {
  if (by === 'content') {
    if (key === undefined) return { kind: 'content' }
    throw new AppError({
      code: 'invalid-input',
      message: 'Rows are told apart by a key or by their content, not by both.',
      hint: 'Leave out one of `key` and `by`.',
    })
  }
  if (key !== undefined) return { kind: 'key', columns: [...new Set(key)] }
  // Two branches give the same ids to different rows once both have grown.
  const isOneHistory = isSameDataset(from, to) && from.at.branch === to.at.branch
  const isStable = from.hasStableRowIds && to.hasStableRowIds && isOneHistory
  return isStable ? { kind: 'row-id' } : { kind: 'content' }
}

function rowsOf({ manifest }: Side): number {
  return manifest.fragments.reduce(
    (sum, { physicalRows, deletion }) => sum + physicalRows - (deletion?.deletedRows ?? 0),
    0,
  )
}
