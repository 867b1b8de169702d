import { corrupt } from './corrupt.ts'
import type { WireReader } from './wire.ts'

const YEAR_0_SECONDS = -62_167_219_200
const YEAR_10000_SECONDS = 253_402_300_800

/** google.protobuf.Timestamp {1 seconds, 2 nanos} as RFC 3339 UTC. */
export function readTimestamp(message: WireReader): string {
  let seconds = 0
  let nanos = 0
  while (message.next()) {
    if (message.field === 1) seconds = message.int64()
    else if (message.field === 2) nanos = message.int32()
    else message.skip()
  }
  return formatTimestamp(seconds, nanos)
}

/** RFC 3339 UTC with 0, 3, 6 or 9 decimals, as many as the value needs. Years 0000 to 9999 only. */
export function formatTimestamp(seconds: number, nanos: number): string {
  if (seconds < YEAR_0_SECONDS || seconds >= YEAR_10000_SECONDS) throw corrupt('its time is out of range')
  if (nanos < 0 || nanos > 999_999_999) throw corrupt('its time is out of range')
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19)
  return `${whole}${formatFraction(nanos)}Z`
}

function formatFraction(nanos: number): string {
  if (nanos === 0) return ''
  const digits = String(nanos).padStart(9, '0')
  if (nanos % 1_000_000 === 0) return `.${digits.slice(0, 3)}`
  return nanos % 1000 === 0 ? `.${digits.slice(0, 6)}` : `.${digits}`
}
