import type { RangeBatch, RangePlan, TableLayout, TablePlan } from '../../parsing/index.ts'
import { MAX_ROW_BYTES } from '../bytes/block.ts'
import { isPlainUtf8, markLength } from '../bytes/encoding.ts'
import { rowTooLarge } from '../errors.ts'
import { builtColumns } from '../rows/plan.ts'
import { readRangeRows, wholePlan } from '../rows/range.ts'
import { Keys } from './keys.ts'
import { openJson } from './open.ts'
import { keysOf } from './read.ts'
import { LineSplitter } from './split.ts'

/** Where the rows of a JSON Lines file begin; undefined where it is not UTF-8. */
export async function jsonLayout(plan: TablePlan): Promise<TableLayout | undefined> {
  const json = await openJson(plan, new Keys())
  try {
    if (json.records !== undefined || !isPlainUtf8(json.encoding)) return undefined
    const reading = { ...plan.reading, encoding: json.encoding }
    return { reading, names: [], start: await markLength(plan.path), line: 1 }
  } finally {
    await json.close()
  }
}

export function readJsonRange(plan: RangePlan, signal: AbortSignal): AsyncGenerator<RangeBatch> {
  const columns = plan.columns ?? []
  const wanted = builtColumns(wholePlan(plan), columns)
  const splitter = new LineSplitter({ keys: keysOf(columns, wanted) })
  const targets = wanted.map(({ name, builder }, cell) => ({ name, builder, cell }))
  return readRangeRows(
    plan,
    {
      splitter,
      targets,
      stride: wanted.length,
      readOn: async (_cells, block) => {
        if (block.end - block.start > MAX_ROW_BYTES) throw rowTooLarge(plan.name, splitter.line, MAX_ROW_BYTES)
        await block.fill()
        return 0
      },
    },
    signal,
  )
}
