import { toHex } from '#shared/model/arrow/bytes.ts'
import type { ExactValue } from '#shared/model/arrow/value.ts'

/**
 * The text of a value that {@link literalFor} reads back to the very same value; null when the value is null or of a kind
 * no filter can name.
 */
export function filterText(value: ExactValue): string | null {
  switch (value.kind) {
    case 'boolean':
    case 'integer':
      return String(value.value)
    case 'float':
      return value.precision === 'float32' ? shortestFloat32(value.value) : String(value.value)
    case 'string':
      return value.value
    case 'decimal':
    case 'uuid':
    case 'date':
    case 'time':
    case 'timestamp':
      return value.text
    case 'duration':
      return String(value.count)
    case 'binary':
      return toHex(value.bytes)
    case 'null':
    case 'json':
    case 'interval':
    case 'vector':
    case 'list':
    case 'struct':
    case 'map':
    case 'blob':
      return null
  }
}

/** Fewest digits that give back the same float32: `0.1`, not `0.10000000149011612`. */
export function shortestFloat32(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  for (let digits = 1; digits < 10; digits++) {
    const text = String(Number(value.toPrecision(digits)))
    if (Math.fround(Number(text)) === value) return text
  }
  return String(value)
}
