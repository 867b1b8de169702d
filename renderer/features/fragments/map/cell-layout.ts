/** Cells of a map in px of an unzoomed plot, by position. Rows of cells are cut off a plot that shrinks from the left and top. */
export interface CellLayout {
  readonly width: number
  readonly height: number
  readonly count: number
  /** Fragment (index into the model) at a position. */
  readonly order: Uint32Array
  /** Position of a fragment. */
  readonly position: Uint32Array
  readonly left: Float64Array
  readonly top: Float64Array
  readonly right: Float64Array
  readonly bottom: Float64Array
  readonly rows: readonly CellRow[]
}

/** Cells side by side: `start` up to the next row's start. */
interface CellRow {
  readonly start: number
  /** Corner of the plot that was left when the row was cut off; all later rows lie right of and below it. */
  readonly left: number
  readonly top: number
  /** Cells of a row follow each other from left to right, or from top to bottom. */
  readonly isAcross: boolean
}

/** Width to height that cells of a strip aim at: a little wide, so that they read as blocks on a disk. */
const CELL_ASPECT = 1.4

/**
 * Cells in the given order, line after line like text, area by weight. Lines differ in height as their cells need it,
 * so areas are exact.
 */
export function layoutStrip(weights: Float64Array, width: number, height: number): CellLayout {
  const cells = new CellBuilder(weights, width, height, undefined)
  const lines = Math.max(1, Math.round(Math.sqrt((weights.length * height * CELL_ASPECT) / Math.max(1, width))))
  const full = cells.total / lines
  let rest = cells.total
  let start = 0
  while (start < weights.length) {
    let sum = weights[start] ?? 0
    let end = start + 1
    // A cell belongs to the line its larger part falls into; a remainder below half a line is no line of its own.
    while (end < weights.length) {
      const weight = weights[end] ?? 0
      if (sum + weight / 2 > full && rest - sum > full / 2) break
      sum += weight
      end += 1
    }
    cells.addRow(start, end, sum, true)
    rest -= sum
    start = end
  }
  return cells.finish()
}

/** Squarified treemap (Bruls, Huizing, van Wijk): largest first, cells as square as can be. */
export function layoutSquares(weights: Float64Array, width: number, height: number): CellLayout {
  const order = Uint32Array.from(weights, (_, index) => index).sort(
    (a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b,
  )
  const cells = new CellBuilder(weights, width, height, order)
  let start = 0
  while (start < order.length) {
    const side = Math.min(cells.restWidth, cells.restHeight)
    const scale = cells.scale
    const largest = cells.weightAt(start) * scale
    let sum = largest
    let end = start + 1
    let worst = worstRatio(sum, largest, largest, side)
    while (end < order.length) {
      const next = cells.weightAt(end) * scale
      const ratio = worstRatio(sum + next, largest, next, side)
      if (ratio > worst) break
      worst = ratio
      sum += next
      end += 1
    }
    cells.addRow(start, end, sum / scale, cells.restWidth < cells.restHeight)
    start = end
  }
  return cells.finish()
}

/** The least square cell of a row: areas between `largest` and `smallest`, `sum` together, along a side. */
function worstRatio(sum: number, largest: number, smallest: number, side: number): number {
  const square = side * side
  return Math.max((square * largest) / (sum * sum), (sum * sum) / (square * smallest))
}

/** Cuts rows off a plot, one after the other. */
class CellBuilder {
  readonly total: number
  private readonly rows: CellRow[] = []
  private readonly edges: Record<'left' | 'top' | 'right' | 'bottom', Float64Array>
  private readonly order: Uint32Array
  private x = 0
  private y = 0
  private rest: number

  private readonly weights: Float64Array
  private readonly width: number
  private readonly height: number

  constructor(weights: Float64Array, width: number, height: number, order: Uint32Array | undefined) {
    this.weights = weights
    this.width = width
    this.height = height
    const count = weights.length
    this.order = order ?? Uint32Array.from({ length: count }, (_, index) => index)
    this.total = weights.reduce((sum, weight) => sum + weight, 0)
    this.rest = this.total
    const edge = (): Float64Array => new Float64Array(count)
    this.edges = { left: edge(), top: edge(), right: edge(), bottom: edge() }
  }

  get restWidth(): number {
    return this.width - this.x
  }

  get restHeight(): number {
    return this.height - this.y
  }

  /** Area of one unit of weight in what is left. */
  get scale(): number {
    return (this.restWidth * this.restHeight) / Math.max(Number.MIN_VALUE, this.rest)
  }

  weightAt(position: number): number {
    return this.weights[this.order[position] ?? 0] ?? 0
  }

  /** `isAcross`: a line at the top of what is left; otherwise a column at its left. */
  addRow(start: number, end: number, sum: number, isAcross: boolean): void {
    this.rows.push({ start, left: this.x, top: this.y, isAcross })
    const isLast = end === this.weights.length
    const length = isAcross ? this.restWidth : this.restHeight
    const room = isAcross ? this.restHeight : this.restWidth
    const thickness = isLast ? room : (room * sum) / this.rest
    const near = isAcross ? this.y : this.x
    const { left, top, right, bottom } = this.edges
    const [from, to, side, far] = isAcross ? [left, right, top, bottom] : [top, bottom, left, right]
    let at = isAcross ? this.x : this.y
    for (let position = start; position < end; position++) {
      const next = at + (length * this.weightAt(position)) / sum
      from[position] = at
      to[position] = next
      side[position] = near
      far[position] = near + thickness
      at = next
    }
    if (isAcross) this.y += thickness
    else this.x += thickness
    this.rest -= sum
  }

  finish(): CellLayout {
    const position = new Uint32Array(this.order.length)
    this.order.forEach((fragment, at) => {
      position[fragment] = at
    })
    const { width, height, order, rows } = this
    return { width, height, count: order.length, order, position, ...this.edges, rows }
  }
}

/** Position of the cell at a point of the unzoomed plot; undefined outside. O(log n): rows nest, cells of a row follow. */
export function cellAt(layout: CellLayout, x: number, y: number): number | undefined {
  if (x < 0 || y < 0 || x >= layout.width || y >= layout.height) return undefined
  const { rows } = layout
  let low = 0
  let high = rows.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const row = rows[middle]
    if (row !== undefined && x >= row.left && y >= row.top) low = middle
    else high = middle - 1
  }
  const row = rows[low]
  if (row === undefined) return undefined
  const ends = row.isAcross ? layout.right : layout.bottom
  const at = row.isAcross ? x : y
  let first = row.start
  let last = (rows[low + 1]?.start ?? layout.count) - 1
  while (first < last) {
    const middle = (first + last) >> 1
    if (at < (ends[middle] ?? 0)) last = middle
    else first = middle + 1
  }
  return first
}

export type CellKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

/** Position of the cell beside another one; undefined at the edge of the plot. */
export function neighbourCell(layout: CellLayout, position: number, key: CellKey): number | undefined {
  const [left, top, right, bottom] = [layout.left, layout.top, layout.right, layout.bottom].map(
    (edge) => edge[position] ?? 0,
  ) as [number, number, number, number]
  const step = 1e-9 * Math.max(layout.width, layout.height)
  switch (key) {
    case 'ArrowLeft':
      return cellAt(layout, left - step, (top + bottom) / 2)
    case 'ArrowRight':
      return cellAt(layout, right + step, (top + bottom) / 2)
    case 'ArrowUp':
      return cellAt(layout, (left + right) / 2, top - step)
    case 'ArrowDown':
      return cellAt(layout, (left + right) / 2, bottom + step)
  }
}
