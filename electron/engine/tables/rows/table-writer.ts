import type { BadRow, BadRowPolicy } from '#shared/model/import/tables.ts'
import type { TableBatch } from '../../parsing/index.ts'
import type { Cells, Fault } from '../bytes/cells.ts'
import type { ColumnBuilder } from '../columns/column.ts'
import { badRowsError, exampleOf, MAX_EXAMPLES } from './bad-rows.ts'
import { toIpcFile } from './ipc.ts'

const BATCH_ROWS = 65_536
const BATCH_BYTES = 16 * 1024 ** 2
const MAX_REJECT_BYTES = 4 * 1024 ** 2
const MAX_REJECTS = 10_000

export interface TargetColumn {
  /** Index among the cells of a row. */
  readonly cell: number
  /** Name in the dataset. */
  readonly name: string
  readonly builder: ColumnBuilder
}

/** Gathers rows into batches and does with bad ones what the policy says. */
export class TableWriter {
  /** Rows of the source, good and bad, so far; set by who reads them. */
  sourceRows = 0
  #rows = 0
  #short = 0
  #comments = 0
  #rejects: BadRow[] = []
  #rejectBytes = 0
  readonly #name: string
  readonly #columns: readonly TargetColumn[]
  readonly #policy: BadRowPolicy

  constructor(name: string, columns: readonly TargetColumn[], policy: BadRowPolicy) {
    this.#name = name
    this.#columns = columns
    this.#policy = policy
  }

  get isFull(): boolean {
    return (
      this.#rows >= BATCH_ROWS ||
      this.#rejects.length >= MAX_REJECTS ||
      this.#rejectBytes >= MAX_REJECT_BYTES ||
      this.#columns.reduce((sum, { builder }) => sum + builder.byteLength, 0) >= BATCH_BYTES
    )
  }

  get isEmpty(): boolean {
    return this.#rows === 0 && this.#rejects.length === 0
  }

  /** Rows that still fit. */
  get room(): number {
    return BATCH_ROWS - this.#rows
  }

  /** Appends rows; cells of bad ones are dropped from `cells`. Fails with `bad-rows` where the policy is to stop. */
  append(cells: Cells): void {
    this.#appendAll(cells)
    this.#short += cells.short
    this.#comments += cells.comments
    if (cells.faults.length > 0) this.#settle(cells)
    this.#rows += cells.rows
  }

  #appendAll(cells: Cells): void {
    for (const { builder, cell } of this.#columns) builder.append(cells, cell)
  }

  #settle(cells: Cells): void {
    const faults = cells.faults.sort((left, right) => left.line - right.line)
    const [first] = faults
    if (this.#policy === 'stop' && first !== undefined)
      throw badRowsError({ ...this.#badRow(first), text: textOf(cells, first) })
    const told = new Set<number>()
    for (const fault of faults) {
      if (told.has(fault.line)) continue
      told.add(fault.line)
      const text = textOf(cells, fault)
      this.#rejectBytes += text.length
      this.#rejects.push({ ...this.#badRow(fault), text })
    }
    cells.faults = []
    if (this.#policy === 'null') return
    // Appended once more without the bad rows: they are few, and telling them before would cost every row.
    const bad = [...new Set(faults.flatMap(({ row }) => (row === undefined ? [] : [row])))].sort((a, b) => a - b)
    if (bad.length === 0) return
    for (const { builder } of this.#columns) builder.cut(this.#rows)
    cells.remove(bad)
    this.#appendAll(cells)
    cells.faults = []
  }

  #badRow({ line, column, reason }: Fault): Omit<BadRow, 'text'> {
    return { file: this.#name, line, ...(column === undefined ? {} : { column }), reason }
  }

  /** What was gathered since the last batch. */
  take(bytesRead: number): TableBatch {
    const rejects = this.#rejects
    const rows = this.#rows
    const counts = { shortRows: this.#short, commentLines: this.#comments }
    const arrow =
      rows === 0
        ? new Uint8Array(0)
        : toIpcFile(this.#columns.map(({ name, builder }) => ({ name, batch: builder.take() })))
    this.#rejects = []
    this.#rejectBytes = 0
    this.#rows = 0
    this.#short = 0
    this.#comments = 0
    return {
      ...counts,
      arrow,
      rows,
      rejects,
      badRows: rejects.slice(0, MAX_EXAMPLES).map(exampleOf),
      badCount: rejects.length,
      sourceRows: this.sourceRows,
      bytesRead,
    }
  }
}

function textOf({ block }: Cells, { start, end }: Fault): string {
  return block.bytes.toString('utf8', start, end)
}
