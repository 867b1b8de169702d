import { describe, expect, it } from 'vitest'
import { OPERATIONS } from '#shared/model/version.ts'
import { entries, entry } from '#renderer/features/history/entry.fixture.ts'
import { laneIndexOf, LANES } from '#renderer/features/history/index.ts'
import { layoutGrowth, layoutMarks, MARK_PX, nearestEntry } from './timeline-layout.ts'
import {
  firstAtOrAfter,
  panView,
  type TimelineModel,
  timeToX,
  toTimelineModel,
  wholeView,
  xToTime,
  zoomView,
} from './timeline-model.ts'
import { layoutTicks } from './timeline-ticks.ts'

const WIDTH = 1000

describe('lanes', () => {
  it('has a lane for every operation', () => {
    for (const operation of OPERATIONS) expect(LANES[laneIndexOf(operation)]).toBeDefined()
  })
})

describe('toTimelineModel', () => {
  it('orders by version and never goes back in time', () => {
    const skewed = [entry(3, { timestamp: '2026-01-01T11:00:00Z' }), entry(2), entry(1)]
    const model = toTimelineModel(skewed)
    expect(model.entries.map((one) => one.version)).toEqual([1, 2, 3])
    expect(model.times[2]).toBe(model.times[1])
  })

  it('keeps the row count across an unreadable version', () => {
    const model = toTimelineModel([entry(3), entry(2, { rows: 0, problem: 'The manifest is empty.' }), entry(1)])
    expect([...model.rows]).toEqual([10, 10, 30])
  })
})

describe('views', () => {
  const model = toTimelineModel(entries(100))
  const whole = wholeView(model)

  it('shows everything, with air, also for one version or none', () => {
    expect(whole.fromMs).toBeLessThan(model.times[0]!)
    expect(whole.toMs).toBeGreaterThan(model.times[99]!)
    const one = wholeView(toTimelineModel([entry(1)]))
    expect(one.toMs - one.fromMs).toBeGreaterThan(0)
    expect(Number.isFinite(wholeView(toTimelineModel([])).toMs)).toBe(true)
  })

  it('keeps the time under the pointer in place while zooming', () => {
    const anchor = xToTime(whole, WIDTH, 300)
    expect(timeToX(zoomView(whole, 0.5, anchor, whole), WIDTH, anchor)).toBeCloseTo(300)
  })

  it('stays within the whole', () => {
    const near = zoomView(whole, 0.1, whole.fromMs, whole)
    expect(panView(near, -1e12, whole).fromMs).toBe(whole.fromMs)
    expect(panView(near, 1e12, whole).toMs).toBeCloseTo(whole.toMs)
    expect(zoomView(near, 1000, near.fromMs, whole)).toEqual(whole)
    expect(zoomView(near, 1e-9, near.fromMs, whole).toMs - near.fromMs).toBeGreaterThanOrEqual(49)
  })
})

describe('layoutMarks', () => {
  it('counts every version once', () => {
    const model = toTimelineModel(entries(500, ['append', 'delete', 'create-index']))
    const marks = layoutMarks(model, wholeView(model), WIDTH)
    expect(marks.reduce((sum, mark) => sum + mark.count, 0)).toBe(500)
    expect(new Set(marks.map((mark) => `${mark.x}/${mark.lane}`)).size).toBe(marks.length)
    expect(Math.max(...marks.map((mark) => mark.x))).toBeLessThan(WIDTH)
  })

  it('leaves out what is not in sight', () => {
    const model = toTimelineModel(entries(100))
    const view = { fromMs: model.times[10]!, toMs: model.times[20]! }
    expect(layoutMarks(model, view, WIDTH).reduce((sum, mark) => sum + mark.count, 0)).toBe(10)
  })

  it('draws 10,000 versions well within a frame', () => {
    const model = toTimelineModel(entries(10_000, ['append', 'update', 'delete', 'rewrite']))
    const view = wholeView(model)
    layoutMarks(model, view, WIDTH)
    const start = performance.now()
    expect(layoutMarks(model, view, WIDTH).length).toBeLessThanOrEqual(Math.ceil(WIDTH / MARK_PX) * LANES.length)
    layoutGrowth(model, view, WIDTH)
    expect(performance.now() - start).toBeLessThan(50)
  })
})

describe('layoutGrowth', () => {
  it('ends at the right edge and peaks at 1', () => {
    const model = toTimelineModel(entries(50))
    const points = layoutGrowth(model, wholeView(model), WIDTH)
    expect(points.at(-1)).toEqual({ x: WIDTH, share: 1 })
    expect(layoutGrowth(toTimelineModel([entry(1, { rows: 0 })]), { fromMs: 0, toMs: 1 }, WIDTH)).toEqual([])
  })

  it('starts with the rows from before the view', () => {
    const model = toTimelineModel(entries(10))
    expect(layoutGrowth(model, { fromMs: model.times[4]! + 1, toMs: model.times[9]! + 1 }, WIDTH)[0]).toEqual({
      x: 0,
      share: 0.5,
    })
  })
})

describe('nearestEntry', () => {
  const model: TimelineModel = toTimelineModel(entries(10, ['append', 'delete']))
  const view = wholeView(model)
  const xOf = (index: number) => timeToX(view, WIDTH, model.times[index]!)

  it('finds the version under the pointer and nothing far away', () => {
    expect(nearestEntry(model, view, WIDTH, { x: xOf(4) + 2, lane: model.lanes[4]! })).toBe(4)
    expect(nearestEntry(model, view, WIDTH, { x: (xOf(4) + xOf(5)) / 2, lane: 0 })).toBeUndefined()
  })

  it('prefers the pointed lane and, of equals, the newest', () => {
    const wide = nearestEntry(model, view, WIDTH, { x: xOf(4) + 1, lane: model.lanes[5]! }, 200)
    expect(wide).toBe(5)
    const same = toTimelineModel([entry(2, { timestamp: entry(1).timestamp }), entry(1)])
    const all = wholeView(same)
    expect(nearestEntry(same, all, WIDTH, { x: timeToX(all, WIDTH, same.times[0]!), lane: 0 })).toBe(1)
  })

  it('searches by halves', () => {
    expect(firstAtOrAfter(model.times, -Infinity)).toBe(0)
    expect(firstAtOrAfter(model.times, Infinity)).toBe(10)
    expect(firstAtOrAfter(model.times, model.times[3]!)).toBe(3)
  })
})

describe('layoutTicks', () => {
  it.each([
    ['thousandths of a second', 50],
    ['parts of a second', 1000],
    ['seconds', 10_000],
    ['hours', 86_400_000],
    ['days', 20 * 86_400_000],
    ['months', 300 * 86_400_000],
    ['decades', 40 * 365 * 86_400_000],
  ])('labels %s sparsely, in sight, and each once', (_name, span) => {
    const fromMs = Date.UTC(2026, 2, 3, 10, 20, 30)
    const ticks = layoutTicks({ fromMs, toMs: fromMs + span }, WIDTH)
    expect(ticks.length).toBeGreaterThan(1)
    expect(ticks.length).toBeLessThanOrEqual(12)
    for (const tick of ticks) expect(tick.x).toBeGreaterThanOrEqual(0)
    for (const tick of ticks) expect(tick.x).toBeLessThanOrEqual(WIDTH)
    expect(new Set(ticks.map((tick) => tick.label)).size).toBe(ticks.length)
  })
})
