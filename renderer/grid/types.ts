import type { ReactNode, Ref } from 'react'

/** What a cell looks like. The grid draws this and knows nothing of where it comes from. */
export type Cell =
  | PlainCell
  /** A value that took another's place: both are drawn, the former above. Meant for rows of `TALL_ROW_HEIGHT`. */
  | { readonly kind: 'change'; readonly before: PlainCell; readonly after: PlainCell }

/** A cell of one value. */
export type PlainCell =
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
      /** Drawn in place of `text`; the name of the cell stays `text`. */
      readonly marked?: MarkedText
    }
  | { readonly kind: 'vector'; readonly values: ArrayLike<number>; readonly text: string; readonly note?: string }
  | { readonly kind: 'image'; readonly url: string; readonly text: string }

/**
 * A text with stretches on a coloured ground. When the first lies out of sight, the text is drawn from near it; ranges that
 * are not in sight, those beyond the end of the text too, are told by a bar at the cell's end.
 */
export interface MarkedText {
  readonly text: string
  /** UTF-16 ranges [start, end), ascending. */
  readonly ranges: readonly (readonly [start: number, end: number])[]
}

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

/** How a row or column differs from what it is compared with. */
export type ChangeMark = 'added' | 'removed' | 'changed'

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
  /** Tints the header. */
  readonly mark?: ChangeMark
}

/**
 * Rows on demand. Row numbers are 0-based and exact up to 2^53. `cell` never waits: what is not there is `loading`.
 * The source decides when to fetch; the grid only tells which window it shows.
 */
export interface GridSource {
  readonly rowCount: number
  cell(row: number, columnId: string): Cell
  /** Tints the row's number; absent for sources whose rows are just rows. */
  rowMark?(row: number): ChangeMark | undefined
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

/** Selected cells. The last range is the one being changed; `active` is the cell with the focus ring. */
export interface GridSelection {
  readonly active: CellPosition
  readonly ranges: readonly CellRange[]
}

/** A click that asks for a menu. `clientX`/`clientY` are viewport pixels, also for the keyboard's menu key. */
export interface GridMenuRequest {
  readonly position: CellPosition
  readonly columnId: string
  readonly clientX: number
  readonly clientY: number
}

export interface GridProps {
  /** Accessible name of the grid. */
  readonly label: string
  readonly columns: readonly GridColumn[]
  /** A new source object means new rows: the view goes to the top and the selection is dropped. */
  readonly source: GridSource
  /** Layout to start from and whenever the owner changes it; absent = columns as given. */
  readonly layout?: ColumnLayout
  readonly onLayoutChange?: (layout: ColumnLayout) => void
  readonly sort?: readonly SortState[]
  /** Header clicked; `additive` with Shift held. The owner decides the next state. */
  readonly onSort?: (columnId: string, additive: boolean) => void
  /** Enter or double click. */
  readonly onOpen?: (position: CellPosition, columnId: string) => void
  readonly onActiveChange?: (position: CellPosition, columnId: string) => void
  readonly onSelectionChange?: (selection: GridSelection) => void
  readonly onContextMenu?: (request: GridMenuRequest) => void
  /** Copy asked for (Ctrl+C). `columnIds` are the visible columns in order, to which the ranges' columns refer. */
  readonly onCopy?: (selection: GridSelection, columnIds: readonly string[]) => void
  /** Header's menu button pressed, or menu key on a header. */
  readonly onHeaderMenu?: (columnId: string, anchor: HTMLElement) => void
  /** Height of every row in px; `ROW_HEIGHT` unless told. */
  readonly rowHeight?: number
  /** Small picture before the title, such as the type's icon. */
  readonly renderHeaderIcon?: (column: GridColumn) => ReactNode
  /** Third header line, such as a histogram; given, the header grows to make room. */
  readonly renderHeaderDetail?: (column: GridColumn) => ReactNode
  /** Shown in place of rows when there are none. */
  readonly empty?: ReactNode
  /** Text in the corner above the row numbers, such as the row count. */
  readonly corner?: string
  readonly ref?: Ref<GridHandle>
}

/** What the owner may ask of a mounted grid. Rows are 0-based. */
export interface GridHandle {
  focus(): void
  /** Makes the cell active and visible; the column stays as it is when absent. */
  goTo(row: number, columnId?: string): void
  /** Scrolls so that the row is the first on screen, as far as the rows reach. The cursor stays where it is. */
  scrollToRow(row: number): void
  /** Widens or narrows the column to its title and the cells on screen. */
  autoFit(columnId: string): void
  selection(): GridSelection
  /** Visible columns in display order. */
  columnIds(): readonly string[]
  /** First and one past the last row on screen. */
  visibleRows(): { readonly rowStart: number; readonly rowEnd: number }
}
