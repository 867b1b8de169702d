import { AppError } from '#shared/errors.ts'
import type { RowChangeKind, RowChangePage } from '#shared/model/compare.ts'
import type { EngineContext } from '../context.ts'
import { readTrailingUint64 } from '../lance/index.ts'
import { alignCuts, collectPage, viewOrder, type CollectedPage } from '../rows/index.ts'
import { CellHashCollector, differs, type CellHashes } from './changed-cells.ts'
import { planHashes, projectColumns, type ComparedColumn } from './columns.ts'
import type { RowComparison } from './compare-rows.ts'
import { openSideView } from './open-reader.ts'
import type { Side } from './side.ts'
import { idsOf, takeRows } from './take-rows.ts'

export interface ChangePageInput {
  readonly kind: RowChangeKind
  readonly offset: number
  readonly limit: number
  /** Absent = all compared ones. */
  readonly columns?: readonly string[] | undefined
  /** Counts and returns only changed rows in which this column changed. */
  readonly changedColumn?: string | undefined
}

/** One page of a comparison's rows of one kind. Cells are compared whole, before long ones are cut. */
export async function fetchChangePage(
  context: EngineContext,
  comparison: RowComparison,
  input: ChangePageInput,
  signal: AbortSignal,
): Promise<RowChangePage> {
  const { kind, offset } = input
  const list = comparison.lists[kind]
  const columns = pickColumns(comparison, input.columns)
  const entries = await entriesOf(comparison, input)
  const ids = idsOf(entries, list.words, 0)
  const base = { kind, offset, rows: ids.length, columns: columns.map(({ name }) => name) }
  if (ids.length === 0) return { ...base, arrow: [], previews: [] }
  const shown = kind === 'removed' ? 'from' : 'to'
  if (kind !== 'changed') {
    const { page } = await takePage(context, comparison[shown], { shown, columns, ids, signal })
    const order = orderOf(ids, page)
    return { ...base, arrow: page.arrow, previews: page.previews, ...(order === undefined ? {} : { order }) }
  }
  const oldIds = idsOf(entries, list.words, 2)
  const after = await takePage(context, comparison.to, { shown: 'to', columns, ids, signal })
  const before = await takePage(context, comparison.from, { shown: 'from', columns, ids: oldIds, signal })
  const [now, old] = alignCuts(after.page, before.page)
  const [order, beforeOrder] = [orderOf(ids, now), orderOf(oldIds, old)]
  return {
    ...base,
    arrow: now.arrow,
    previews: now.previews,
    ...(order === undefined ? {} : { order }),
    before: old.arrow,
    ...(beforeOrder === undefined ? {} : { beforeOrder }),
    changedColumns: ids.map((_, row) =>
      [...columns.keys()].filter((column) => differs(before.cells, after.cells, column, row)),
    ),
  }
}

/** Entries of the page's rows, as the list of its kind holds them. */
async function entriesOf(comparison: RowComparison, input: ChangePageInput): Promise<Int32Array> {
  const { kind, offset, limit, changedColumn } = input
  const list = comparison.lists[kind]
  if (changedColumn === undefined) return list.slice(offset, offset + limit)
  if (kind !== 'changed') {
    throw new AppError({
      code: 'invalid-input',
      message: `A column changes in changed rows only, not in those ${kind}.`,
      hint: 'Leave out `changedColumn`, or ask for changed rows.',
    })
  }
  pickColumns(comparison, [changedColumn])
  const numbers = await comparison.changedRows.get(changedColumn)?.slice(offset, offset + limit)
  const entries = new Int32Array((numbers?.length ?? 0) * list.words)
  for (const [place, number] of (numbers ?? []).entries()) {
    entries.set(await list.slice(number, number + 1), place * list.words)
  }
  return entries
}

function pickColumns({ columns }: RowComparison, names: readonly string[] | undefined): readonly ComparedColumn[] {
  if (names === undefined) return columns
  return [...new Set(names)].map((name) => {
    const column = columns.find((candidate) => candidate.name === name)
    if (column !== undefined) return column
    throw new AppError({
      code: 'unknown-column',
      message: `The column "${name}" is not among those compared.`,
      hint: 'Ask for compared columns only; the totals name the others and say why.',
      detail: { column: name },
    })
  })
}

interface Wanted {
  readonly shown: 'from' | 'to'
  readonly columns: readonly ComparedColumn[]
  readonly ids: readonly bigint[]
  readonly signal: AbortSignal
}

async function takePage(
  context: EngineContext,
  side: Side,
  { shown, columns, ids, signal }: Wanted,
): Promise<{ readonly page: CollectedPage; readonly cells: CellHashes }> {
  const view = await openSideView(context, side)
  const collector = new CellHashCollector(ids, planHashes(columns, []))
  const page = await collectPage(hashed(takeRows(view, ids, projectColumns(columns, shown), signal), collector))
  return { page, cells: collector.finish() }
}

async function* hashed(files: AsyncIterable<Uint8Array>, collector: CellHashCollector): AsyncGenerator<Uint8Array> {
  for await (const file of files) {
    collector.add(file)
    yield file
  }
}

function orderOf(ids: readonly bigint[], { arrow }: CollectedPage): readonly number[] | undefined {
  return viewOrder(
    ids,
    arrow.flatMap((file) => [...readTrailingUint64(file)]),
  )
}
