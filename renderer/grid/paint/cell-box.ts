/** Where a cell lies on the canvas; `middle` is the y of its text. */
export interface CellBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly middle: number
  readonly alignEnd: boolean
}

/** Px between a cell's border and its text. */
export const CELL_PADDING = 8
