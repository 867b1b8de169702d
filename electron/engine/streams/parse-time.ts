import type { TimeUnit } from './record-type.ts'

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/
const NANOS: Readonly<Record<TimeUnit, bigint>> = { s: 1_000_000_000n, ms: 1_000_000n, us: 1000n, ns: 1n }

/**
 * An ISO 8601 date or time in a unit since 1970, exact; without a zone it is taken for UTC. Undefined when it is none,
 * or has more digits than the unit.
 */
export function parseTime(text: string, unit: TimeUnit): bigint | undefined {
  const match = TIME.exec(text)
  if (match === null) return undefined
  const [, date = '', clock = '00:00', seconds = '00', fraction = '', zone = 'Z'] = match
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
  const ms = Date.parse(`${date}T${clock}:${seconds}${offset}`)
  if (Number.isNaN(ms) || !isCalendarDate(date)) return undefined
  const nanos = BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0') || '0')
  return nanos % NANOS[unit] === 0n ? nanos / NANOS[unit] : undefined
}

/** `Date.parse` takes the 31st of February for the 3rd of March. */
function isCalendarDate(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)
}
