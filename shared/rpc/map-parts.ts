/**
 * A list or object with each of its parts mapped: itself when no part changes, else a copy. Long lists in which nothing
 * needs mapping are then looked through once and never copied.
 */
export function mapParts<T extends object>(value: T, map: (part: unknown, key: string | number) => unknown): T {
  if (Array.isArray(value)) return mapItems(value, map) as unknown as T
  const record = value as Readonly<Record<string, unknown>>
  const changes: [string, unknown][] = []
  for (const key of Object.keys(record)) {
    const mapped = map(record[key], key)
    if (!Object.is(mapped, record[key])) changes.push([key, mapped])
  }
  return changes.length === 0 ? value : (Object.fromEntries([...Object.entries(record), ...changes]) as T)
}

function mapItems(items: readonly unknown[], map: (part: unknown, key: number) => unknown): readonly unknown[] {
  let copy: unknown[] | undefined
  for (const [index, item] of items.entries()) {
    const mapped = map(item, index)
    if (Object.is(mapped, item)) continue
    copy ??= [...items]
    copy[index] = mapped
  }
  return copy ?? items
}
