import type { TableBatch, TablePlan } from '../../parsing/index.ts'
import { unreadable } from '../errors.ts'
import { builtColumns, plansOf } from '../rows/plan.ts'
import { readRows } from '../rows/read-rows.ts'
import { detectCsv } from './detect.ts'
import { detectCsvFormat, fillBlock, openCsv } from './open.ts'

/** Reads a CSV file. A planned column the file does not have is null. */
export async function* readCsv(plan: TablePlan, signal: AbortSignal): AsyncGenerator<TableBatch> {
  const columns = plan.columns ?? plansOf((await detectCsv(plan, plan.nullTokens)).columns, plan.nullTokens)
  const wanted = builtColumns(plan, columns)
  const csv = await openCsv(plan, await detectCsvFormat(plan), plan.badRows === 'null')
  const cellOf = new Map(csv.names.map((name, index) => [name, index]))
  const nowhere = csv.names.length
  const targets = wanted.map(({ source, name, builder }) => ({ name, builder, cell: cellOf.get(source) ?? nowhere }))
  if (targets.every(({ cell }) => cell === nowhere)) {
    await csv.close()
    throw unreadable(plan.name, 'it has none of the planned columns.', 'Check its header and how it is read.')
  }
  const isComplete = targets.every(({ cell }) => cell !== nowhere)
  const source = {
    block: csv.block,
    stride: nowhere + (isComplete ? 0 : 1),
    split: csv.splitter.split.bind(csv.splitter),
    readOn: (cells: Parameters<typeof fillBlock>[0]) => fillBlock(cells, csv.splitter, plan.name),
    bytesRead: csv.bytesRead,
    close: () => csv.close(),
  }
  yield* readRows(plan, source, targets, signal)
}
