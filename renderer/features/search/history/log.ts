import type { SearchDraft } from '../query/search-draft.ts'
import { termsOf } from '../query/text-query.ts'

/** A search that was run. `at` is RFC 3339. */
export interface PastSearch {
  readonly at: string
  readonly draft: SearchDraft
}

/** A search kept under a name. */
export interface SavedSearch {
  readonly name: string
  readonly draft: SearchDraft
}

/** Searches remembered of a dataset. */
export const HISTORY_MAX = 50
/** Characters of a form that is still kept: pasted vectors can be long. */
const KEPT_MAX = 100_000

/** The log with a search in front; the same one run before moves there. Forms too long to keep change nothing. */
export function withSearch(log: readonly PastSearch[], draft: SearchDraft, at: string): readonly PastSearch[] {
  if (draft.file !== null || JSON.stringify(draft).length > KEPT_MAX) return log
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
export function keepProblem(draft: SearchDraft): string | null {
  if (draft.file !== null) return 'Vectors of a file are not kept: paste them as numbers instead.'
  return JSON.stringify(draft).length > KEPT_MAX ? 'These vectors are too long to be kept.' : null
}

/** What a search asks, in one short line. */
export function searchTitle(draft: SearchDraft): string {
  const vector = draft.mode === 'text' ? [] : [vectorTitle(draft)]
  const terms = draft.textInput === 'plain' ? draft.text : termsOf(draft.builder)
  const text = draft.mode === 'vector' ? [] : [`“${shorten(terms, 40)}”`]
  const filter = draft.filter.trim() === '' ? [] : [`where ${shorten(draft.filter.trim(), 30)}`]
  return [[...vector, ...text].join(' + '), ...filter].join(' ')
}

function vectorTitle({ source, rowId, numbers, embedText, file }: SearchDraft): string {
  if (source === 'row') return `like row ${rowId}`
  if (source === 'text') return `like “${shorten(embedText, 40)}”`
  return file === null ? `like ${shorten(numbers, 24)}` : `like ${file.name}`
}

function shorten(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > length ? `${line.slice(0, length)}…` : line
}

/** Reads a saved history; what is not one is left out. Setting `search-history:<handle>`. */
export function parseHistory(saved: unknown, empty: SearchDraft): readonly PastSearch[] {
  return entries(saved).flatMap(({ at, draft }) => {
    const read = parseDraft(draft, empty)
    return typeof at === 'string' && read !== null ? [{ at, draft: read }] : []
  })
}

/** Reads saved named searches. Setting `search-saved:<handle>`. */
export function parseSaved(saved: unknown, empty: SearchDraft): readonly SavedSearch[] {
  return entries(saved).flatMap(({ name, draft }) => {
    const read = parseDraft(draft, empty)
    return typeof name === 'string' && read !== null ? [{ name, draft: read }] : []
  })
}

function entries(saved: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(saved) ? saved.filter(isRecord) : []
}

/** A form as this build knows it: fields of another type, or that are absent, are as in an untouched one. */
function parseDraft(saved: unknown, empty: SearchDraft): SearchDraft | null {
  if (!isRecord(saved)) return null
  const known = Object.entries(empty).map(([key, fallback]) => {
    const value = saved[key]
    const isAlike = typeof value === typeof fallback && Array.isArray(value) === Array.isArray(fallback)
    return [key, isAlike && key !== 'file' && value !== null ? value : fallback] as const
  })
  const draft = Object.fromEntries(known) as unknown as SearchDraft
  const isSound =
    ['vector', 'text', 'hybrid'].includes(draft.mode) &&
    ['row', 'numbers', 'text'].includes(draft.source) &&
    ['plain', 'builder'].includes(draft.textInput) &&
    typeof draft.builder.kind === 'string' &&
    draft.textColumns.every((name) => typeof name === 'string')
  return isSound ? draft : null
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
