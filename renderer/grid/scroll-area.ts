import { ROW_HEIGHT } from './layout.ts'
import { AnchorScroll } from './scroll.ts'

/** Scrolling rests after this long without an event. */
const REST_MS = 150

/** Connects {@link AnchorScroll} with a scrolling element: wheel, native events, and the thumb while it is held. */
export class ScrollArea {
  private readonly scroller: HTMLElement
  private readonly onMove: () => void
  private readonly scroll = new AnchorScroll()
  private readonly stop = new AbortController()
  private hasNativeEvent = false
  private hasMoved = false
  private isThumbHeld = false
  private restTimer: ReturnType<typeof setTimeout> | undefined

  constructor(scroller: HTMLElement, onMove: () => void) {
    this.scroller = scroller
    this.onMove = onMove
    const { signal } = this.stop
    scroller.addEventListener('scroll', () => this.handleNative(), { passive: true, signal })
    scroller.addEventListener('wheel', (event) => this.handleWheel(event), { passive: false, signal })
    // Only a press on the scrollbar has the scroller itself as its target: its content covers the rest.
    scroller.addEventListener('pointerdown', (event) => (this.isThumbHeld = event.target === scroller), { signal })
    for (const type of ['pointerup', 'mouseup', 'pointercancel'] as const) {
      window.addEventListener(type, () => this.releaseThumb(), { signal })
    }
    // Some systems send no release after a press on a scrollbar; the next move without a button tells.
    window.addEventListener('pointermove', (event) => event.buttons === 0 && this.releaseThumb(), {
      signal,
      passive: true,
    })
  }

  close(): void {
    this.stop.abort()
    clearTimeout(this.restTimer)
  }

  get nativeHeight(): number {
    return this.scroll.height
  }

  /** Content px above the view, on a whole device pixel so that text stays sharp. */
  get top(): number {
    return Math.round(this.scroll.virtualTop * devicePixelRatio) / devicePixelRatio
  }

  get exactTop(): number {
    return this.scroll.virtualTop
  }

  get left(): number {
    return this.scroller.scrollLeft
  }

  resize(contentHeight: number, viewHeight: number): void {
    this.scroll.resize(contentHeight, viewHeight)
    this.restLater()
  }

  scrollTo(top: number, left: number): void {
    if (this.scroll.scrollTo(top, this.scroller)) this.moved()
    if (left !== this.scroller.scrollLeft) {
      this.scroller.scrollLeft = left
      this.moved()
    }
  }

  /** Takes in what happened since the last frame; true when the content moved. */
  update(): boolean {
    if (this.hasNativeEvent) {
      this.hasNativeEvent = false
      const { scrollTop } = this.scroller
      this.scroll.handleNativeScroll(scrollTop)
      if (!this.isThumbHeld && this.scroll.isStuckAtEdge(scrollTop)) this.scroll.reanchor(this.scroller)
    }
    const { hasMoved } = this
    this.hasMoved = false
    return hasMoved
  }

  private handleNative(): void {
    this.hasNativeEvent = true
    this.moved()
  }

  private handleWheel(event: WheelEvent): void {
    // Ctrl+wheel is zoom. Where native px are content px, the browser's own smooth scrolling is better than ours.
    if (!this.scroll.isScaled || event.ctrlKey) return
    event.preventDefault()
    const unit =
      event.deltaMode === WheelEvent.DOM_DELTA_LINE
        ? ROW_HEIGHT
        : event.deltaMode === WheelEvent.DOM_DELTA_PAGE
          ? this.scroller.clientHeight
          : 1
    const sideways = event.shiftKey && event.deltaX === 0
    const deltaX = (sideways ? event.deltaY : event.deltaX) * unit
    const deltaY = (sideways ? 0 : event.deltaY) * unit
    this.scrollTo(this.scroll.virtualTop + deltaY, this.scroller.scrollLeft + deltaX)
  }

  private moved(): void {
    this.hasMoved = true
    this.onMove()
    this.restLater()
  }

  private restLater(): void {
    clearTimeout(this.restTimer)
    this.restTimer = setTimeout(() => {
      if (!this.isThumbHeld) this.scroll.reanchor(this.scroller)
    }, REST_MS)
  }

  private releaseThumb(): void {
    if (!this.isThumbHeld) return
    this.isThumbHeld = false
    this.restLater()
  }
}
