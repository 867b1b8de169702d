import type { GridSelection } from '#renderer/grid/types.ts'

/** Most cells one copy takes: what a clipboard and a spreadsheet still handle. */
export const COPY_CELLS_MAX = 100_000

/** What a selection covers. Rows are 0-based view rows in order. */
export interface CopyPlan {
  readonly rows: readonly number[]
  readonly columns: readonly string[]
  /** False for cells that lie between several selected ranges but in none. */
  includes(row: number, column: number): boolean
}

export type CopyPlanResult =
  { readonly ok: true; readonly plan: CopyPlan } | { readonly ok: false; readonly cells: number }

interface Box {
  readonly rowStart: number
  readonly rowEnd: number
  readonly columnStart: number
  readonly columnEnd: number
}

/** Rows and columns of a selection; refused, with the number of cells, when there are more than {@link COPY_CELLS_MAX}. */
export function planCopy(selection: GridSelection, columnIds: readonly string[]): CopyPlanResult {
  const boxes = boxesOf(selection)
  // Counted before anything is listed: a selected column may have a billion rows.
  const columns = distinct(boxes.map((box) => [box.columnStart, Math.min(box.columnEnd, columnIds.length)]))
  const rowCount = coveredLength(boxes.map((box) => [box.rowStart, box.rowEnd]))
  if (rowCount * columns.length > COPY_CELLS_MAX) return { ok: false, cells: rowCount * columns.length }
  const rows = distinct(boxes.map((box) => [box.rowStart, box.rowEnd]))
  return {
    ok: true,
    plan: {
      rows,
      columns: columns.map((index) => columnIds[index] ?? ''),
      includes: (row, column) => {
        const columnIndex = columns[column] ?? -1
        return boxes.some(
          (box) =>
            row >= box.rowStart && row < box.rowEnd && columnIndex >= box.columnStart && columnIndex < box.columnEnd,
        )
      },
    },
  }
}

/** Rows as runs of neighbours, so that each run is read in pages. `end` is exclusive. */
export function runsOf(
  rows: readonly number[],
  lengthMax: number,
): readonly { readonly start: number; readonly end: number }[] {
  const runs: { start: number; end: number }[] = []
  for (const row of rows) {
    const last = runs.at(-1)
    if (last !== undefined && last.end === row && last.end - last.start < lengthMax) last.end += 1
    else runs.push({ start: row, end: row + 1 })
  }
  return runs
}

/** Rows any cell of a selection is in, as runs in order; `end` is exclusive. */
export function selectedRuns(selection: GridSelection): readonly { readonly start: number; readonly end: number }[] {
  return merged(boxesOf(selection).map((box) => [box.rowStart, box.rowEnd])).map(([start, end]) => ({ start, end }))
}

function boxesOf({ active, ranges }: GridSelection): readonly Box[] {
  const all = ranges.length === 0 ? [{ from: active, to: active }] : ranges
  return all.map(({ from, to }) => ({
    rowStart: Math.min(from.row, to.row),
    rowEnd: Math.max(from.row, to.row) + 1,
    columnStart: Math.min(from.column, to.column),
    columnEnd: Math.max(from.column, to.column) + 1,
  }))
}

type Span = readonly [start: number, end: number]

function distinct(spans: readonly Span[]): readonly number[] {
  return merged(spans).flatMap(([start, end]) => Array.from({ length: end - start }, (_, index) => start + index))
}

function coveredLength(spans: readonly Span[]): number {
  return merged(spans).reduce((sum, [start, end]) => sum + end - start, 0)
}

function merged(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = []
  for (const [start, end] of spans.filter(([from, to]) => to > from).toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last !== undefined && start <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], end)]
    else result.push([start, end])
  }
  return result
}
