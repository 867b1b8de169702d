import { isLosslessNumber, parse as parseExactly } from 'lossless-json'

/** A record, or why a line is none. Whole numbers beyond 2^53 are bigints. */
export type ParsedRecord = { readonly record: Readonly<Record<string, unknown>> } | { readonly reason: string }

/** Only lines with so many digits in a row can hold numbers a double cannot. */
const LONG_NUMBER = /\d{16}/

/** Reads one line of JSON Lines. */
export function parseRecord(line: string): ParsedRecord {
  let value: unknown
  try {
    value = LONG_NUMBER.test(line) ? parseExactly(line, undefined, { parseNumber: toExactNumber }) : JSON.parse(line)
  } catch (error) {
    return { reason: `It is not JSON: ${shorten(error)}` }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isLosslessNumber(value)) {
    return { reason: 'It is not a JSON object.' }
  }
  return { record: value as Readonly<Record<string, unknown>> }
}

function toExactNumber(text: string): number | bigint {
  const number = Number(text)
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number
}

function shorten(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
