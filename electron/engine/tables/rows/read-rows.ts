import { setImmediate } from 'node:timers/promises'
import type { TableBatch, TablePlan } from '../../parsing/index.ts'
import type { Block } from '../bytes/block.ts'
import { Cells } from '../bytes/cells.ts'
import { TableWriter, type TargetColumn } from './table-writer.ts'

/** Rows between two looks at the signal. */
const STEP_ROWS = 8192
/** Most cells of them: rows of very wide tables may be all but empty. */
const STEP_CELLS = 2_000_000

/** A text source at its first row. */
export interface RowSource {
  readonly block: Block
  /** Cells of a row. */
  readonly stride: number
  /** Splits at most `limit` rows of the block off; returns how many there were, good and bad. */
  split(cells: Cells, limit: number): number
  /** Reads on, or gives a row up that has become too large; returns how many it gave up. */
  readOn(cells: Cells): Promise<number>
  bytesRead(): number
  /** No further row is to be read, though the source goes on; of parts of a source. */
  isOver?(): boolean
  close(): Promise<void>
}

/** Reads a source in bounded memory, batch by batch, and closes it. */
export async function* readRows(
  plan: TablePlan,
  source: RowSource,
  targets: readonly TargetColumn[],
  signal: AbortSignal,
): AsyncGenerator<TableBatch> {
  try {
    const cells = new Cells(source.block, source.stride)
    const writer = new TableWriter(plan.name, targets, plan.badRows)
    const step = Math.max(1, Math.min(STEP_ROWS, Math.floor(STEP_CELLS / source.stride)))
    const end = plan.maxRows === undefined ? Infinity : plan.skipRows + plan.maxRows
    // What was read ahead belongs to later rows: previews foretell the rows of a file by it.
    const bytesBehind = (): number => Math.round(source.bytesRead() * source.block.share)
    const isOver = (): boolean => source.isOver?.() === true
    while (writer.sourceRows < end && !signal.aborted && !isOver()) {
      cells.clear()
      const isSkipping = writer.sourceRows < plan.skipRows
      const most = isSkipping ? plan.skipRows - writer.sourceRows : Math.min(writer.room, end - writer.sourceRows)
      let taken = source.split(cells, Math.min(step, most))
      if (taken === 0) {
        if (source.block.isLast || isOver()) break
        taken = await source.readOn(cells)
      }
      writer.sourceRows += taken
      if (isSkipping) continue
      writer.append(cells)
      if (!writer.isFull) continue
      yield writer.take(bytesBehind())
      // Lets what was asked meanwhile, and the rows just made, through.
      await setImmediate()
    }
    if (!writer.isEmpty && !signal.aborted) yield writer.take(bytesBehind())
  } finally {
    await source.close()
  }
}
