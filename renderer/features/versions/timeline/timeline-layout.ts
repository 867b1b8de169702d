import { LANES } from '#renderer/features/history/index.ts'
import { firstAtOrAfter, type TimelineModel, type TimeView, timeToX, xToTime } from './timeline-model.ts'

/** Width of a mark in px; also the width of one bin. */
export const MARK_PX = 3

/** One or more versions of a lane that share a bin. */
export interface Mark {
  readonly x: number
  readonly lane: number
  readonly count: number
}

export interface Point {
  readonly x: number
  /** 0 (no rows) to 1 (the most rows any version has). */
  readonly share: number
}

/** Marks in sight, at most one per bin and lane, whatever the number of versions. */
export function layoutMarks(model: TimelineModel, view: TimeView, width: number): readonly Mark[] {
  const bins = Math.max(1, Math.ceil(width / MARK_PX))
  const counts = new Uint32Array(bins * LANES.length)
  const end = firstAtOrAfter(model.times, view.toMs)
  for (let index = firstAtOrAfter(model.times, view.fromMs); index < end; index++) {
    const bin = Math.min(bins - 1, Math.floor(timeToX(view, width, model.times[index] ?? 0) / MARK_PX))
    const slot = bin * LANES.length + (model.lanes[index] ?? 0)
    counts[slot] = (counts[slot] ?? 0) + 1
  }
  const marks: Mark[] = []
  counts.forEach((count, slot) => {
    if (count > 0) marks.push({ x: Math.floor(slot / LANES.length) * MARK_PX, lane: slot % LANES.length, count })
  })
  return marks
}

/** The line of row counts as steps: one point per px column, the last version of each column wins. */
export function layoutGrowth(model: TimelineModel, view: TimeView, width: number): readonly Point[] {
  if (model.entries.length === 0 || model.maxRows === 0) return []
  const share = (index: number): number => (model.rows[index] ?? 0) / model.maxRows
  const first = firstAtOrAfter(model.times, view.fromMs)
  const end = firstAtOrAfter(model.times, view.toMs)
  const points: Point[] = first > 0 ? [{ x: 0, share: share(first - 1) }] : []
  for (let index = first; index < end; index++) {
    const x = Math.round(timeToX(view, width, model.times[index] ?? 0))
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
  view: TimeView,
  width: number,
  place: { readonly x: number; readonly lane: number },
  reachPx = 6,
): number | undefined {
  const start = firstAtOrAfter(model.times, xToTime(view, width, place.x - reachPx))
  const limit = xToTime(view, width, place.x + reachPx)
  let best: { readonly index: number; readonly cost: number } | undefined
  for (let index = start; index < model.times.length && (model.times[index] ?? Infinity) <= limit; index++) {
    const distance = Math.abs(timeToX(view, width, model.times[index] ?? 0) - place.x)
    const cost = distance + (model.lanes[index] === place.lane ? 0 : reachPx * 2)
    // Later versions win a tie: of a bin's many, the newest is the one people mean.
    if (best === undefined || cost <= best.cost) best = { index, cost }
  }
  return best?.index
}
