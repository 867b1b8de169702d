import { parseTime } from '#shared/model/time.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import { laneIndexOf } from '#renderer/features/history/index.ts'

/** Versions in the order of their numbers, in flat arrays for drawing. */
export interface TimelineModel {
  readonly entries: readonly VersionEntry[]
  /** Commit time in ms, never falling: clocks of different writers disagree, the order of versions does not. */
  readonly times: Float64Array
  readonly lanes: Uint8Array
  readonly rows: Float64Array
  readonly maxRows: number
}

/** The shown stretch of time, in ms. */
export interface TimeView {
  readonly fromMs: number
  readonly toMs: number
}

/** Shortest stretch that can be shown: versions written by a script lie milliseconds apart. */
const MIN_SPAN_MS = 50
/** Shown around a history of one instant. */
const INSTANT_SPAN_MS = 1000

/** Prepares entries (newest first) for drawing. Unreadable versions keep their place in time and the row count before them. */
export function toTimelineModel(newestFirst: readonly VersionEntry[]): TimelineModel {
  const entries = newestFirst.toReversed()
  const times = new Float64Array(entries.length)
  const lanes = new Uint8Array(entries.length)
  const rows = new Float64Array(entries.length)
  let time = -Infinity
  let rowsBefore = 0
  let maxRows = 0
  entries.forEach((entry, index) => {
    const own = parseTime(entry.timestamp)
    time = own === undefined ? (Number.isFinite(time) ? time : 0) : Math.max(time, own)
    rowsBefore = entry.problem === undefined ? entry.rows : rowsBefore
    maxRows = Math.max(maxRows, rowsBefore)
    times[index] = time
    lanes[index] = laneIndexOf(entry.operation)
    rows[index] = rowsBefore
  })
  return { entries, times, lanes, rows, maxRows }
}

/** All of it, with a little air at both ends. */
export function wholeView(model: TimelineModel): TimeView {
  const first = model.times[0] ?? 0
  const last = model.times.at(-1) ?? first
  const span = last === first ? INSTANT_SPAN_MS : Math.max(MIN_SPAN_MS, last - first)
  return { fromMs: first - span * 0.02, toMs: last + span * 0.03 }
}

/** Zooms so that the time under the pointer stays where it is. `factor` below 1 shows less time. */
export function zoomView(view: TimeView, factor: number, anchorMs: number, whole: TimeView): TimeView {
  const span = view.toMs - view.fromMs
  const wanted = Math.min(whole.toMs - whole.fromMs, Math.max(MIN_SPAN_MS, span * factor))
  const share = (anchorMs - view.fromMs) / span
  return clampView({ fromMs: anchorMs - wanted * share, toMs: anchorMs + wanted * (1 - share) }, whole)
}

/** Moves along time, never beyond the ends. */
export function panView(view: TimeView, deltaMs: number, whole: TimeView): TimeView {
  return clampView({ fromMs: view.fromMs + deltaMs, toMs: view.toMs + deltaMs }, whole)
}

function clampView(view: TimeView, whole: TimeView): TimeView {
  const span = view.toMs - view.fromMs
  if (span >= whole.toMs - whole.fromMs) return whole
  const fromMs = Math.min(Math.max(view.fromMs, whole.fromMs), whole.toMs - span)
  return { fromMs, toMs: fromMs + span }
}

/** Index of the first entry at or after a time; the count of entries when there is none. */
export function firstAtOrAfter(times: Float64Array, timeMs: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? Infinity) < timeMs) low = middle + 1
    else high = middle
  }
  return low
}

export function timeToX(view: TimeView, width: number, timeMs: number): number {
  return ((timeMs - view.fromMs) / (view.toMs - view.fromMs)) * width
}

export function xToTime(view: TimeView, width: number, x: number): number {
  return view.fromMs + (x / width) * (view.toMs - view.fromMs)
}
