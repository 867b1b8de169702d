/** Times for people. Inputs are RFC 3339 texts; what cannot be read is said to be unknown, never shown as 1970. */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

interface Step {
  readonly belowMs: number
  readonly unitMs: number
  readonly name: string
  readonly short: string
}

const STEPS: readonly Step[] = [
  { belowMs: HOUR_MS, unitMs: MINUTE_MS, name: 'minute', short: 'min' },
  { belowMs: DAY_MS, unitMs: HOUR_MS, name: 'hour', short: 'h' },
  { belowMs: 14 * DAY_MS, unitMs: DAY_MS, name: 'day', short: 'd' },
  { belowMs: 60 * DAY_MS, unitMs: 7 * DAY_MS, name: 'week', short: 'wk' },
  { belowMs: 730 * DAY_MS, unitMs: 30.44 * DAY_MS, name: 'month', short: 'mo' },
  { belowMs: Infinity, unitMs: 365.25 * DAY_MS, name: 'year', short: 'y' },
]

/** Milliseconds since 1970, or undefined when the text is no time. Digits past milliseconds are dropped. */
export function parseTime(text: string): number | undefined {
  const ms = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'))
  return Number.isNaN(ms) ? undefined : ms
}

/** `just now`, `5 minutes ago`, `3 days ago`, `in 2 hours` (a clock that runs ahead). */
export function formatRelativeTime(text: string, nowMs: number): string {
  return relativeTime(text, nowMs, ({ name }, count) => `${name}${count === 1 ? '' : 's'}`)
}

/** The same for narrow places: `just now`, `5 min ago`, `3 d ago`, `in 2 h`. */
export function formatShortRelativeTime(text: string, nowMs: number): string {
  return relativeTime(text, nowMs, ({ short }) => short)
}

function relativeTime(text: string, nowMs: number, unit: (step: Step, count: number) => string): string {
  const ms = parseTime(text)
  if (ms === undefined) return 'unknown time'
  const age = Math.abs(nowMs - ms)
  if (age < MINUTE_MS) return 'just now'
  const step = STEPS.find((candidate) => age < candidate.belowMs)
  if (step === undefined) return 'unknown time'
  const count = Math.max(1, Math.floor(age / step.unitMs))
  const words = `${count} ${unit(step, count)}`
  return nowMs >= ms ? `${words} ago` : `in ${words}`
}

/** Local wall-clock time to the second: `2026-03-14 09:26:53`. */
export function formatAbsoluteTime(text: string): string {
  const ms = parseTime(text)
  if (ms === undefined) return 'unknown time'
  const date = new Date(ms)
  return `${formatDay(date)} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** Local calendar day: `2026-03-14`. */
export function formatDay(date: Date): string {
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
