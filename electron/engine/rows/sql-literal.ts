import type { DecodedValue } from '../lance/index.ts'

/** Texts longer than this are no use as completions. */
const MAX_TEXT = 256
const DAY_MS = 86_400_000n
/** Arrow time units 0 to 3 per second. */
const PER_SECOND = [1n, 1_000n, 1_000_000n, 1_000_000_000n] as const

/** A value as a SQL literal Lance accepts in a filter; undefined for texts too long to offer. */
export function toSqlLiteral(value: DecodedValue): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value.length > MAX_TEXT ? undefined : `'${value.value.replaceAll("'", "''")}'`
    case 'boolean':
      return String(value.value)
    case 'integer':
      return value.value
    case 'date':
      return formatDate(value.perDay ? value.epoch * DAY_MS : value.epoch)
    case 'timestamp':
      return formatTimestamp(value.epoch, PER_SECOND[value.unit] ?? 1n)
  }
}

function formatDate(milliseconds: bigint): string | undefined {
  const date = new Date(Number(milliseconds))
  return Number.isNaN(date.getTime()) ? undefined : `DATE '${date.toISOString().slice(0, 10)}'`
}

/** UTC, with as many digits after the second as the value has. */
function formatTimestamp(epoch: bigint, perSecond: bigint): string | undefined {
  const rest = ((epoch % perSecond) + perSecond) % perSecond
  const date = new Date(Number((epoch - rest) / perSecond) * 1000)
  if (Number.isNaN(date.getTime())) return undefined
  const digits = String(perSecond).length - 1
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(digits, '0')}`
  return `TIMESTAMP '${date.toISOString().slice(0, 19).replace('T', ' ')}${fraction}'`
}
