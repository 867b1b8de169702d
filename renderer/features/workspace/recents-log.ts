import type { Forgotten, Recent } from './state.ts'

const RECENTS_MAX = 30
const FORGOTTEN_MAX = 60

/** What was opened and what was taken off the list again; two of them can be merged in any order. */
export interface RecentsLog {
  /** Newest first. */
  readonly recents: readonly Recent[]
  readonly forgotten: readonly Forgotten[]
}

/** Puts a location at the head of the recents, once. */
export function withRecent(recents: readonly Recent[], recent: Recent): readonly Recent[] {
  return [recent, ...recents.filter((other) => other.location !== recent.location)].slice(0, RECENTS_MAX)
}

/** Takes a location off the list, for every window: without the note another window would bring it back. */
export function withoutRecent({ recents, forgotten }: RecentsLog, location: string, now: string): RecentsLog {
  return {
    recents: recents.filter((recent) => recent.location !== location),
    forgotten: newestOf([...forgotten, { location, forgottenAt: now }], 'forgottenAt').slice(0, FORGOTTEN_MAX),
  }
}

/** Each location once, as last opened, unless it was forgotten since. */
export function mergeRecents(one: RecentsLog, other: RecentsLog): RecentsLog {
  const forgotten = newestOf([...one.forgotten, ...other.forgotten], 'forgottenAt').slice(0, FORGOTTEN_MAX)
  const forgottenAt = new Map(forgotten.map((note) => [note.location, note.forgottenAt]))
  const recents = newestOf([...one.recents, ...other.recents], 'openedAt').filter(
    ({ location, openedAt }) => openedAt > (forgottenAt.get(location) ?? ''),
  )
  return { recents: recents.slice(0, RECENTS_MAX), forgotten }
}

/** Reads a saved log with suspicion: what is not one is left out. */
export function parseRecents(value: unknown): RecentsLog {
  const recents = listOf(value, 'recents').flatMap((item): readonly Recent[] => {
    const [location, name, openedAt] = [textOf(item, 'location'), textOf(item, 'name'), textOf(item, 'openedAt')]
    return location === undefined || name === undefined || openedAt === undefined ? [] : [{ location, name, openedAt }]
  })
  const forgotten = listOf(value, 'forgotten').flatMap((item): readonly Forgotten[] => {
    const [location, forgottenAt] = [textOf(item, 'location'), textOf(item, 'forgottenAt')]
    return location === undefined || forgottenAt === undefined ? [] : [{ location, forgottenAt }]
  })
  return { recents, forgotten }
}

/** One item per location, that with the latest time; latest first. RFC 3339 texts of one zone sort as times. */
function newestOf<Key extends string, Item extends { readonly location: string } & Readonly<Record<Key, string>>>(
  items: readonly Item[],
  time: Key,
): readonly Item[] {
  const newest = new Map<string, Item>()
  for (const item of items) {
    const known = newest.get(item.location)
    if (known === undefined || item[time] > known[time]) newest.set(item.location, item)
  }
  return [...newest.values()].toSorted((a, b) => (a[time] < b[time] ? 1 : a[time] > b[time] ? -1 : 0))
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const found = fieldOf(value, name)
  return Array.isArray(found) ? found : []
}

function textOf(value: unknown, name: string): string | undefined {
  const found = fieldOf(value, name)
  return typeof found === 'string' && found !== '' ? found : undefined
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return (value as Readonly<Record<string, unknown>>)[name]
}
