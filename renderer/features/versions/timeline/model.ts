import { laneIndexOf } from '#renderer/features/history/index.ts'
import { parseTime } from '#shared/model/time.ts'
import type { VersionEntry } from '#shared/model/version.ts'

/** How versions are spread along the axis: by commit time, or one step each, for histories written within seconds. */
export type Spacing = 'time' | 'even'

/** Versions in the order of their numbers, in flat arrays for drawing. */
export interface TimelineModel {
  readonly entries: readonly VersionEntry[]
  readonly spacing: Spacing
  /** Commit time in ms, never falling: clocks of different writers disagree, the order of versions does not. */
  readonly times: Float64Array
  /** Place on the axis: the time, or the 0-based step. */
  readonly positions: Float64Array
  readonly lanes: Uint8Array
  /** 1 where the manifest could not be read. */
  readonly broken: Uint8Array
  readonly rows: Float64Array
  readonly bytes: Float64Array
}

/** The shown stretch of the axis: ms, or steps. */
export interface AxisView {
  readonly from: number
  readonly to: number
}

/** Shortest stretches that can be shown: versions written by a script lie milliseconds apart. */
const MIN_SPAN: Readonly<Record<Spacing, number>> = { time: 50, even: 4 }
/** Shown around a history of one instant or one version. */
const INSTANT_SPAN: Readonly<Record<Spacing, number>> = { time: 1000, even: 4 }

/** Prepares entries (newest first) for drawing. Unreadable versions keep their place and the figures before them. */
export function toTimelineModel(newestFirst: readonly VersionEntry[], spacing: Spacing = 'time'): TimelineModel {
  const entries = newestFirst.toReversed()
  const times = new Float64Array(entries.length)
  const lanes = new Uint8Array(entries.length)
  const broken = new Uint8Array(entries.length)
  const rows = new Float64Array(entries.length)
  const bytes = new Float64Array(entries.length)
  let time = -Infinity
  let before = { rows: 0, bytes: 0 }
  entries.forEach((entry, index) => {
    const own = parseTime(entry.timestamp)
    time = own === undefined ? (Number.isFinite(time) ? time : 0) : Math.max(time, own)
    if (entry.problem === undefined) before = { rows: entry.rows, bytes: entry.dataBytes }
    times[index] = time
    lanes[index] = laneIndexOf(entry.operation)
    broken[index] = entry.problem === undefined ? 0 : 1
    rows[index] = before.rows
    bytes[index] = before.bytes
  })
  const positions = spacing === 'time' ? times : Float64Array.from(entries, (_, index) => index)
  return { entries, spacing, times, positions, lanes, broken, rows, bytes }
}

/** All of it, with a little air at both ends. */
export function wholeView({ positions, spacing }: TimelineModel): AxisView {
  const first = positions[0] ?? 0
  const last = positions.at(-1) ?? first
  const span = last === first ? INSTANT_SPAN[spacing] : Math.max(MIN_SPAN[spacing], last - first)
  return { from: first - span * 0.02, to: last + span * 0.03 }
}

/** Zooms so that the place under the pointer stays where it is. `factor` below 1 shows less. */
export function zoomView(
  view: AxisView,
  factor: number,
  anchor: number,
  whole: AxisView,
  spacing: Spacing = 'time',
): AxisView {
  const span = view.to - view.from
  const wanted = Math.min(whole.to - whole.from, Math.max(MIN_SPAN[spacing], span * factor))
  const share = (anchor - view.from) / span
  return clampView({ from: anchor - wanted * share, to: anchor + wanted * (1 - share) }, whole)
}

/** Moves along the axis, never beyond the ends. */
export function panView(view: AxisView, delta: number, whole: AxisView): AxisView {
  return clampView({ from: view.from + delta, to: view.to + delta }, whole)
}

/** The view that shows entries `first` to `last`, with air at both ends. */
export function viewOf(model: TimelineModel, first: number, last: number, whole: AxisView): AxisView {
  const [from, to] = [model.positions[first] ?? 0, model.positions[last] ?? 0]
  const span = Math.max(MIN_SPAN[model.spacing], (to - from) * 1.1)
  const middle = (from + to) / 2
  return clampView({ from: middle - span / 2, to: middle + span / 2 }, whole)
}

function clampView(view: AxisView, whole: AxisView): AxisView {
  const span = view.to - view.from
  if (span >= whole.to - whole.from) return whole
  const from = Math.min(Math.max(view.from, whole.from), whole.to - span)
  return { from, to: from + span }
}

/** Index of the first entry at or after a place; the count of entries when there is none. */
export function firstAtOrAfter(positions: Float64Array, place: number): number {
  return lowerBound(positions.length, (index) => positions[index] ?? Infinity, place)
}

/** Index of a version; undefined when it is not there. */
export function indexOfVersion({ entries }: TimelineModel, version: number): number | undefined {
  const index = lowerBound(entries.length, (at) => entries[at]?.version ?? Infinity, version)
  return entries[index]?.version === version ? index : undefined
}

function lowerBound(length: number, valueAt: (index: number) => number, wanted: number): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (valueAt(middle) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

export function toX(view: AxisView, width: number, place: number): number {
  return ((place - view.from) / (view.to - view.from)) * width
}

export function fromX(view: AxisView, width: number, x: number): number {
  return view.from + (x / width) * (view.to - view.from)
}

const LOOKED_AT_SLOTS = 200

/** True when most of a history lies in so little of its time that it cannot be told apart there. */
export function isBunched({ times }: TimelineModel): boolean {
  const first = times[0] ?? 0
  const span = (times.at(-1) ?? first) - first
  if (times.length < 8 || span <= 0) return times.length >= 8
  const slots = new Set<number>()
  for (const time of times) slots.add(Math.floor(((time - first) / span) * LOOKED_AT_SLOTS))
  return slots.size < Math.min(times.length, LOOKED_AT_SLOTS) / 4
}
