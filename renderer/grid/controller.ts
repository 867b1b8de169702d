import { fittedWidth } from './auto-fit.ts'
import { visibleTextOf } from './copy.ts'
import { moveTarget, type KeyCommand } from './keyboard.ts'
import { gutterWidthFor, placeColumns, ROW_HEIGHT, screenX, type GridLayout } from './layout.ts'
import { Mirror } from './mirror.ts'
import { Surface } from './surface.ts'
import * as selecting from './selection.ts'
import type { PointerTarget } from './pointer.ts'
import type { CellPosition, GridProps, GridSelection, GridSource } from './types.ts'
import { offsetsToShow, pageRows, rowY, visibleColumns, visibleRows, type Viewport } from './viewport.ts'
import { ScrollArea } from './scroll-area.ts'

export interface GridElements {
  /** Scrolls natively, has the focus and the grid role. */
  readonly scroller: HTMLElement
  /** Gives the scroller its content size. */
  readonly sizer: HTMLElement
  /** Sticks to the visible part and carries canvas, header and mirror. */
  readonly layer: HTMLElement
  readonly canvas: HTMLCanvasElement
  readonly mirror: HTMLElement
  readonly header: HTMLElement
}

export type GridEvents = Pick<
  GridProps,
  'onOpen' | 'onActiveChange' | 'onSelectionChange' | 'onContextMenu' | 'onCopy'
> & {
  /** Alt+Down on a column. */
  readonly onHeaderMenuKey: (columnId: string) => void
  /** Scrolling columns on screen changed; called only when the header has to show other columns. */
  readonly onColumnsShown: (firstIndex: number, lastIndex: number) => void
}

/** The mirror follows once the picture has stood still this long. */
const MIRROR_DELAY_MS = 120
const NO_LAYOUT: GridLayout = placeColumns([], [], gutterWidthFor(0))

/**
 * The grid's working part: owns scrolling, painting, selection and the mirror, and touches the page only through the
 * elements it is given. React renders the header and the frame around it and never takes part in a scroll.
 */
export class GridController implements PointerTarget {
  private readonly elements: GridElements
  private readonly area: ScrollArea
  private readonly surface: Surface
  private readonly mirror: Mirror
  private readonly activeId: string
  private source: GridSource
  private events: GridEvents
  private layout = NO_LAYOUT
  private headerHeight = 0
  private rowHeight = ROW_HEIGHT
  private selection: GridSelection = selecting.START_SELECTION
  private isFocused = false
  private knownRowCount = 0
  private frame = 0
  private mirrorTimer: ReturnType<typeof setTimeout> | undefined
  private shownKey = ''
  private unsubscribe: () => void

  constructor(elements: GridElements, source: GridSource, events: GridEvents, activeId: string) {
    this.elements = elements
    this.source = source
    this.events = events
    this.activeId = activeId
    this.mirror = new Mirror(elements.mirror, activeId)
    this.surface = new Surface(elements.canvas, () => this.invalidate())
    this.area = new ScrollArea(elements.scroller, () => this.invalidate())
    this.unsubscribe = source.subscribe(() => this.handleSourceChange())
    this.resize()
  }

  close(): void {
    this.unsubscribe()
    this.area.close()
    this.surface.close()
    cancelAnimationFrame(this.frame)
    clearTimeout(this.mirrorTimer)
  }

  setEvents(events: GridEvents): void {
    this.events = events
  }

  setSource(source: GridSource): void {
    if (source === this.source) return
    this.unsubscribe()
    this.source = source
    this.unsubscribe = source.subscribe(() => this.handleSourceChange())
    this.resize()
    this.area.scrollTo(0, this.area.left)
    this.select({ active: { row: 0, column: this.selection.active.column }, ranges: [] })
    this.shownKey = ''
  }

  setLayout(layout: GridLayout, headerHeight: number, rowHeight: number = ROW_HEIGHT): void {
    const activeId = this.layout.columns[this.selection.active.column]?.id
    this.layout = layout
    this.headerHeight = headerHeight
    this.rowHeight = rowHeight
    this.resize()
    // The active cell stays with its column when columns move; ranges cannot.
    const column = layout.columns.find((candidate) => candidate.id === activeId)
    if (column !== undefined && column.index !== this.selection.active.column) {
      this.select({ active: { row: this.selection.active.row, column: column.index }, ranges: [] })
    } else if (this.selection.ranges.length > 0 || this.selection.active.column >= layout.columns.length) {
      this.select(selecting.clampSelection(this.selection, this.size()))
    }
  }

  /** Fits the drawing to the element's current size. */
  resize(): void {
    const { scroller, sizer, layer } = this.elements
    const width = scroller.clientWidth
    const height = scroller.clientHeight
    this.knownRowCount = this.source.rowCount
    this.area.resize(this.headerHeight + this.source.rowCount * this.rowHeight, height)
    sizer.style.width = `${this.layout.totalWidth}px`
    sizer.style.height = `${this.area.nativeHeight}px`
    layer.style.width = `${width}px`
    layer.style.height = `${height}px`
    this.surface.resize(width, height)
    this.shownKey = ''
    this.invalidate()
  }

  setFocused(isFocused: boolean): void {
    this.isFocused = isFocused
    this.invalidate()
  }

  focus(): void {
    this.elements.scroller.focus({ preventScroll: true })
  }

  view(): Viewport {
    return {
      layout: this.layout,
      rowCount: this.source.rowCount,
      rowHeight: this.rowHeight,
      headerHeight: this.headerHeight,
      width: this.elements.scroller.clientWidth,
      height: this.elements.scroller.clientHeight,
      top: this.area.top,
      left: this.area.left,
    }
  }

  currentSelection(): GridSelection {
    return this.selection
  }

  columnIds(): readonly string[] {
    return this.layout.columns.map((column) => column.id)
  }

  fittedWidth(columnId: string): number | undefined {
    const column = this.layout.columns.find((candidate) => candidate.id === columnId)
    if (column === undefined) return undefined
    const { rowStart, rowEnd } = visibleRows(this.view())
    return fittedWidth(this.surface.brush, this.source, column.column, rowStart, rowEnd)
  }

  goTo(row: number, columnId?: string): void {
    const index = this.layout.columns.find((column) => column.id === columnId)?.index ?? this.selection.active.column
    const size = this.size()
    const next = selecting.clampSelection({ active: { row: Math.floor(row), column: index }, ranges: [] }, size)
    this.select(next)
    this.reveal(next.active)
  }

  scrollToRow(row: number): void {
    this.area.scrollTo(row * this.rowHeight, this.area.left)
  }

  /** Runs a command of the key table; true when it was one. */
  run(command: KeyCommand): boolean {
    const { active } = this.selection
    const size = this.size()
    if (size.rowCount === 0 || size.columnCount === 0) return false
    switch (command.kind) {
      case 'move':
        this.move(command)
        return true
      case 'open':
        this.openAt(active)
        return true
      case 'menu':
        this.openMenuAtActive()
        return true
      case 'header-menu':
        this.reveal(active)
        this.withColumn(active, (columnId) => this.events.onHeaderMenuKey(columnId))
        return true
      case 'select-all':
        this.select(selecting.selectAll(this.selection, size))
        return true
      case 'select-row':
        this.select(selecting.selectRow(this.selection, active.row, size, 'replace'))
        return true
      case 'select-column':
        this.select(selecting.selectColumn(this.selection, active.column, size))
        return true
      case 'collapse':
        this.select(selecting.collapse(this.selection))
        return true
      case 'copy':
        // The browser follows with a copy event, which menus send as well: that one is served.
        return false
    }
  }

  /** Serves a copy event. */
  copy(clipboard: DataTransfer | null): void {
    const { active, ranges } = this.selection
    const selection = ranges.length > 0 ? this.selection : { active, ranges: [{ from: active, to: active }] }
    if (this.events.onCopy !== undefined) {
      this.events.onCopy(selection, this.columnIds())
      return
    }
    const texts = selection.ranges.map((range) => visibleTextOf(this.source, range, this.columnIds()))
    clipboard?.setData('text/plain', texts.join('\n'))
  }

  selectColumn(columnId: string): void {
    const column = this.layout.columns.find((candidate) => candidate.id === columnId)
    if (column !== undefined) this.select(selecting.selectColumn(this.selection, column.index, this.size()))
  }

  pressCell(position: CellPosition, mode: selecting.SelectMode): void {
    this.retryError(position)
    this.select(selecting.selectCell(this.selection, position, mode))
  }

  pressRow(row: number, mode: selecting.SelectMode): void {
    this.select(selecting.selectRow(this.selection, row, this.size(), mode))
  }

  dragTo(position: CellPosition): void {
    const end = selecting.movingEnd(this.selection)
    if (end.row === position.row && end.column === position.column) return
    this.select(selecting.selectCell(this.selection, position, 'extend'))
  }

  dragRow(row: number): void {
    if (selecting.movingEnd(this.selection).row === row) return
    this.select(selecting.selectRow(this.selection, row, this.size(), 'extend'))
  }

  endDrag(): void {
    this.scheduleMirror(0)
  }

  openAt(position: CellPosition): void {
    this.retryError(position)
    this.withColumn(position, (columnId) => this.events.onOpen?.(position, columnId))
  }

  menuAt(position: CellPosition, clientX: number, clientY: number): void {
    if (!selecting.isSelected(this.selection, position.row, position.column)) {
      this.select(selecting.selectCell(this.selection, position, 'replace'))
    }
    this.withColumn(position, (columnId) => this.events.onContextMenu?.({ position, columnId, clientX, clientY }))
  }

  scrollBy(deltaX: number, deltaY: number): void {
    this.area.scrollTo(this.area.exactTop + deltaY, this.area.left + deltaX)
  }

  /** Asks for a repaint with the next frame. */
  invalidate(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.paint())
  }

  private move(command: Extract<KeyCommand, { kind: 'move' }>): void {
    const from = command.extend ? selecting.movingEnd(this.selection) : this.selection.active
    const to = moveTarget(from, command.move, this.size(), pageRows(this.view()))
    this.select(selecting.selectCell(this.selection, to, command.extend ? 'extend' : 'replace'))
    this.reveal(to)
  }

  private openMenuAtActive(): void {
    const { active } = this.selection
    const column = this.layout.columns[active.column]
    if (column === undefined) return
    this.reveal(active)
    const view = this.view()
    const box = this.elements.layer.getBoundingClientRect()
    this.menuAt(active, box.left + screenX(column, view.left) + 12, box.top + rowY(view, active.row) + view.rowHeight)
  }

  private retryError(position: CellPosition): void {
    this.withColumn(position, (columnId) => {
      if (this.source.cell(position.row, columnId).kind === 'error') this.source.retry(position.row)
    })
  }

  private withColumn(position: CellPosition, act: (columnId: string) => void): void {
    const columnId = this.layout.columns[position.column]?.id
    if (columnId !== undefined) act(columnId)
  }

  private reveal({ row, column }: CellPosition): void {
    const { top, left } = offsetsToShow(this.view(), row, column)
    this.area.scrollTo(top, left)
    this.scheduleMirror(0)
  }

  private select(selection: GridSelection): void {
    const before = this.selection
    this.selection = selection
    const { active } = selection
    if (active.row !== before.active.row || active.column !== before.active.column) {
      this.withColumn(active, (columnId) => this.events.onActiveChange?.(active, columnId))
    }
    this.events.onSelectionChange?.(selection)
    this.invalidate()
    this.scheduleMirror(0)
  }

  private size(): selecting.GridSize {
    return { rowCount: this.source.rowCount, columnCount: this.layout.columns.length }
  }

  private handleSourceChange(): void {
    if (this.source.rowCount !== this.knownRowCount) {
      this.resize()
      this.select(selecting.clampSelection(this.selection, this.size()))
    }
    this.invalidate()
  }

  private paint(): void {
    this.frame = 0
    const moved = this.area.update()
    const view = this.view()
    this.showWindow(view)
    this.surface.paint({ view, source: this.source, selection: this.selection, isFocused: this.isFocused }, moved)
    this.elements.header.style.setProperty('--grid-left', `${-view.left}px`)
    this.scheduleMirror(MIRROR_DELAY_MS, moved)
  }

  /** Tells source and header what is on screen, when that changed. */
  private showWindow(view: Viewport): void {
    const { rowStart, rowEnd } = visibleRows(view)
    const columns = visibleColumns(view)
    const firstScrolling = columns[view.layout.pinnedCount]?.index ?? -1
    const lastScrolling = columns.at(-1)?.index ?? -1
    const key = `${rowStart} ${rowEnd} ${firstScrolling} ${lastScrolling}`
    if (key === this.shownKey) return
    this.shownKey = key
    this.source.show(
      rowStart,
      rowEnd,
      columns.map((column) => column.id),
    )
    this.events.onColumnsShown(firstScrolling, lastScrolling)
  }

  private scheduleMirror(delayMs: number, hide = false): void {
    if (hide) this.mirror.hide()
    clearTimeout(this.mirrorTimer)
    this.mirrorTimer = setTimeout(() => this.syncMirror(true), delayMs)
  }

  private syncMirror(restart: boolean): void {
    const scene = { view: this.view(), source: this.source, selection: this.selection }
    if (this.mirror.sync(scene, restart)) this.pointToActive(scene.view)
    else this.mirrorTimer = setTimeout(() => this.syncMirror(false), 0)
  }

  private pointToActive(view: Viewport): void {
    const { scroller } = this.elements
    const { active } = this.selection
    const { rowStart, rowEnd } = visibleRows(view)
    const isThere =
      active.row >= rowStart && active.row < rowEnd && visibleColumns(view).some(({ index }) => index === active.column)
    if (isThere) scroller.setAttribute('aria-activedescendant', this.activeId)
    else scroller.removeAttribute('aria-activedescendant')
  }
}
