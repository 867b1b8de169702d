/** What a cell looks like. The grid draws this and knows nothing of where it comes from. */
export type Cell =
  /** Not here yet. */
  | { readonly kind: 'loading' }
  /** Could not be fetched; a click asks again. */
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'null' }
  | {
      readonly kind: 'text'
      readonly text: string
      readonly tone: Tone
      /** Small grey note after the text, such as `100 kB` or `10,000 items`. */
      readonly note?: string
    }
  | { readonly kind: 'vector'; readonly values: ArrayLike<number>; readonly text: string; readonly note?: string }
  | { readonly kind: 'image'; readonly url: string; readonly text: string }

export type Tone =
  | 'plain'
  | 'string'
  | 'number'
  | 'boolean'
  | 'temporal'
  | 'nested'
  | 'binary'
  /** Values that are easily mistaken for nothing: empty string, NaN. */
  | 'special'

export interface GridColumn {
  /** Unique within the grid. */
  readonly id: string
  readonly title: string
  /** Second header line, such as the type. */
  readonly subtitle: string
  /** Longer text for the header's tooltip. */
  readonly description?: string
  readonly align: 'start' | 'end'
  readonly defaultWidth: number
  readonly sortable: boolean
}

/**
 * Rows on demand. Row numbers are 0-based and exact up to 2^53. `cell` never waits: what is not there is `loading`.
 * The source decides when to fetch; the grid only tells which window it shows.
 */
export interface GridSource {
  readonly rowCount: number
  cell(row: number, columnId: string): Cell
  /** The visible window, rows [rowStart, rowEnd); the newest call wins over earlier ones. */
  show(rowStart: number, rowEnd: number, columnIds: readonly string[]): void
  /** Asks again for a row whose cells are errors. */
  retry(row: number): void
  /** Called whenever cells may have changed; returns the function that stops it. */
  subscribe(listener: () => void): () => void
}

/** 0-based cell position: `column` counts visible columns in display order. */
export interface CellPosition {
  readonly row: number
  readonly column: number
}

/** A rectangle of cells; both ends inclusive, in any order. */
export interface CellRange {
  readonly from: CellPosition
  readonly to: CellPosition
}

export interface SortState {
  readonly columnId: string
  readonly descending: boolean
}

/** Column layout a person made; stored by the owner of the grid. */
export interface ColumnLayout {
  readonly order: readonly string[]
  readonly hidden: readonly string[]
  readonly pinned: readonly string[]
  readonly widths: Readonly<Record<string, number>>
}
