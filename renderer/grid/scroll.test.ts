import { describe, expect, it } from 'vitest'
import { AnchorScroll, MAX_NATIVE_HEIGHT } from './scroll.ts'

const ROW = 24
const VIEW = 900
const BILLION = 1_000_000_000

/** Rounds and clamps as Chromium does, and delivers the scroll event of every write. */
function makeScroller(rows: number) {
  const scroll = new AnchorScroll()
  scroll.resize(rows * ROW, VIEW)
  let top = 0
  const scroller = {
    get scrollTop() {
      return top
    },
    set scrollTop(value: number) {
      top = Math.round(Math.max(0, Math.min(scroll.height - VIEW, value)))
    },
  }
  const settle = () => scroll.handleNativeScroll(top)
  return {
    scroll,
    scroller,
    settle,
    goToRow: (row: number) => (scroll.scrollTo(row * ROW, scroller), settle()),
    wheel: (delta: number, steps: number) => {
      for (let step = 0; step < steps; step++) {
        scroll.scrollBy(delta, scroller)
        settle()
        if (step % 10 === 9) scroll.reanchor(scroller)
      }
    },
    dragThumbTo: (nativeTop: number) => ((scroller.scrollTop = nativeTop), settle()),
  }
}

describe('wheel at a billion rows moves exactly', () => {
  it.each([
    ['down from row 0', 0, 400],
    ['down from row 1 million', 1_000_000, 400],
    ['down from row 500 million', 500_000_000, 400],
    ['up from row 500 million', 500_000_000, -400],
    ['down from 10,000 rows before the end', BILLION - 10_000, 400],
  ])('%s', (_, row, delta) => {
    const { scroll, goToRow, wheel } = makeScroller(BILLION)
    goToRow(row)
    expect(scroll.virtualTop).toBe(row * ROW)
    wheel(delta, 240)
    expect(scroll.virtualTop - row * ROW).toBe(delta * 240)
  })

  it('does not jump after many small steps', () => {
    const { scroll, wheel } = makeScroller(BILLION)
    wheel(120, 10_000)
    expect(scroll.virtualTop).toBe(1_200_000)
  })
})

describe('the ends', () => {
  it('reaches the last row exactly and stays there', () => {
    const { scroll, goToRow, wheel } = makeScroller(BILLION)
    goToRow(BILLION - 20)
    wheel(400, 100)
    expect(scroll.virtualTop).toBe(BILLION * ROW - VIEW)
    wheel(-400, 1)
    expect(scroll.virtualTop).toBe(BILLION * ROW - VIEW - 400)
  })

  it('maps the thumb ends to the content ends', () => {
    const { scroll, dragThumbTo } = makeScroller(BILLION)
    dragThumbTo(MAX_NATIVE_HEIGHT)
    expect(scroll.virtualTop).toBe(BILLION * ROW - VIEW)
    dragThumbTo(0)
    expect(scroll.virtualTop).toBe(0)
  })

  it('frees a thumb stuck at an edge', () => {
    const { scroll, scroller, goToRow, settle } = makeScroller(BILLION)
    goToRow(2000)
    scroller.scrollTop = 0
    settle()
    expect(scroll.isStuckAtEdge(scroller.scrollTop)).toBe(true)
    scroll.reanchor(scroller)
    expect(scroll.isStuckAtEdge(scroller.scrollTop)).toBe(false)
  })
})

describe('the thumb', () => {
  it('maps a long drag by proportion', () => {
    const { scroll, dragThumbTo } = makeScroller(BILLION)
    dragThumbTo((MAX_NATIVE_HEIGHT - VIEW) / 2)
    expect(scroll.virtualTop / ROW / BILLION).toBeCloseTo(0.5, 6)
  })

  it('maps a drag by one pixel on a tall screen', () => {
    const scroll = new AnchorScroll()
    scroll.resize(BILLION * ROW, 2160)
    const onePixel = scroll.height / 2160
    scroll.handleNativeScroll(onePixel)
    expect(scroll.virtualTop).toBeGreaterThan(1000 * onePixel)
  })

  it('counts a click into the track as one page', () => {
    const { scroll, scroller, goToRow, settle } = makeScroller(BILLION)
    goToRow(500_000_000)
    scroller.scrollTop += VIEW
    settle()
    expect(scroll.virtualTop).toBe(500_000_000 * ROW + VIEW)
  })

  it('counts a short native move 1:1, for touch and arrow buttons', () => {
    const { scroll, scroller, goToRow, settle } = makeScroller(BILLION)
    goToRow(500_000_000)
    scroller.scrollTop += 300
    settle()
    expect(scroll.virtualTop).toBe(500_000_000 * ROW + 300)
  })
})

describe('small content', () => {
  it('is plain native scrolling', () => {
    const { scroll, dragThumbTo } = makeScroller(1000)
    expect(scroll.isScaled).toBe(false)
    dragThumbTo(12_345)
    expect(scroll.virtualTop).toBe(12_345)
  })

  it('shorter than the view does not move', () => {
    const { scroll, wheel } = makeScroller(3)
    wheel(400, 3)
    expect(scroll.virtualTop).toBe(0)
    expect(scroll.maxTop).toBe(0)
  })

  it('keeps the top within content that shrinks', () => {
    const { scroll, goToRow } = makeScroller(BILLION)
    goToRow(900_000_000)
    scroll.resize(1000 * ROW, VIEW)
    expect(scroll.virtualTop).toBe(1000 * ROW - VIEW)
  })
})
