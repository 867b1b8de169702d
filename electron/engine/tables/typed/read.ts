import { setImmediate } from 'node:timers/promises'
import type { Table } from '@uwdata/flechette'
import { AppError } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import type { BadRow } from '#shared/model/import/tables.ts'
import type { TableBatch, TablePlan } from '../../parsing/index.ts'
import type { ArrowBatch } from '../columns/column.ts'
import { unreadable } from '../errors.ts'
import { toIpcFile } from '../rows/ipc.ts'
import type { WantedColumn } from '../rows/plan.ts'
import { badRowsError, exampleOf, MAX_EXAMPLES } from '../rows/bad-rows.ts'
import { castBatch, type CastFault } from './cast.ts'
import { ArrowFault, takeRows } from './take.ts'

const BATCH_ROWS = 65_536
const BATCH_BYTES = 16 * 1024 ** 2
/** Batches of up to so much more than the aim go as they are: cutting them copies them. */
const SLACK = 2

/** Decoded rows of a typed source: a table of one batch. */
export interface TypedRows {
  readonly table: Table
  /** Row of the source, counted from 0, this table begins with. */
  readonly rowStart: number
  readonly byteLength: number
  readonly bytesRead: number
}

/** Plans, casts and cuts the rows of a source that has types. A planned column it does not have is an error. */
export async function* readTyped(
  plan: TablePlan,
  wanted: readonly WantedColumn[],
  source: AsyncIterable<TypedRows>,
  signal: AbortSignal,
): AsyncGenerator<TableBatch> {
  const end = plan.maxRows === undefined ? Infinity : plan.skipRows + plan.maxRows
  for await (const rows of source) {
    if (signal.aborted || rows.rowStart >= end) return
    const { numRows } = rows.table
    const perPart = partRows(numRows, rows.byteLength)
    const first = Math.max(0, plan.skipRows - rows.rowStart)
    const last = Math.min(numRows, end - rows.rowStart)
    if (first >= last) continue
    const cast = guarded(plan.name, rows.rowStart, () => castAll(plan, wanted, rows))
    for (let start = first; start < last; start += perPart) {
      if (signal.aborted) return
      const partEnd = Math.min(last, start + perPart)
      yield guarded(plan.name, rows.rowStart + start, () => writePart(plan, wanted, rows, cast, start, partEnd))
      await setImmediate()
    }
  }
}

function partRows(rows: number, byteLength: number): number {
  const parts = Math.max(rows / BATCH_ROWS, byteLength / BATCH_BYTES)
  return parts <= SLACK ? Math.max(1, rows) : Math.max(1, Math.ceil(rows / Math.ceil(parts)))
}

interface Cast {
  readonly batches: readonly ArrowBatch[]
  readonly faults: readonly CastFault[]
}

function castAll(plan: TablePlan, wanted: readonly WantedColumn[], { table }: TypedRows): Cast {
  const faults: CastFault[] = []
  const batches = wanted.map((column) => {
    const batch = table.getChild(column.source)?.data[0]
    if (batch === undefined) {
      throw unreadable(plan.name, `it has no column "${column.source}".`, 'Leave the column out of the plan.')
    }
    return castBatch(batch, column, faults)
  })
  return { batches, faults: faults.sort((left, right) => left.row - right.row) }
}

function writePart(
  plan: TablePlan,
  wanted: readonly WantedColumn[],
  rows: TypedRows,
  { batches, faults }: Cast,
  start: number,
  end: number,
): TableBatch {
  const { table, rowStart, bytesRead } = rows
  const inPart = faults.filter(({ row }) => row >= start && row < end)
  const rejects = rejectsOf(plan.name, inPart, rowStart)
  const [first] = rejects
  if (first !== undefined && plan.badRows === 'stop') throw badRowsError(first)
  const bad = plan.badRows === 'reject' ? new Set(inPart.map(({ row }) => row)) : new Set<number>()
  const isWhole = start === 0 && end === table.numRows && bad.size === 0
  const kept = isWhole ? undefined : rangeOf(start, end).filter((row) => !bad.has(row))
  const length = end - start - bad.size
  const columns = wanted.map(({ name }, index) => {
    const batch = batches[index] as ArrowBatch
    return { name, batch: kept === undefined ? batch : takeRows(batch, kept) }
  })
  return {
    arrow: length === 0 ? new Uint8Array(0) : toIpcFile(columns),
    rows: length,
    rejects,
    badRows: rejects.slice(0, MAX_EXAMPLES).map(exampleOf),
    badCount: rejects.length,
    sourceRows: rowStart + end,
    bytesRead,
  }
}

function rangeOf(start: number, end: number): Int32Array {
  return Int32Array.from({ length: end - start }, (_, index) => start + index)
}

/** What flechette and our own checks throw on damage, with the place it is near. */
export function guarded<T>(name: string, row: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof AppError) throw error
    const reason = error instanceof ArrowFault ? error.message : 'is damaged'
    throw unreadable(name, `its data ${reason} (near row ${formatCount(row + 1)}).`)
  }
}

/** One a row. */
function rejectsOf(file: string, faults: readonly CastFault[], rowStart: number): readonly BadRow[] {
  const rows = new Map<number, BadRow>()
  for (const { row, column, reason, text } of faults) {
    if (!rows.has(row)) rows.set(row, { file, line: rowStart + row + 1, column, reason, text })
  }
  return [...rows.values()]
}
