import type { ColumnPlan } from '#shared/model/import/tables.ts'
import type { TableBatch, TablePlan } from '../../parsing/index.ts'
import { unreadable } from '../errors.ts'
import { builtColumns, plansOf } from '../rows/plan.ts'
import { readRows } from '../rows/read-rows.ts'
import type { TargetColumn } from '../rows/table-writer.ts'
import { detectCsv } from './detect.ts'
import { detectCsvFormat, fillBlock, openCsv } from './open.ts'

export interface CsvTargets {
  readonly targets: readonly TargetColumn[]
  /** Cells of a row: one for each column of the file, and one for all that are planned and not in it. */
  readonly stride: number
}

/** Where planned columns find their values. Fails with `unreadable-source` where none of them is in the file. */
export function csvTargets(plan: TablePlan, columns: readonly ColumnPlan[], names: readonly string[]): CsvTargets {
  const cellOf = new Map(names.map((name, index) => [name, index]))
  const nowhere = names.length
  const targets = builtColumns(plan, columns).map(({ source, name, builder }) => ({
    name,
    builder,
    cell: cellOf.get(source) ?? nowhere,
  }))
  if (targets.every(({ cell }) => cell === nowhere)) {
    throw unreadable(plan.name, 'it has none of the planned columns.', 'Check its header and how it is read.')
  }
  return { targets, stride: nowhere + (targets.every(({ cell }) => cell !== nowhere) ? 0 : 1) }
}

/** Reads a CSV file. A planned column the file does not have is null. */
export async function* readCsv(plan: TablePlan, signal: AbortSignal): AsyncGenerator<TableBatch> {
  const columns = plan.columns ?? plansOf((await detectCsv(plan, plan.nullTokens)).columns, plan.nullTokens)
  const csv = await openCsv(plan, await detectCsvFormat(plan), plan.badRows === 'null')
  let found: CsvTargets
  try {
    found = csvTargets(plan, columns, csv.names)
  } catch (error) {
    await csv.close()
    throw error
  }
  const source = {
    block: csv.block,
    stride: found.stride,
    split: csv.splitter.split.bind(csv.splitter),
    readOn: (cells: Parameters<typeof fillBlock>[0]) => fillBlock(cells, csv.splitter, plan.name),
    bytesRead: csv.bytesRead,
    close: () => csv.close(),
  }
  yield* readRows(plan, source, found.targets, signal)
}
