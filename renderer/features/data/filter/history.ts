/** Filters remembered per dataset. */
const KEPT = 20
/** Longer filters are too long to be told apart in a menu and would fill the settings file. */
const LENGTH_MAX = 4000

/** Reads the saved history; anything unreadable counts as never saved. Setting `filter-history:<dataset handle>`. */
export function parseHistory(saved: unknown): readonly string[] {
  return Array.isArray(saved)
    ? saved.filter((text): text is string => typeof text === 'string' && text !== '').slice(0, KEPT)
    : []
}

/** Puts a filter at the front; one already there moves up. */
export function withFilter(history: readonly string[], filter: string): readonly string[] {
  const text = filter.trim()
  if (text === '' || text.length > LENGTH_MAX) return history
  return [text, ...history.filter((other) => other !== text)].slice(0, KEPT)
}
