import { AppError } from '#shared/errors.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { DeleteRowsOperation, Forecast, MaintenanceNote } from '#shared/model/maintenance.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { liveRows, retryConflicts } from '../indices/index.ts'
import { countByFragment, deleteRows } from '../lance/index.ts'
import { openView, toFilter } from '../rows/index.ts'
import { addressFilter, checkUnmoved, locateRows } from './chosen-rows.ts'
import { noteTries } from './notes.ts'
import { forecastBase, type OperationTask, type Subject } from './operation.ts'
import { liveRowsOf } from './positions.ts'
import { runOperation } from './run-operation.ts'

/** Counting may have to read every row of the columns the filter names. */
const COUNT_TIMEOUT_MS = 120_000
/** A deletion file: this much, and four bytes for each row deleted in its fragment. */
const DELETION_FILE_BYTES = 1024
const DELETED_ROW_BYTES = 4

/** Which rows go: what finds them in the newest version, and what has to be true of a version they are deleted from. */
interface Condition {
  readonly filter: string
  /** Rows that were chosen one by one. */
  readonly chosen?: number
  readonly check?: (version: number) => Promise<void>
}

async function toCondition(
  context: EngineContext,
  dataset: OpenDataset,
  { filter, rows }: Pick<DeleteRowsOperation, 'filter' | 'rows'>,
): Promise<Condition> {
  if (filter !== undefined && rows === undefined) return { filter: requireFilter(filter) }
  if (filter !== undefined || rows === undefined) throw notOneOf()
  const addresses = await locateRows(context, dataset, rows)
  return {
    filter: addressFilter(addresses),
    chosen: new Set(rows.ids.map(BigInt)).size,
    check: (version) => checkUnmoved(dataset, rows.version, addresses, version),
  }
}

/** Rows that match now, and the fragments they are in. */
export async function forecastDeleteRows(subject: Subject, operation: DeleteRowsOperation): Promise<Forecast> {
  const { context, dataset, at, manifest } = subject
  const condition = await toCondition(context, dataset, operation)
  await condition.check?.(at.version)
  const view = await openView(context, { dataset: dataset.handle, ref: { version: at.version } })
  const counts = await countByFragment(view.table, condition.filter, COUNT_TIMEOUT_MS)
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const hit = manifest.fragments.filter(({ id }) => (counts.get(id) ?? 0) > 0)
  const emptied = hit.filter((fragment) => counts.get(fragment.id) === liveRows(fragment))
  const kept = hit.filter((fragment) => !emptied.includes(fragment))
  const bytes = kept.reduce((sum, { id, deletion }) => {
    const deleted = (deletion?.deletedRows ?? 0) + (counts.get(id) ?? 0)
    return sum + DELETION_FILE_BYTES + DELETED_ROW_BYTES * deleted
  }, 0)
  const notes: MaintenanceNote[] = []
  if (rows > 0) {
    notes.push({
      severity: 'note',
      message: `The rows are in ${hit.length} of ${formatNoun(manifest.fragments.length, 'fragment')}; ${emptied.length === 0 ? 'each of these keeps others' : `${emptied.length} of these go whole`}.`,
    })
    notes.push({
      severity: 'note',
      message: 'Older versions keep the rows, and their bytes stay on disk until those versions are cleaned up.',
    })
  }
  if (rows > 0 && rows === liveRowsOf(manifest)) {
    notes.unshift({ severity: 'warning', message: 'Every row of the dataset matches.' })
  }
  notes.unshift(...noteGone(condition.chosen, rows))
  return {
    ...(await forecastBase('delete-rows', subject)),
    nothingToDo: rows === 0,
    rows,
    bytesWrittenAtMost: bytes,
    extraDiskAtMost: bytes,
    notes,
  }
}

export const deleteRowsTask: OperationTask<'delete-rows'> = (input, env) =>
  runOperation(
    input,
    env,
    async () => ({}),
    async ({ operation, context, dataset, writer, version }) => {
      env.report({ done: 0, total: null, unit: 'steps', note: 'Counting the rows' })
      const { filter, chosen, check } = await toCondition(context, dataset, operation)
      await check?.(version)
      const view = await openView(context, { dataset: dataset.handle, ref: { version } })
      // Lance commits an empty version when nothing matches, and fails to count rows by their ids.
      if ((await countByFragment(view.table, filter, COUNT_TIMEOUT_MS)).size === 0) {
        return { tries: 1, commits: 0, rowsDeleted: 0, notes: [{ severity: 'note', message: 'No row matched.' }] }
      }
      env.report({ done: 0, total: null, unit: 'steps', note: 'Deleting the rows' })
      env.signal.throwIfAborted()
      let tries = 0
      const deleted = await retryConflicts(env.signal, () => {
        tries++
        return deleteRows(writer, dataset, filter, check)
      })
      return {
        version: deleted.version,
        commits: 1,
        tries,
        rowsDeleted: deleted.rows,
        notes: [...noteGone(chosen, deleted.rows), ...(tries === 1 ? [] : [noteTries(tries)])],
      }
    },
  )

/** Chosen rows another program deleted, changed or moved since: a changed row is another one. */
function noteGone(chosen: number | undefined, rows: number): readonly MaintenanceNote[] {
  if (chosen === undefined || chosen <= rows) return []
  return [
    {
      severity: 'warning',
      message: `${formatNoun(chosen - rows, 'chosen row')} of ${formatCount(chosen)} ${chosen - rows === 1 ? 'is' : 'are'} not there any more: deleted, changed or moved by another program.`,
    },
  ]
}

function notOneOf(): AppError {
  return new AppError({
    code: 'invalid-input',
    message: 'Rows to delete are named by a filter or one by one, not by both or neither; nothing was changed.',
    hint: 'Give either "filter" or "rows".',
  })
}

/** Refuses what would silently mean every row. */
export function requireFilter(text: string): string {
  const filter = toFilter(text)
  if (filter !== undefined && !/^[\s;]*$/.test(filter)) return filter
  throw new AppError({
    code: 'invalid-filter',
    message: 'Deleting rows needs a condition that says which; nothing was changed.',
    hint: 'Write a filter. The condition true means every row.',
  })
}
