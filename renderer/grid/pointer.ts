import type { SelectMode } from './selection.ts'
import type { CellPosition } from './types.ts'
import { hitTest, nearestCell, type Hit, type Viewport } from './viewport.ts'

/** What the pointer asks of the grid. */
export interface PointerTarget {
  view(): Viewport
  focus(): void
  pressCell(position: CellPosition, mode: SelectMode): void
  pressRow(row: number, mode: SelectMode): void
  dragTo(position: CellPosition): void
  dragRow(row: number): void
  endDrag(): void
  openAt(position: CellPosition): void
  menuAt(position: CellPosition, clientX: number, clientY: number): void
  scrollBy(deltaX: number, deltaY: number): void
}

/** How often a drag that left the grid scrolls on. */
const AUTO_SCROLL_MS = 40

/** Listens on the layer that shows the cells; returns the function that stops it. */
export function listenToPointer(layer: HTMLElement, target: PointerTarget): () => void {
  const stop = new AbortController()
  const options = { signal: stop.signal }
  const pointOf = (event: MouseEvent) => {
    const box = layer.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const hitOf = (event: MouseEvent): Hit => {
    const { x, y } = pointOf(event)
    return hitTest(target.view(), x, y)
  }

  layer.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || (event.ctrlKey && isMac())) return
      const hit = hitOf(event)
      if (hit.kind === 'nothing') return
      event.preventDefault()
      target.focus()
      const mode: SelectMode = event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'add' : 'replace'
      if (hit.kind === 'gutter') target.pressRow(hit.row, mode)
      else target.pressCell({ row: hit.row, column: hit.column }, mode)
      startDrag(layer, event, target, hit.kind === 'gutter', pointOf)
    },
    options,
  )
  layer.addEventListener(
    'dblclick',
    (event) => {
      const hit = hitOf(event)
      if (hit.kind === 'cell') target.openAt({ row: hit.row, column: hit.column })
    },
    options,
  )
  layer.addEventListener(
    'contextmenu',
    (event) => {
      const hit = hitOf(event)
      event.preventDefault()
      // The menu key sends this event too, at a place of its own; the key table has already served it.
      const isFromKeyboard = event.button !== 2 && !event.ctrlKey
      if (hit.kind === 'cell' && !isFromKeyboard) {
        target.focus()
        target.menuAt({ row: hit.row, column: hit.column }, event.clientX, event.clientY)
      }
    },
    options,
  )
  return () => stop.abort()
}

function startDrag(
  layer: HTMLElement,
  start: PointerEvent,
  target: PointerTarget,
  isRows: boolean,
  pointOf: (event: MouseEvent) => { x: number; y: number },
): void {
  const stop = new AbortController()
  let point = pointOf(start)
  layer.setPointerCapture(start.pointerId)
  const follow = () => {
    const cell = nearestCell(target.view(), point.x, point.y)
    if (cell === undefined) return
    if (isRows) target.dragRow(cell.row)
    else target.dragTo(cell)
  }
  const timer = setInterval(() => {
    const { x, y } = overshoot(target.view(), point)
    if (x === 0 && y === 0) return
    target.scrollBy(isRows ? 0 : x, y)
    follow()
  }, AUTO_SCROLL_MS)
  const end = () => {
    clearInterval(timer)
    stop.abort()
    target.endDrag()
  }
  const options = { signal: stop.signal }
  layer.addEventListener('pointermove', (event) => ((point = pointOf(event)), follow()), options)
  layer.addEventListener('pointerup', end, options)
  layer.addEventListener('pointercancel', end, options)
  layer.addEventListener('lostpointercapture', end, options)
}

/** How far a point lies outside the cells, per axis; the drag scrolls by as much. */
function overshoot(view: Viewport, { x, y }: { x: number; y: number }): { x: number; y: number } {
  const beyond = (value: number, low: number, high: number) =>
    value < low ? value - low : value > high ? value - high : 0
  return { x: beyond(x, view.layout.pinnedEnd, view.width), y: beyond(y, view.headerHeight, view.height) }
}

function isMac(): boolean {
  return navigator.platform.startsWith('Mac')
}
