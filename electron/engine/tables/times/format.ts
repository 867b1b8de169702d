import { badPlan } from '../errors.ts'
import { parsed, parseFloatAt } from '../bytes/numbers.ts'
import { parseIso } from './iso.ts'
import { moment } from './moment.ts'
import { compilePattern, type TimeParser } from './pattern.ts'

const SECONDS_A_DAY = 86_400
/** Beyond year 9999 and before year 0 nobody means a date. */
const MIN_SECONDS = -62_167_219_200
const MAX_SECONDS = 253_402_300_799

/** The reader of a `dateFormat`; absent = ISO. Fails with `invalid-input`. */
export function timeParser(format = 'iso'): TimeParser {
  if (format === 'iso') return parseIso
  if (format === 'epoch-s' || format === 'epoch-ms') return epochParser(format === 'epoch-s' ? 1 : 1000)
  const parser = compilePattern(format)
  if (parser === undefined) {
    throw badPlan(
      `"${format}" is not a date format.`,
      'Use iso, epoch-s, epoch-ms, or a pattern of yyyy, MM, dd, HH, mm, ss such as "dd.MM.yyyy HH:mm".',
    )
  }
  return parser
}

function epochParser(unitsASecond: number): TimeParser {
  return (bytes, start, end) => {
    const value = parseFloatAt(bytes as Buffer, start, end) / unitsASecond
    if (parsed.end !== end || !(value >= MIN_SECONDS && value <= MAX_SECONDS)) return false
    const whole = Math.floor(value)
    moment.days = Math.floor(whole / SECONDS_A_DAY)
    moment.seconds = whole - moment.days * SECONDS_A_DAY
    moment.micros = Math.min(999_999, Math.round((value - whole) * 1_000_000))
    moment.hasTime = true
    return true
  }
}
