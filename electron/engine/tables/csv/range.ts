import type { RangeBatch, RangePlan, TableLayout, TablePlan } from '../../parsing/index.ts'
import { isPlainUtf8, markLength } from '../bytes/encoding.ts'
import { unreadable } from '../errors.ts'
import { readRangeRows, wholePlan } from '../rows/range.ts'
import { detectCsvFormat, fillBlock, marksOf, openCsv } from './open.ts'
import { csvTargets } from './read.ts'
import { CsvSplitter } from './split.ts'

const LF = 10

/** Where the rows of a CSV file begin; undefined where it is not UTF-8 with line feeds, and cannot be entered anywhere. */
export async function csvLayout(plan: TablePlan): Promise<TableLayout | undefined> {
  const format = await detectCsvFormat(plan)
  if (!isPlainUtf8(format.encoding)) return undefined
  const csv = await openCsv(plan, format, false)
  try {
    const { block, names, reading, splitter } = csv
    if (!block.bytes.subarray(0, block.end).includes(LF)) return undefined
    const start = (await markLength(plan.path)) + block.received - (block.end - block.start)
    return { reading, names, start, line: splitter.line }
  } finally {
    await csv.close()
  }
}

export function readCsvRange(plan: RangePlan, signal: AbortSignal): AsyncGenerator<RangeBatch> {
  const { names, reading } = plan.layout
  const { delimiter, quote = '', comment = '', shortRows = 'null' } = reading
  if (delimiter === undefined) throw unreadable(plan.name, 'it has no delimiter.')
  const marks = marksOf({ delimiter, quote, comment, shortRows })
  const splitter = new CsvSplitter({ ...marks, columns: names.length, keepsRagged: plan.badRows === 'null' })
  const { targets, stride } = csvTargets(wholePlan(plan), plan.columns ?? [], names)
  return readRangeRows(
    plan,
    { splitter, targets, stride, readOn: (cells) => fillBlock(cells, splitter, plan.name) },
    signal,
  )
}
