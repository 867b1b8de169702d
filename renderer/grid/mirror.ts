import { screenX } from './layout.ts'
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

  constructor(element: HTMLElement, activeId: string) {
    this.element = element
    this.activeId = activeId
  }

  /** Takes the elements out of the accessibility tree while they no longer match what is painted. */
  hide(): void {
    this.element.style.visibility = 'hidden'
  }

  /** Makes the elements match; true when the active cell is among them. */
  sync({ view, source, selection }: MirrorScene): boolean {
    const { rowStart, rowEnd } = visibleRows(view)
    const columns = visibleColumns(view)
    let hasActive = false
    this.element.style.visibility = ''
    this.element.style.width = `${view.width}px`
    this.element.style.height = `${view.height - view.headerHeight}px`
    this.grow(rowEnd - rowStart, columns.length)
    this.rows.forEach((mirrorRow, number) => {
      const row = rowStart + number
      mirrorRow.element.hidden = row >= rowEnd
      if (row >= rowEnd) return
      place(mirrorRow.element, 0, rowY(view, row) - view.headerHeight, view.width, view.rowHeight)
      // Row 1 is the header.
      mirrorRow.element.setAttribute('aria-rowindex', String(row + 2))
      mirrorRow.cells.forEach((element, position) => {
        const column = columns[position]
        element.hidden = column === undefined
        if (column === undefined) return
        const isActive = row === selection.active.row && column.index === selection.active.column
        hasActive ||= isActive
        place(element, screenX(column, view.left), 0, column.width, view.rowHeight)
        element.setAttribute('aria-colindex', String(column.index + 1))
        this.describe(element, source.cell(row, column.id))
        setFlag(element, 'aria-selected', isActive || isSelected(selection, row, column.index))
        setId(element, isActive ? this.activeId : '')
      })
    })
    return hasActive
  }

  private describe(element: HTMLElement, cell: Cell): void {
    const name = nameOf(cell)
    if (element.textContent !== name) element.textContent = name
    if (element.dataset['kind'] !== cell.kind) element.dataset['kind'] = cell.kind
    setFlag(element, 'aria-busy', cell.kind === 'loading')
    setFlag(element, 'aria-invalid', cell.kind === 'error')
  }

  private grow(rowCount: number, columnCount: number): void {
    while (this.rows.length < rowCount) {
      const element = document.createElement('div')
      element.setAttribute('role', 'row')
      this.element.append(element)
      this.rows.push({ element, cells: [] })
    }
    for (const { element, cells } of this.rows) {
      while (cells.length < columnCount) {
        const cell = document.createElement('div')
        cell.setAttribute('role', 'gridcell')
        element.append(cell)
        cells.push(cell)
      }
    }
  }
}

/** What a screen reader says for a cell. */
export function nameOf(cell: Cell): string {
  switch (cell.kind) {
    case 'loading':
      return 'loading'
    case 'error':
      return `Could not be read: ${cell.message}. Click to try again.`
    case 'null':
      return 'NULL'
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

function setId(element: HTMLElement, id: string): void {
  if (element.id === id) return
  if (id === '') element.removeAttribute('id')
  else element.id = id
}
