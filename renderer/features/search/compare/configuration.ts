import type { Ref } from '#shared/model/ref.ts'
import type { RelevanceConfiguration } from '#shared/model/relevance.ts'
import { type Draft, type Mode, NO_SETTINGS, type SearchQuery, type Settings, toQuery } from '../query/draft.ts'

/** Most ways to search that are shown side by side. */
export const CONFIGURATIONS_MAX = 4

/** One way to search, as typed. */
export interface Configuration {
  /** Unique among those of a comparison; stays when it is renamed. */
  readonly id: string
  readonly name: string
  readonly use: Mode
  /** Vector column; empty = the only one that fits. */
  readonly column: string
  readonly filter: string
  readonly settings: Settings
  /** State it searches; null = the one on screen. */
  readonly at: Ref | null
  /** Who makes a vector of the question's text for this column; absent = as the question says. */
  readonly embedder?: string | undefined
}

/** What to start with: the index against exact search where there are vectors, plain words elsewhere. */
export function firstConfigurations(modes: readonly Mode[]): readonly Configuration[] {
  if (!modes.includes('vector')) return [configuration('1', 'Words', 'text')]
  return [
    configuration('1', 'Index', 'vector'),
    { ...configuration('2', 'Exact', 'vector'), settings: { ...NO_SETTINGS, exact: true } },
  ]
}

/** The list with one more: the last one again, to be changed. */
export function withOneMore(list: readonly Configuration[]): readonly Configuration[] {
  const last = list.at(-1)
  if (last === undefined || list.length >= CONFIGURATIONS_MAX) return list
  const id = String(Math.max(...list.map((one) => Number(one.id))) + 1)
  return [...list, { ...last, id, name: freeName(last.name, list) }]
}

/** The search one way asks; the rest comes from the question. */
export function searchOf(
  question: Draft,
  { use, column, filter, settings, embedder = question.embedder }: Configuration,
  k: string,
): ReturnType<typeof toQuery> {
  return toQuery({ ...question, embedder, mode: use, column, filter, settings, k })
}

/** A way to search as a relevance set keeps it. */
export function toRelevance(
  { name, use, column, filter, at }: Configuration,
  query: SearchQuery,
): RelevanceConfiguration {
  return {
    name,
    use,
    ...(column === '' ? {} : { column }),
    ...(filter.trim() === '' ? {} : { filter: filter.trim() }),
    ...(query.params === undefined ? {} : { params: query.params }),
    ...(at === null ? {} : { ref: at }),
  }
}

/** What keeps the list from being run; null when nothing does. */
export function namesProblem(list: readonly Configuration[]): string | null {
  const names = list.map(({ name }) => name.trim())
  if (names.includes('')) return 'Every configuration needs a name.'
  return new Set(names).size < names.length ? 'Two configurations have the same name.' : null
}

function configuration(id: string, name: string, use: Mode): Configuration {
  return { id, name, use, column: '', filter: '', settings: NO_SETTINGS, at: null }
}

function freeName(name: string, list: readonly Configuration[]): string {
  const stem = name.replace(/ \d+$/, '')
  let number = 2
  while (list.some((one) => one.name === `${stem} ${number}`)) number++
  return `${stem} ${number}`
}
