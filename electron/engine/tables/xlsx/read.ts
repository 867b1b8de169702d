import type { TableReading } from '#shared/model/import/tables.ts'
import type { DetectedTable, TableBatch, TablePlan, TableSource } from '../../parsing/index.ts'
import { Block } from '../bytes/block.ts'
import type { Cells } from '../bytes/cells.ts'
import { describeText } from '../csv/detect.ts'
import { looksLikeHeader } from '../csv/dialect.ts'
import { uniqueNames } from '../csv/names.ts'
import { builtColumns, plansOf } from '../rows/plan.ts'
import { readRows } from '../rows/read-rows.ts'
import { openSheet, type Sheet } from './sheet.ts'

const SAMPLE_ROWS = 1000
const HEAD_ROWS = 100
const TAB = 9

interface Layout {
  readonly names: readonly string[]
  readonly notes: ReadonlyMap<number, string>
  /** First row of values, counted from 0. */
  readonly firstRow: number
  readonly reading: TableReading
}

/** Finds the row of names: above it are only rows that are half empty. */
function layoutOf(sheet: Sheet, told: TableReading): Layout {
  const head = Array.from({ length: Math.min(HEAD_ROWS, sheet.rows) }, (_, row) => sheet.row(row))
  const filled = head.map((row) => row.filter((cell) => cell !== null).length)
  const full = filled.findIndex((cells) => cells > sheet.columns / 2)
  const skipLines = told.skipLines ?? Math.max(0, full)
  const body = head.slice(skipLines).map((row) => ({ cells: row.map((cell) => cell ?? '') }))
  const hasHeader = told.hasHeader ?? looksLikeHeader(body)
  const first = Array.from({ length: sheet.columns }, (_, column) => body[0]?.cells[column] ?? '')
  const unique = uniqueNames(hasHeader ? first : first.map(() => ''))
  return {
    names: unique.names,
    notes: hasHeader ? unique.notes : new Map(),
    firstRow: skipLines + (hasHeader ? 1 : 0),
    reading: { ...told, sheet: sheet.name, skipLines, hasHeader },
  }
}

/** Rows that are not empty, from one on. */
function* filledRows(
  sheet: Sheet,
  firstRow: number,
): Generator<{ readonly line: number; readonly cells: readonly (string | null)[] }> {
  for (let row = firstRow; row < sheet.rows; row++) {
    const cells = sheet.row(row)
    if (cells.some((cell) => cell !== null)) yield { line: row + 1, cells }
  }
}

/** Types of a sheet's columns from its first rows. */
export async function detectXlsx(source: TableSource, nullTokens: readonly string[]): Promise<DetectedTable> {
  const sheet = await openSheet(source.path, source.name, source.reading.sheet)
  const layout = layoutOf(sheet, source.reading)
  const columns: (string | null)[][] = layout.names.map(() => [])
  let rows = 0
  for (const { cells } of filledRows(sheet, layout.firstRow)) {
    if (rows++ < SAMPLE_ROWS) for (const [index, values] of columns.entries()) values.push(cells[index] ?? null)
  }
  const others = sheet.names.length - 1
  return {
    columns: layout.names.map((name, index) =>
      describeText(name, columns[index] ?? [], nullTokens, layout.notes.get(index), 'cells'),
    ),
    reading: layout.reading,
    rows,
    problems: [
      {
        severity: 'note',
        message: `The sheet "${sheet.name}" is read${others === 0 ? '' : `; the workbook has ${others} more`}.`,
      },
    ],
    sampled: Math.min(rows, SAMPLE_ROWS),
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // The cells come from the workbook.
}

export async function* readXlsx(plan: TablePlan, signal: AbortSignal): AsyncGenerator<TableBatch> {
  const columns = plan.columns ?? plansOf((await detectXlsx(plan, plan.nullTokens)).columns, plan.nullTokens)
  const wanted = builtColumns(plan, columns)
  const sheet = await openSheet(plan.path, plan.name, plan.reading.sheet)
  const layout = layoutOf(sheet, plan.reading)
  const rows = filledRows(sheet, layout.firstRow)
  const block = new Block(nothing())
  block.isLast = true
  const stride = layout.names.length + 1
  const split = (cells: Cells, limit: number): number => {
    block.reset()
    let taken = 0
    for (; taken < limit; taken++) {
      const next = rows.next()
      if (next.done === true) break
      putRow(cells, next.value.line, next.value.cells)
    }
    return taken
  }
  const places = new Map(layout.names.map((name, index) => [name, index]))
  const targets = wanted.map(({ source, name, builder }) => ({ name, builder, cell: places.get(source) ?? stride - 1 }))
  const source = {
    block,
    stride,
    split,
    readOn: async () => 0,
    bytesRead: () => sheet.byteLength,
    close: async () => undefined,
  }
  yield* readRows(plan, source, targets, signal)
}

/** Writes the cells of a row behind each other, with tabs between, as it is told when it is bad. */
function putRow(cells: Cells, line: number, row: readonly (string | null)[]): void {
  const { block } = cells
  const at = cells.begin()
  const rowStart = block.reserve(0)
  for (const [column, text] of row.entries()) {
    const bytes = Buffer.from(`${text ?? ''}\t`)
    const start = block.reserve(bytes.length)
    block.bytes.set(bytes, start)
    if (text === null) continue
    cells.starts[at + column] = start
    cells.ends[at + column] = start + bytes.length - 1
  }
  const rowEnd = block.reserve(0)
  cells.finish(line, rowStart, Math.max(rowStart, block.bytes[rowEnd - 1] === TAB ? rowEnd - 1 : rowEnd))
}
