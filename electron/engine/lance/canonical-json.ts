import type { Data } from 'apache-arrow'
import { loadArrow } from './module.ts'

/** More digits than a double keeps: such a text is left as it is, so that numbers that differ are never taken for one. */
const LONG_NUMBER = /\d{16,}/

/**
 * Texts of JSON as they are the same for the same value: without blanks, keys in order. Lance keeps neither as it was
 * written. What is no column of texts stays as it is.
 */
export function canonicalJson(data: Data): Data {
  const { DataType: is, makeBuilder, Utf8, Vector } = loadArrow()
  if (!is.isUtf8(data.type) && !is.isLargeUtf8(data.type)) return data
  const builder = makeBuilder({ type: new Utf8(), nullValues: [null] })
  for (const text of new Vector([data]) as Iterable<string | null>) {
    builder.append(text === null ? null : canonicalText(text))
  }
  return builder.finish().flush()
}

export function canonicalText(text: string): string {
  if (LONG_NUMBER.test(text)) return text
  try {
    return JSON.stringify(ordered(JSON.parse(text)))
  } catch {
    return text
  }
}

function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(ordered)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item)]))
}
