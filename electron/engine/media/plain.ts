const MAX_DEPTH = 4
const MAX_ENTRIES = 200
const MAX_TEXT = 2000

/** What libraries tell of a file as plain JSON of bounded size: no bytes, no classes, numbers only where JSON has them. */
export function toPlain(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '').slice(0, MAX_TEXT)
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value === 'boolean') return value
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString()
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || depth >= MAX_DEPTH) return undefined
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ENTRIES).map((item) => toPlain(item, depth + 1))
    return items.filter((item) => item !== undefined)
  }
  const entries = Object.entries(value)
    .slice(0, MAX_ENTRIES)
    .map(([key, item]) => [key.slice(0, 200), toPlain(item, depth + 1)] as const)
    .filter(([, item]) => item !== undefined)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** {@link toPlain} of an object, empty when nothing is left of it. */
export function toPlainRecord(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return (toPlain(value) ?? {}) as Record<string, unknown>
}
