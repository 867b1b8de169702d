import { type Draft, embeddedText, MODES, NEW_DRAFT, NO_SETTINGS, SOURCES, TEXT_KINDS } from '../query/draft.ts'
import { termsOf, textProblem } from '../query/text-query.ts'

/** A search that was run. `at` is RFC 3339. */
export interface PastSearch {
  readonly at: string
  readonly draft: Draft
}

/** A search kept under a name. */
export interface SavedSearch {
  readonly name: string
  readonly draft: Draft
}

/** Searches remembered of a dataset. */
export const HISTORY_MAX = 50
/** Characters of a form that is still kept: pasted vectors can be long. */
const KEPT_MAX = 100_000

/** The log with a search in front; the same one run before moves there. Forms too long to keep change nothing. */
export function withSearch(log: readonly PastSearch[], draft: Draft, at: string): readonly PastSearch[] {
  if (keepProblem(draft) !== null) return log
  const key = JSON.stringify(draft)
  const others = log.filter((past) => JSON.stringify(past.draft) !== key)
  return [{ at, draft }, ...others].slice(0, HISTORY_MAX)
}

/** The list with a search under a name, which takes the place of another of that name. */
export function withSaved(list: readonly SavedSearch[], saved: SavedSearch): readonly SavedSearch[] {
  return [...list.filter(({ name }) => name !== saved.name), saved].toSorted((a, b) => a.name.localeCompare(b.name))
}

export function withRenamed(list: readonly SavedSearch[], from: string, to: string): readonly SavedSearch[] {
  const found = list.find(({ name }) => name === from)
  if (found === undefined) return list
  return withSaved(
    list.filter(({ name }) => name !== from),
    { name: to, draft: found.draft },
  )
}

/** Why a search cannot be kept at all; null when it can. */
export function keepProblem(draft: Draft): string | null {
  return JSON.stringify(draft).length > KEPT_MAX ? 'These vectors are too long to be kept.' : null
}

/** What a search asks, in one short line. */
export function searchTitle(draft: Draft): string {
  const vector = draft.mode === 'text' ? [] : [vectorTitle(draft)]
  const terms = draft.textKind === 'builder' ? termsOf(draft.builder) : draft.text
  const text = draft.mode === 'vector' ? [] : [`“${shorten(terms, 40)}”`]
  const filter = draft.filter.trim() === '' ? [] : [`where ${shorten(draft.filter.trim(), 30)}`]
  // A text that asks both ways is named once.
  const joint = draft.mode === 'hybrid' && draft.source === 'text' ? ' ' : ' + '
  return [[...vector, ...text].join(joint), ...filter].join(' ')
}

function vectorTitle(draft: Draft): string {
  const { source, rowId, numbers } = draft
  if (source === 'text') return draft.mode === 'hybrid' ? 'like and with' : `like “${shorten(embeddedText(draft), 40)}”`
  return source === 'row' ? `like row ${rowId}` : `like ${shorten(numbers, 24)}`
}

function shorten(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > length ? `${line.slice(0, length)}…` : line
}

/** Reads a saved history; what is not one is left out. Setting `search-history:<handle>`. */
export function parseHistory(saved: unknown): readonly PastSearch[] {
  return entries(saved).flatMap(({ at, draft }) => {
    const read = parseDraft(draft)
    return typeof at === 'string' && read !== null ? [{ at, draft: read }] : []
  })
}

/** Reads saved named searches. Setting `search-saved:<handle>`. */
export function parseSaved(saved: unknown): readonly SavedSearch[] {
  return entries(saved).flatMap(({ name, draft }) => {
    const read = parseDraft(draft)
    return typeof name === 'string' && read !== null ? [{ name, draft: read }] : []
  })
}

function entries(saved: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(saved) ? saved.filter(isRecord) : []
}

/** A form as this build knows it: fields that are absent or of another type are as in an untouched one. */
export function parseDraft(saved: unknown): Draft | null {
  if (!isRecord(saved)) return null
  const settings = alike(NO_SETTINGS, isRecord(saved['settings']) ? saved['settings'] : {})
  const draft = { ...alike(NEW_DRAFT, saved), settings }
  const isKnown = MODES.includes(draft.mode) && SOURCES.includes(draft.source) && TEXT_KINDS.includes(draft.textKind)
  return isKnown ? { ...draft, builder: isQuery(draft.builder) ? draft.builder : NEW_DRAFT.builder } : null
}

/** The pattern with those values of another object that have its types. */
function alike<T extends object>(pattern: T, saved: Readonly<Record<string, unknown>>): T {
  const entries = Object.entries(pattern).map(([key, fallback]: [string, unknown]) => {
    const value = saved[key]
    return [key, typeof value === typeof fallback && value !== null ? value : fallback] as const
  })
  return Object.fromEntries(entries) as T
}

/** True when the builder can show it. */
function isQuery(query: Draft['builder']): boolean {
  try {
    // A saved kind this build does not know falls through every case.
    const problem: string | null | undefined = textProblem(query)
    return problem !== undefined
  } catch {
    return false
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
