import { screenX, type PlacedColumn } from './layout.ts'
import { isSelected } from './selection.ts'
import type { Cell, GridSelection, GridSource } from './types.ts'
import { rowY, visibleColumns, visibleRows, type Viewport } from './viewport.ts'

export interface MirrorScene {
  readonly view: Viewport
  readonly source: GridSource
  readonly selection: GridSelection
}

interface MirrorRow {
  readonly element: HTMLElement
  readonly cells: HTMLElement[]
}

/** Longest stretch of work at a time. */
const SLICE_MS = 6
/** Longest name given to a cell; the inspector has the rest. */
const MAX_NAME_LENGTH = 300

/**
 * Invisible elements where the painted cells are: what assistive technology reads, and real boxes for tests. Elements
 * are reused, and rebuilt only when scrolling rests, so scrolling costs nothing.
 */
export class Mirror {
  private readonly element: HTMLElement
  private readonly activeId: string
  private readonly rows: MirrorRow[] = []
  private activeCell: HTMLElement | undefined
  /** Row on screen to work off next. */
  private next = 0

  constructor(element: HTMLElement, activeId: string) {
    this.element = element
    this.activeId = activeId
  }

  /** Takes the elements out of the accessibility tree while they no longer match what is painted. */
  hide(): void {
    this.element.style.visibility = 'hidden'
  }

  /**
   * Makes the elements match. Works off rows in slices of a few milliseconds, so that a screen of thousands of cells
   * delays no frame: call again while it answers false. A new scene starts over.
   */
  sync(scene: MirrorScene, restart: boolean): boolean {
    const { view } = scene
    const { rowStart, rowEnd } = visibleRows(view)
    const columns = visibleColumns(view)
    if (restart) {
      this.next = 0
      this.element.style.width = `${view.width}px`
      this.element.style.height = `${view.height - view.headerHeight}px`
      for (const { element, cells } of this.rows.slice(rowEnd - rowStart)) {
        element.hidden = true
        for (const cell of cells) setId(cell, '')
      }
    }
    const deadline = performance.now() + SLICE_MS
    while (rowStart + this.next < rowEnd) {
      this.syncRow(this.row(this.next, columns.length), rowStart + this.next, columns, scene)
      this.next++
      if (performance.now() > deadline && rowStart + this.next < rowEnd) return false
    }
    // Only now, so that nobody meets a row that still tells of another place.
    this.element.style.visibility = ''
    return true
  }

  private syncRow(
    { element, cells }: MirrorRow,
    row: number,
    columns: readonly PlacedColumn[],
    { view, source, selection }: MirrorScene,
  ): void {
    element.hidden = false
    place(element, 0, rowY(view, row) - view.headerHeight, view.width, view.rowHeight)
    // Row 1 is the header.
    element.setAttribute('aria-rowindex', String(row + 2))
    setData(element, 'mark', source.rowMark?.(row))
    cells.forEach((cell, position) => {
      const column = columns[position]
      cell.hidden = column === undefined
      if (column === undefined) {
        setId(cell, '')
        return
      }
      const isActive = row === selection.active.row && column.index === selection.active.column
      place(cell, screenX(column, view.left), 0, column.width, view.rowHeight)
      cell.setAttribute('aria-colindex', String(column.index + 1))
      this.describe(cell, source.cell(row, column.id))
      setFlag(cell, 'aria-selected', isActive || isSelected(selection, row, column.index))
      if (isActive) this.markActive(cell)
      else setId(cell, '')
    })
  }

  /** The id goes from cell to cell: while the mirror is made in slices, the former one must not keep it. */
  private markActive(cell: HTMLElement): void {
    if (this.activeCell !== undefined && this.activeCell !== cell && this.activeCell.id === this.activeId)
      setId(this.activeCell, '')
    this.activeCell = cell
    setId(cell, this.activeId)
  }

  /** The element of the nth row on screen with at least that many cells. */
  private row(number: number, columnCount: number): MirrorRow {
    const known = this.rows[number]
    const row = known ?? { element: document.createElement('div'), cells: [] }
    if (known === undefined) {
      row.element.setAttribute('role', 'row')
      this.element.append(row.element)
      this.rows.push(row)
    }
    while (row.cells.length < columnCount) {
      const cell = document.createElement('div')
      cell.setAttribute('role', 'gridcell')
      row.element.append(cell)
      row.cells.push(cell)
    }
    return row
  }

  private describe(element: HTMLElement, cell: Cell): void {
    const name = nameOf(cell)
    if (element.textContent !== name) element.textContent = name
    if (element.dataset['kind'] !== cell.kind) element.dataset['kind'] = cell.kind
    setFlag(element, 'aria-busy', cell.kind === 'loading')
    setFlag(element, 'aria-invalid', cell.kind === 'error')
  }
}

/** What a screen reader says for a cell. */
export function nameOf(cell: Cell): string {
  switch (cell.kind) {
    case 'loading':
      return 'loading'
    case 'error':
      return `Could not be read: ${cell.message}. Click or press Enter to try again.`
    case 'null':
      return 'NULL'
    case 'change':
      return `changed from ${nameOf(cell.before)} to ${nameOf(cell.after)}`
    case 'image':
      return cell.text === '' ? 'image' : `image ${cell.text}`
    case 'text':
    case 'vector': {
      const text = cell.text.length > MAX_NAME_LENGTH ? `${cell.text.slice(0, MAX_NAME_LENGTH)}…` : cell.text
      return cell.note === undefined ? text : `${text} (${cell.note})`
    }
  }
}

function place(element: HTMLElement, x: number, y: number, width: number, height: number): void {
  const { style } = element
  style.left = `${x}px`
  style.top = `${y}px`
  style.width = `${width}px`
  style.height = `${height}px`
}

function setFlag(element: HTMLElement, name: string, isOn: boolean): void {
  if (isOn) element.setAttribute(name, 'true')
  else if (element.hasAttribute(name)) element.removeAttribute(name)
}

function setData(element: HTMLElement, name: string, value: string | undefined): void {
  if (element.dataset[name] === value) return
  if (value === undefined) delete element.dataset[name]
  else element.dataset[name] = value
}

function setId(element: HTMLElement, id: string): void {
  if (element.id === id) return
  if (id === '') element.removeAttribute('id')
  else element.id = id
}
