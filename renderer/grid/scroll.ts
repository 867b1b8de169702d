/**
 * Tallest element the grid makes, in px. Chromium clamps at 33,554,428 and its compositor counts in float32, whose
 * integers are exact to 16.7 million; 8 million stays clear of both.
 */
export const MAX_NATIVE_HEIGHT = 8_000_000
/** Native moves up to this many viewports (touch, arrow buttons, a click into the track) count 1:1. */
const DIRECT_VIEWPORTS = 3

/** The part of a scrolling element that matters here. */
export interface NativeScroller {
  scrollTop: number
}

/**
 * Maps a native scrollbar of bounded height onto content of any height. `virtualTop` is the truth: a float64 that is
 * exact for 2^53 px. The native offset merely follows it (wheel, keys) or steers it (thumb), and is written back to
 * where it belongs by `reanchor` once scrolling rests.
 */
export class AnchorScroll {
  /** Content px above the viewport's top edge. */
  virtualTop = 0
  private contentHeight = 0
  private viewHeight = 0
  private nativeHeight = 0
  /** Content px per native px beyond the viewport; 1 while the content fits. */
  private factor = 1
  private lastNativeTop = 0

  /** Height to give the native content element. */
  get height(): number {
    return this.nativeHeight
  }

  /** True when native px are not content px, so that the wheel has to be handled here. */
  get isScaled(): boolean {
    return this.factor !== 1
  }

  get maxTop(): number {
    return Math.max(0, this.contentHeight - this.viewHeight)
  }

  resize(contentHeight: number, viewHeight: number): void {
    this.contentHeight = contentHeight
    this.viewHeight = viewHeight
    this.nativeHeight = Math.min(contentHeight, Math.max(MAX_NATIVE_HEIGHT, viewHeight))
    const nativeRange = this.nativeHeight - viewHeight
    this.factor = contentHeight <= MAX_NATIVE_HEIGHT || nativeRange <= 0 ? 1 : this.maxTop / nativeRange
    this.virtualTop = this.clamp(this.virtualTop)
  }

  /** Takes in a native scroll event; true when the content moved. */
  handleNativeScroll(nativeTop: number): boolean {
    const delta = nativeTop - this.lastNativeTop
    if (delta === 0) return false
    this.lastNativeTop = nativeTop
    const before = this.virtualTop
    if (!this.isScaled) this.virtualTop = this.clamp(nativeTop)
    else if (Math.abs(delta) <= this.directLimit) this.virtualTop = this.clamp(before + delta)
    else this.virtualTop = this.clamp(nativeTop * this.factor)
    return this.virtualTop !== before
  }

  /** Moves by content px, exactly; true when the content moved. */
  scrollBy(delta: number, scroller: NativeScroller): boolean {
    return this.scrollTo(this.virtualTop + delta, scroller)
  }

  scrollTo(top: number, scroller: NativeScroller): boolean {
    const before = this.virtualTop
    this.virtualTop = this.clamp(top)
    this.writeNative(scroller)
    return this.virtualTop !== before
  }

  /** Puts the thumb where the content is. Call when scrolling rests, never while the thumb is held. */
  reanchor(scroller: NativeScroller): void {
    if (this.isScaled && Math.abs(this.virtualTop / this.factor - scroller.scrollTop) >= 1) this.writeNative(scroller)
  }

  /** True when the thumb has hit an end that the content has not: reanchor at once or the rest is unreachable. */
  isStuckAtEdge(nativeTop: number): boolean {
    if (!this.isScaled) return false
    const atTop = nativeTop <= 0 && this.virtualTop > 0
    const atBottom = nativeTop >= this.nativeHeight - this.viewHeight - 1 && this.virtualTop < this.maxTop
    return atTop || atBottom
  }

  /**
   * Longer native moves are a dragged thumb. One screen px of thumb is height / view px, which on tall screens is less
   * than three viewports: the limit stays below it, and above the one viewport of a click into the track.
   */
  private get directLimit(): number {
    const perThumbPixel = (0.9 * this.nativeHeight) / Math.max(1, this.viewHeight)
    return Math.max(this.viewHeight, Math.min(DIRECT_VIEWPORTS * this.viewHeight, perThumbPixel))
  }

  /** The offset is read back because browsers round it; the event that follows then has no delta. */
  private writeNative(scroller: NativeScroller): void {
    scroller.scrollTop = this.virtualTop / this.factor
    this.lastNativeTop = scroller.scrollTop
  }

  private clamp(top: number): number {
    return Math.max(0, Math.min(this.maxTop, top))
  }
}
