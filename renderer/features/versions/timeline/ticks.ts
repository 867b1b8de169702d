import { type AxisView, type TimelineModel, toX } from './model.ts'

export interface Tick {
  readonly x: number
  readonly label: string
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const MONTH = 30.44 * DAY

const STEPS: readonly number[] = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 30].map((count) => count * MINUTE),
  ...[1, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14].map((count) => count * DAY),
]
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120] as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** Labels of the axis, about one per `spacingPx`: times, or the numbers of versions. */
export function layoutTicks(model: TimelineModel, view: AxisView, width: number): readonly Tick[] {
  return model.spacing === 'time' ? timeTicks(view, width) : versionTicks(model, view, width)
}

/** Round steps of versions. */
function versionTicks(model: TimelineModel, view: AxisView, width: number, spacingPx = 70): readonly Tick[] {
  const wanted = ((view.to - view.from) / Math.max(1, width)) * spacingPx
  const power = 10 ** Math.floor(Math.log10(Math.max(1, wanted)))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= wanted) ?? power * 10
  const ticks: Tick[] = []
  const start = Math.max(0, Math.ceil(view.from))
  // Round numbers where no version is missing.
  const offset = (step - ((model.entries[start]?.version ?? 0) % step)) % step
  for (let index = start + offset; index <= view.to; index += step) {
    const version = model.entries[index]?.version
    if (version !== undefined) ticks.push({ x: toX(view, width, index), label: `v${version}` })
  }
  return ticks
}

/** Times in local time. */
export function timeTicks(view: AxisView, width: number, spacingPx = 110): readonly Tick[] {
  const wanted = ((view.to - view.from) / Math.max(1, width)) * spacingPx
  const step = STEPS.find((candidate) => candidate >= wanted)
  const times = step === undefined ? monthTimes(view, wanted) : stepTimes(view, step)
  return times.map((time) => ({ x: toX(view, width, time), label: tickLabel(new Date(time), step ?? MONTH) }))
}

/** Whole multiples of the step on the local clock. */
function stepTimes(view: AxisView, step: number): readonly number[] {
  const offset = new Date(view.from).getTimezoneOffset() * MINUTE
  const first = Math.ceil((view.from - offset) / step) * step + offset
  const count = Math.max(0, Math.floor((view.to - first) / step) + 1)
  return Array.from({ length: count }, (_, index) => first + index * step)
}

function monthTimes(view: AxisView, wanted: number): readonly number[] {
  const step = MONTH_STEPS.find((months) => months * MONTH >= wanted) ?? 240
  const start = new Date(view.from)
  const firstMonth = Math.ceil((start.getFullYear() * 12 + start.getMonth() + 1) / step) * step
  const times: number[] = []
  for (let month = firstMonth; ; month += step) {
    const time = new Date(Math.floor(month / 12), month % 12, 1).getTime()
    if (!(time <= view.to)) return times
    times.push(time)
  }
}

function tickLabel(date: Date, step: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const month = MONTHS[date.getMonth()] ?? ''
  if (step >= MONTH) return `${month} ${date.getFullYear()}`
  const isMidnight = step >= MINUTE && date.getHours() === 0 && date.getMinutes() === 0
  if (step >= DAY || isMidnight) return `${month} ${date.getDate()}`
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`
  if (step >= MINUTE) return clock
  const seconds = `${clock}:${two(date.getSeconds())}`
  if (step >= SECOND) return seconds
  const digits = step >= 100 ? 1 : step >= 10 ? 2 : 3
  return `${seconds}.${String(date.getMilliseconds()).padStart(3, '0').slice(0, digits)}`
}
