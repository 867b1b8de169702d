import type { Api } from '#renderer/bridge/host.ts'
import { formatBytes, type ExactValue } from '#shared/model/arrow/index.ts'
import type { CellBytes } from '#shared/contract/rows.ts'
import { AppError } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { LoadedPage, RowState } from '../rows/loaded-page.ts'
import { isReadable } from '../rows/readable.ts'
import { fetchWholeValue } from '../rows/whole-value.ts'
import { type CopyPlan, runsOf } from './plan.ts'
import type { CopyCell, CopyTable } from './write.ts'

/** Rows read at a time. */
const ROWS_PER_READ = 500
/** Whole values fetched at the same time. */
const WHOLE_IN_FLIGHT = 6
/** Bytes of one cell that still go to the clipboard. */
const BYTES_MAX = 1024 * 1024

/** Rows in the order they are shown, and the state of a dataset they belong to. */
export interface CopySource {
  /** Absent where its pages tell it of each row. */
  readonly query?: RowState
  fetchRows(offset: number, limit: number, columns: readonly string[], signal: AbortSignal): Promise<LoadedPage>
}

export interface CollectOptions {
  readonly source: CopySource
  readonly plan: CopyPlan
  readonly api: Api
  readonly schema: readonly SchemaField[]
  readonly signal: AbortSignal
  onProgress(cellsDone: number): void
}

export interface Collected {
  readonly table: CopyTable
  /** Cells whose bytes were too many for the clipboard; they are named by size instead. */
  readonly leftOut: number
  /** Columns that cannot be read at all; their cells are empty. */
  readonly unreadable: readonly string[]
}

/** Reads every cell of a plan with nothing cut, whether it was on screen or not. */
export async function collectCells(options: CollectOptions): Promise<Collected> {
  const { plan, signal, onProgress } = options
  const rows: CopyCell[][] = []
  const tally = { leftOut: 0 }
  const columns = plan.columns.filter(isReadable)
  for (const run of runsOf(plan.rows, ROWS_PER_READ)) {
    signal.throwIfAborted()
    const page = await options.source.fetchRows(run.start, run.end - run.start, columns, signal)
    const read = await readRun(options, page, run.start, tally)
    rows.push(...read)
    onProgress(rows.length * plan.columns.length)
  }
  const unreadable = plan.columns.filter((column) => !isReadable(column))
  return { table: { columns: plan.columns, rows }, leftOut: tally.leftOut, unreadable }
}

async function readRun(
  options: CollectOptions,
  page: LoadedPage,
  rowStart: number,
  tally: { leftOut: number },
): Promise<CopyCell[][]> {
  const { plan } = options
  const cut: { readonly row: number; readonly column: number }[] = []
  const rows = Array.from({ length: page.rowCount }, (_, row) =>
    plan.columns.map((column, index): CopyCell => {
      if (!plan.includes(rowStart + row, index) || !isReadable(column)) return undefined
      const { value, fullLength } = page.value(row, column)
      if (fullLength !== null) cut.push({ row, column: index })
      return value
    }),
  )
  await eachOf(cut, WHOLE_IN_FLIGHT, async ({ row, column }) => {
    const whole = await wholeCell(options, page, row, plan.columns[column] ?? '', tally)
    const cells = rows[row]
    if (cells !== undefined) cells[column] = whole
  })
  return rows
}

async function wholeCell(
  options: CollectOptions,
  page: LoadedPage,
  row: number,
  column: string,
  tally: { leftOut: number },
): Promise<ExactValue> {
  const { api, source, signal } = options
  const state = page.stateOf?.(row) ?? source.query
  if (state === undefined) throw new AppError({ code: 'internal', message: 'It is not known what these rows are of.' })
  const { dataset, at, schema = options.schema } = state
  const rowId = page.rowId(row)
  const whole = await fetchWholeValue(api, { dataset, at, rowId, column }, schema, signal)
  if (whole.kind === 'value') return whole.value
  return readBytes(api, whole.bytes, signal, tally)
}

async function readBytes(
  api: Api,
  { id, size, mediaType }: CellBytes,
  signal: AbortSignal,
  tally: { leftOut: number },
): Promise<ExactValue> {
  if (size === null) return { kind: 'null' }
  if (size > BYTES_MAX) {
    tally.leftOut += 1
    return { kind: 'string', value: `<${formatBytes(size)} ${mediaType}>` }
  }
  const { bytes } = await api.call('cells.read', { cell: id, start: 0, length: size }, { signal })
  return { kind: 'binary', bytes }
}

/** Runs an action for every item, so many at a time; the first failure ends all. */
async function eachOf<Item>(
  items: readonly Item[],
  inFlight: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const worker = async (): Promise<void> => {
    for (const item of queue) await act(item)
  }
  await Promise.all(Array.from({ length: Math.min(inFlight, items.length) }, worker))
}
