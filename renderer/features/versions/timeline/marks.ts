import { LANES } from '#renderer/features/history/index.ts'
import type { Stretch } from '../state/view-store.ts'
import { type AxisView, firstAtOrAfter, fromX, type TimelineModel, toX } from './model.ts'

/** Width of a bin in px: one mark stands for all versions of a lane that fall into it. */
export const BIN_PX = 3

/** One or more versions of a lane that share a bin. */
export interface Mark {
  readonly x: number
  readonly lane: number
  readonly count: number
  /** True when one of them could not be read. */
  readonly isBroken: boolean
}

export interface Point {
  readonly x: number
  /** 0 (nothing) to 1 (the most any version has). */
  readonly share: number
}

/** Marks in sight, at most one per bin and lane, whatever the number of versions. */
export function layoutMarks(model: TimelineModel, view: AxisView, width: number): readonly Mark[] {
  const bins = Math.max(1, Math.ceil(width / BIN_PX))
  const counts = new Uint32Array(bins * LANES.length)
  const broken = new Uint8Array(counts.length)
  const end = firstAtOrAfter(model.positions, view.to)
  for (let index = firstAtOrAfter(model.positions, view.from); index < end; index++) {
    const bin = Math.min(bins - 1, Math.floor(toX(view, width, model.positions[index] ?? 0) / BIN_PX))
    const slot = bin * LANES.length + (model.lanes[index] ?? 0)
    counts[slot] = (counts[slot] ?? 0) + 1
    if (model.broken[index] === 1) broken[slot] = 1
  }
  const marks: Mark[] = []
  counts.forEach((count, slot) => {
    if (count === 0) return
    const x = Math.floor(slot / LANES.length) * BIN_PX
    marks.push({ x, lane: slot % LANES.length, count, isBroken: broken[slot] === 1 })
  })
  return marks
}

/** Height of a mark as a share of its lane: full where nothing is crowded, else by the order of magnitude of its count. */
export function markShare(count: number, most: number): number {
  return most <= 1 ? 1 : 0.25 + 0.75 * (Math.log2(count + 1) / Math.log2(most + 1))
}

/** A line of figures as steps: one point per px column, the last version of each column wins. */
export function layoutGrowth(
  model: TimelineModel,
  figures: Float64Array,
  view: AxisView,
  width: number,
): readonly Point[] {
  const most = figures.reduce((a, b) => Math.max(a, b), 0)
  if (most === 0) return []
  const share = (index: number): number => (figures[index] ?? 0) / most
  const first = firstAtOrAfter(model.positions, view.from)
  const end = firstAtOrAfter(model.positions, view.to)
  const points: Point[] = first > 0 ? [{ x: 0, share: share(first - 1) }] : []
  for (let index = first; index < end; index++) {
    const x = Math.round(toX(view, width, model.positions[index] ?? 0))
    if (points.at(-1)?.x === x) points.pop()
    points.push({ x, share: share(index) })
  }
  const last = points.at(-1)
  return last === undefined ? points : [...points, { x: width, share: last.share }]
}

/**
 * Index of the version nearest to a place, within `reachPx`; a version of the pointed lane beats a nearer one of another.
 * Undefined when nothing is near.
 */
export function nearestEntry(
  model: TimelineModel,
  view: AxisView,
  width: number,
  place: { readonly x: number; readonly lane: number },
  reachPx = 6,
): number | undefined {
  const { positions, lanes } = model
  const start = firstAtOrAfter(positions, fromX(view, width, place.x - reachPx))
  const limit = fromX(view, width, place.x + reachPx)
  let best: { readonly index: number; readonly cost: number } | undefined
  for (let index = start; index < positions.length && (positions[index] ?? Infinity) <= limit; index++) {
    const distance = Math.abs(toX(view, width, positions[index] ?? 0) - place.x)
    const cost = distance + (lanes[index] === place.lane ? 0 : reachPx * 2)
    // Later versions win a tie: of a bin's many, the newest is the one people mean.
    if (best === undefined || cost <= best.cost) best = { index, cost }
  }
  return best?.index
}

/** The versions between two places of the axis, in either order; null when none lies there. */
export function stretchBetween(
  model: TimelineModel,
  view: AxisView,
  width: number,
  a: number,
  b: number,
): Stretch | null {
  const first = firstAtOrAfter(model.positions, fromX(view, width, Math.min(a, b)))
  const end = firstAtOrAfter(model.positions, fromX(view, width, Math.max(a, b)))
  const oldest = model.entries[first]
  const newest = model.entries[end - 1]
  return end <= first || oldest === undefined || newest === undefined
    ? null
    : { oldest: oldest.version, newest: newest.version }
}

/** A stretch grown by one version at its end away from `current`, or begun there. Null when there is no more that way. */
export function growStretch(
  model: TimelineModel,
  stretch: Stretch | null,
  current: number,
  step: 1 | -1,
): Stretch | null {
  const anchor = stretch === null || (stretch.oldest !== current && stretch.newest !== current) ? null : stretch
  const moving = anchor === null ? current : anchor.oldest === current ? anchor.newest : anchor.oldest
  const index = model.entries.findIndex((entry) => entry.version === moving)
  const next = model.entries[index + step]
  if (index < 0 || next === undefined) return stretch
  return { oldest: Math.min(current, next.version), newest: Math.max(current, next.version) }
}
