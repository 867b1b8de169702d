import { toBase64 } from './bytes.ts'
import { formatFloat } from './float.ts'
import { toJsonValue } from './json.ts'
import type { ExactValue } from './value.ts'

/**
 * The whole value as plain text for a spreadsheet: null is nothing at all, nested values are JSON, bytes base64,
 * floats the shortest text that reads back the same. Not yet quoted.
 */
export function toPlainText(value: ExactValue): string {
  switch (value.kind) {
    case 'null':
      return ''
    case 'float':
      return formatFloat(value.value, value.precision)
    case 'binary':
      return toBase64(value.bytes)
    case 'vector':
      return formatVectorJson(value.values, value.precision)
    case 'list':
    case 'struct':
    case 'map':
    case 'interval':
    case 'blob':
      return JSON.stringify(toJsonValue(value))
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'string':
    case 'json':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'duration': {
      const json = toJsonValue(value)
      return typeof json === 'string' ? json : JSON.stringify(json)
    }
  }
}

/** One TSV cell; quoted the way spreadsheets do when it holds a tab, a quote or a line break. */
export function toTsvText(value: ExactValue): string {
  return quoteIf(toPlainText(value), /["\t\r\n]/, value)
}

/** One CSV cell (RFC 4180). Empty strings are `""` so that null, which is nothing, stays apart. */
export function toCsvText(value: ExactValue): string {
  return quoteIf(toPlainText(value), /[",\r\n]/, value)
}

function quoteIf(text: string, needsQuotes: RegExp, value: ExactValue): string {
  const isEmptyText = text === '' && value.kind !== 'null'
  return isEmptyText || needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function formatVectorJson(
  values: ArrayLike<number>,
  precision: 'float16' | 'bfloat16' | 'float32' | 'float64' | null,
): string {
  const texts = Array.from(values, (value) => {
    if (!Number.isFinite(value)) return `"${value}"`
    return precision === null ? String(value) : formatFloat(value, precision)
  })
  return `[${texts.join(',')}]`
}
