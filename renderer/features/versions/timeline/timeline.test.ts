import { describe, expect, it } from 'vitest'
import { cpuMs } from '#shared/cpu-ms.fixture.ts'
import { OPERATIONS } from '#shared/model/version.ts'
import { entries, entry } from '#renderer/features/history/entry.fixture.ts'
import { laneIndexOf, LANES } from '#renderer/features/history/index.ts'
import { flagsOf, layoutFlags } from './flags.ts'
import { timelineStep } from './keys.ts'
import { BIN_PX, growStretch, layoutGrowth, layoutMarks, markShare, nearestEntry, stretchBetween } from './marks.ts'
import {
  firstAtOrAfter,
  fromX,
  indexOfVersion,
  isBunched,
  panView,
  type TimelineModel,
  toTimelineModel,
  toX,
  viewOf,
  wholeView,
  zoomView,
} from './model.ts'
import { rangeText, stretchText } from './range-text.ts'
import { layoutTicks, timeTicks } from './ticks.ts'

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
    expect(whole.from).toBeLessThan(model.times[0]!)
    expect(whole.to).toBeGreaterThan(model.times[99]!)
    const one = wholeView(toTimelineModel([entry(1)]))
    expect(one.to - one.from).toBeGreaterThan(0)
    expect(Number.isFinite(wholeView(toTimelineModel([])).to)).toBe(true)
  })

  it('keeps the time under the pointer in place while zooming', () => {
    const anchor = fromX(whole, WIDTH, 300)
    expect(toX(zoomView(whole, 0.5, anchor, whole), WIDTH, anchor)).toBeCloseTo(300)
  })

  it('stays within the whole', () => {
    const near = zoomView(whole, 0.1, whole.from, whole)
    expect(panView(near, -1e12, whole).from).toBe(whole.from)
    expect(panView(near, 1e12, whole).to).toBeCloseTo(whole.to)
    expect(zoomView(near, 1000, near.from, whole)).toEqual(whole)
    expect(zoomView(near, 1e-9, near.from, whole).to - near.from).toBeGreaterThanOrEqual(49)
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
    const view = { from: model.times[10]!, to: model.times[20]! }
    expect(layoutMarks(model, view, WIDTH).reduce((sum, mark) => sum + mark.count, 0)).toBe(10)
  })

  it('draws 10,000 versions well within a frame', () => {
    const model = toTimelineModel(entries(10_000, ['append', 'update', 'delete', 'rewrite']))
    const view = wholeView(model)
    const marks = layoutMarks(model, view, WIDTH)
    expect(marks.length).toBeLessThanOrEqual(Math.ceil(WIDTH / BIN_PX) * LANES.length)
    const draw = (): void => {
      layoutMarks(model, view, WIDTH)
      layoutGrowth(model, model.rows, view, WIDTH)
    }
    expect(cpuMs(draw)).toBeLessThan(50)
  })
})

describe('layoutGrowth', () => {
  it('ends at the right edge and peaks at 1', () => {
    const model = toTimelineModel(entries(50))
    const points = layoutGrowth(model, model.rows, wholeView(model), WIDTH)
    expect(points.at(-1)).toEqual({ x: WIDTH, share: 1 })
    expect(layoutGrowth(model, new Float64Array(50), wholeView(model), WIDTH)).toEqual([])
  })

  it('starts with the rows from before the view', () => {
    const model = toTimelineModel(entries(10))
    expect(layoutGrowth(model, model.rows, { from: model.times[4]! + 1, to: model.times[9]! + 1 }, WIDTH)[0]).toEqual({
      x: 0,
      share: 0.5,
    })
  })
})

describe('nearestEntry', () => {
  const model: TimelineModel = toTimelineModel(entries(10, ['append', 'delete']))
  const view = wholeView(model)
  const xOf = (index: number) => toX(view, WIDTH, model.times[index]!)

  it('finds the version under the pointer and nothing far away', () => {
    expect(nearestEntry(model, view, WIDTH, { x: xOf(4) + 2, lane: model.lanes[4]! })).toBe(4)
    expect(nearestEntry(model, view, WIDTH, { x: (xOf(4) + xOf(5)) / 2, lane: 0 })).toBeUndefined()
  })

  it('prefers the pointed lane and, of equals, the newest', () => {
    const wide = nearestEntry(model, view, WIDTH, { x: xOf(4) + 1, lane: model.lanes[5]! }, 200)
    expect(wide).toBe(5)
    const same = toTimelineModel([entry(2, { timestamp: entry(1).timestamp }), entry(1)])
    const all = wholeView(same)
    expect(nearestEntry(same, all, WIDTH, { x: toX(all, WIDTH, same.times[0]!), lane: 0 })).toBe(1)
  })

  it('searches by halves', () => {
    expect(firstAtOrAfter(model.times, -Infinity)).toBe(0)
    expect(firstAtOrAfter(model.times, Infinity)).toBe(10)
    expect(firstAtOrAfter(model.times, model.times[3]!)).toBe(3)
  })
})

describe('timeTicks', () => {
  it.each([
    ['thousandths of a second', 50],
    ['parts of a second', 1000],
    ['seconds', 10_000],
    ['hours', 86_400_000],
    ['days', 20 * 86_400_000],
    ['months', 300 * 86_400_000],
    ['decades', 40 * 365 * 86_400_000],
  ])('labels %s sparsely, in sight, and each once', (_name, span) => {
    const from = Date.UTC(2026, 2, 3, 10, 20, 30)
    const ticks = timeTicks({ from, to: from + span }, WIDTH)
    expect(ticks.length).toBeGreaterThan(1)
    expect(ticks.length).toBeLessThanOrEqual(12)
    for (const tick of ticks) expect(tick.x).toBeGreaterThanOrEqual(0)
    for (const tick of ticks) expect(tick.x).toBeLessThanOrEqual(WIDTH)
    expect(new Set(ticks.map((tick) => tick.label)).size).toBe(ticks.length)
  })
})

describe('even spacing', () => {
  const model = toTimelineModel([entry(40), ...entries(30)], 'even')

  it('gives every version one step, whatever the time and the gaps', () => {
    expect(Array.from(model.positions.slice(28))).toEqual([28, 29, 30])
    const labels = layoutTicks(model, { from: 0, to: 30 }, WIDTH).map((tick) => tick.label)
    expect(labels).toContain('v10')
    expect(labels.every((label) => /^v\d+$/.test(label))).toBe(true)
  })

  it('is proposed for histories written in bursts, and for them only', () => {
    expect(isBunched(toTimelineModel(entries(100)))).toBe(false)
    const burst = entries(100).map((one, index) =>
      index < 99 ? { ...one, timestamp: `2026-01-01T12:00:00.${String(999 - index).padStart(3, '0')}Z` } : one,
    )
    const old = { ...burst[99]!, timestamp: '2025-01-01T00:00:00Z' }
    expect(isBunched(toTimelineModel([...burst.slice(0, 99), old]))).toBe(true)
    expect(isBunched(toTimelineModel([entry(1)]))).toBe(false)
    expect(isBunched(toTimelineModel([]))).toBe(false)
  })
})

describe('markShare', () => {
  it('is full where nothing is crowded and grows with the order of magnitude', () => {
    expect(markShare(1, 1)).toBe(1)
    expect(markShare(64, 64)).toBe(1)
    expect(markShare(1, 64)).toBeLessThan(markShare(8, 64))
    expect(markShare(1, 1_000_000)).toBeGreaterThan(0.25)
  })
})

describe('broken versions', () => {
  it('are marked where they are', () => {
    const model = toTimelineModel([entry(3), entry(2, { operation: 'unknown', problem: 'Empty.' }), entry(1)])
    expect(layoutMarks(model, wholeView(model), WIDTH).filter((mark) => mark.isBroken)).toHaveLength(1)
  })
})

describe('choosing a stretch', () => {
  const model = toTimelineModel(entries(10))
  const view = wholeView(model)
  const xOf = (version: number) => toX(view, WIDTH, model.positions[version - 1]!)

  it('takes the versions between two places, in either direction', () => {
    expect(stretchBetween(model, view, WIDTH, xOf(3) - 1, xOf(6) + 1)).toEqual({ oldest: 3, newest: 6 })
    expect(stretchBetween(model, view, WIDTH, xOf(6) + 1, xOf(3) - 1)).toEqual({ oldest: 3, newest: 6 })
    expect(stretchBetween(model, view, WIDTH, -50, WIDTH + 50)).toEqual({ oldest: 1, newest: 10 })
    expect(stretchBetween(model, view, WIDTH, xOf(3) + 2, xOf(4) - 2)).toBeNull()
  })

  it('grows from the version on screen by keys, and shrinks again', () => {
    const first = growStretch(model, null, 5, 1)
    expect(first).toEqual({ oldest: 5, newest: 6 })
    expect(growStretch(model, first, 5, 1)).toEqual({ oldest: 5, newest: 7 })
    expect(growStretch(model, first, 5, -1)).toEqual({ oldest: 5, newest: 5 })
    expect(growStretch(model, { oldest: 5, newest: 5 }, 5, -1)).toEqual({ oldest: 4, newest: 5 })
    expect(growStretch(model, { oldest: 1, newest: 5 }, 5, -1)).toEqual({ oldest: 1, newest: 5 })
    // Somebody travelled meanwhile: a new stretch begins.
    expect(growStretch(model, { oldest: 1, newest: 3 }, 8, -1)).toEqual({ oldest: 7, newest: 8 })
  })

  it('is shown with air around it', () => {
    const shown = viewOf(model, 2, 5, view)
    expect(shown.from).toBeLessThan(model.positions[2]!)
    expect(shown.to).toBeGreaterThan(model.positions[5]!)
    expect(shown.to - shown.from).toBeLessThan(view.to - view.from)
  })

  it('is told in words', () => {
    expect(stretchText(model, { oldest: 3, newest: 6 })).toMatch(/^4 versions, v3 – v6 · \d\d:03:00 – \d\d:06:00$/)
    expect(stretchText(model, { oldest: 3, newest: 3 })).toMatch(/^1 version, v3 · \d\d:03:00$/)
    expect(rangeText(toTimelineModel([]), true)).toBe('')
    expect(rangeText(model, true)).toMatch(/^10 versions so far · 2026/)
  })
})

describe('indexOfVersion', () => {
  it('finds versions across gaps', () => {
    const model = toTimelineModel([entry(9), entry(5), entry(4)])
    expect([4, 5, 9].map((version) => indexOfVersion(model, version))).toEqual([0, 1, 2])
    expect(indexOfVersion(model, 6)).toBeUndefined()
    expect(indexOfVersion(model, 10)).toBeUndefined()
  })
})

describe('flags', () => {
  const model = toTimelineModel(entries(100))
  const view = wholeView(model)
  const measure = (text: string) => text.length * 6
  const tags = (versions: readonly number[]) => versions.map((version) => ({ name: `tag-${version}`, version }))

  it('stand at tags and where branches start, of this branch only', () => {
    const refs = {
      tags: [...tags([7]), { name: 'elsewhere', version: 8, branch: 'dev' }, { name: 'gone', version: 500 }],
      branches: [
        { name: 'dev', parentVersion: 7, latestVersion: 9 },
        { name: 'dev/two', parentBranch: 'dev', parentVersion: 8, latestVersion: 8 },
      ],
    }
    expect(flagsOf(model, refs, undefined)).toEqual([{ index: 6, tags: ['tag-7'], branches: ['dev'] }])
    expect(flagsOf(model, refs, 'dev')).toEqual([{ index: 7, tags: ['elsewhere'], branches: ['dev/two'] }])
    expect(flagsOf(model, undefined, undefined)).toEqual([])
  })

  it.each([
    ['far apart', [10, 40, 70], 3],
    ['side by side', [10, 11, 12], 1],
    ['every version', Array.from({ length: 100 }, (_, index) => index + 1), 0],
  ])('have labels that never overlap: %s', (_name, versions, expected) => {
    const flags = flagsOf(model, { tags: tags(versions), branches: [] }, undefined)
    const labels = layoutFlags(flags, model, view, WIDTH, measure)
    labels.forEach((label, index) => {
      const before = labels[index - 1]
      if (before !== undefined) expect(label.left).toBeGreaterThanOrEqual(before.left + before.width)
      expect(label.left + label.width).toBeLessThanOrEqual(WIDTH)
    })
    expect(labels.flatMap((label) => label.poles)).toHaveLength(versions.length)
    if (expected > 0) expect(labels).toHaveLength(expected)
  })

  it('are laid out for ten thousand tags well within a frame', () => {
    const long = toTimelineModel(entries(10_000), 'even')
    const flags = flagsOf(
      long,
      { tags: tags(Array.from({ length: 10_000 }, (_, at) => at + 1)), branches: [] },
      undefined,
    )
    const labels = layoutFlags(flags, long, wholeView(long), WIDTH, measure)
    // The best of a few: the first are not compiled yet.
    const times = Array.from({ length: 8 }, () =>
      cpuMs(() => void layoutFlags(flags, long, wholeView(long), WIDTH, measure)),
    )
    expect(Math.min(...times)).toBeLessThan(16)
    expect(labels.flatMap((label) => label.poles)).toHaveLength(10_000)
  })

  it('count what they do not name', () => {
    const flags = flagsOf(model, { tags: tags([10, 11, 12]), branches: [] }, undefined)
    expect(layoutFlags(flags, model, view, WIDTH, measure)[0]?.text).toBe('tag-10 +2')
    expect(layoutFlags(flags, model, { from: model.times[50]!, to: view.to }, WIDTH, measure)).toEqual([])
  })
})

describe('timelineStep', () => {
  const model = toTimelineModel([entry(9), entry(5), entry(4)])
  const step = (key: string, version: number, shiftKey = false) => timelineStep({ key, shiftKey }, model, { version })

  it('travels over gaps and stops at the ends', () => {
    expect(step('ArrowLeft', 9)).toEqual({ kind: 'travel', version: 5 })
    expect(step('ArrowRight', 7)).toEqual({ kind: 'travel', version: 9 })
    expect(step('ArrowRight', 9)).toEqual({ kind: 'none' })
    expect(step('Home', 9)).toEqual({ kind: 'travel', version: 4 })
  })

  it('grows the stretch with Shift and leaves other keys alone', () => {
    expect(step('ArrowLeft', 9, true)).toEqual({ kind: 'grow', step: -1 })
    expect(step('Tab', 9)).toBeNull()
  })
})
