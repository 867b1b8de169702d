import type { RelevanceConfiguration, RelevanceQuery, RelevanceRun, RelevanceSet } from '#shared/model/relevance.ts'
import type { Draft } from '../../query/draft.ts'
import { isTextVector } from '../../query/embedding.ts'
import { parseDraft } from '../../history/log.ts'
import type { Bench, JudgedQuery } from '../bench.ts'
import { type Configuration, searchOf, toRelevance } from '../configuration.ts'

/** A question as it was typed, which can be opened and asked again. */
export type KeptQuery = RelevanceQuery & { readonly question: Draft }
export type KeptConfiguration = RelevanceConfiguration & { readonly typed: Configuration }

/** A relevance set with what was typed, so that it can be opened again. */
export interface KeptSet extends Omit<RelevanceSet, 'queries' | 'configurations'> {
  readonly queries: readonly KeptQuery[]
  readonly configurations: readonly KeptConfiguration[]
}

/** Runs kept of a set, and sets of a dataset. */
export const RUNS_MAX = 50
export const SETS_MAX = 50
/** Bytes of all sets of a dataset together; a setting may have 256 KiB. */
const SETS_BYTES_MAX = 240_000

/** The set a bench makes. Runs of a set of that name stay. */
export function toSet(bench: Bench, name: string, location: string, older: KeptSet | undefined): KeptSet {
  return {
    name,
    location,
    k: Number(bench.k),
    ...(bench.keyColumn === '' ? {} : { keyColumn: bench.keyColumn }),
    queries: bench.judged.map(toQuery),
    configurations: bench.configurations.map((typed) => ({ ...asked(bench, typed), typed })),
    runs: older?.runs ?? [],
  }
}

/** What a set puts on the bench: its first question, its ways to search and its judgments. */
export function benchOf(set: KeptSet, bench: Bench): Bench {
  return {
    ...bench,
    question: set.queries[0]?.question ?? bench.question,
    configurations: set.configurations.map(({ typed }) => typed),
    k: String(set.k),
    keyColumn: set.keyColumn ?? '',
    asked: null,
    judged: set.queries.map(({ id, label, question, judgments }) => ({ id, label, question, judgments })),
    setName: set.name,
  }
}

/** The sets with one more, which takes the place of another of that name. */
export function withSet(sets: readonly KeptSet[], set: KeptSet): readonly KeptSet[] {
  return [...sets.filter(({ name }) => name !== set.name), set].toSorted((a, b) => a.name.localeCompare(b.name))
}

export function withRun(set: KeptSet, run: RelevanceRun): KeptSet {
  return { ...set, runs: [...set.runs, run].slice(-RUNS_MAX) }
}

/** Why sets cannot be kept; null when they can. */
export function keepProblem(sets: readonly KeptSet[]): string | null {
  if (sets.length > SETS_MAX) return `There are ${SETS_MAX} sets already. Delete one first.`
  const bytes = new TextEncoder().encode(JSON.stringify(sets)).length
  return bytes > SETS_BYTES_MAX ? 'The sets of this dataset are too long to be kept. Export and delete one.' : null
}

/** Reads saved sets; what is not one is left out. Setting `relevance-sets:<handle>`. */
export function parseSets(saved: unknown): readonly KeptSet[] {
  if (!Array.isArray(saved)) return []
  return saved.flatMap((one: unknown) => {
    const set = parseSet(one)
    return set === null ? [] : [set]
  })
}

function parseSet(saved: unknown): KeptSet | null {
  if (!isRecord(saved)) return null
  const { name, k, queries, configurations, runs } = saved
  const isWhole =
    typeof name === 'string' &&
    typeof k === 'number' &&
    [queries, configurations, runs].every((list) => Array.isArray(list) && list.every(isRecord))
  if (!isWhole) return null
  // The lists were written by this build or an older one of the same shape; questions are read as saved searches are.
  const set = saved as unknown as KeptSet
  const read = set.queries.flatMap((query) => {
    const question = parseDraft(query.question)
    return question === null || !Array.isArray(query.judgments) ? [] : [{ ...query, question }]
  })
  const known = set.configurations.filter(({ typed }) => isRecord(typed) && isRecord(typed.settings))
  return { ...set, queries: read, configurations: known }
}

function toQuery({ id, label, question, judgments }: JudgedQuery): KeptQuery {
  const search = searchOf(question, { id: '', name: '', use: question.mode, column: '', filter: '', settings: question.settings }, '1') // prettier-ignore
  const { vector, text } = search.ok ? search.query : {}
  const isNumbers = (value: unknown): value is readonly number[] =>
    Array.isArray(value) && value.every((item) => typeof item === 'number')
  return {
    id,
    label,
    ...(isNumbers(vector) ? { vector } : {}),
    ...(isTextVector(vector) ? { embed: vector } : {}),
    ...(text === undefined ? {} : { text }),
    judgments,
    question,
  }
}

function asked({ question, k }: Bench, typed: Configuration): RelevanceConfiguration {
  const search = searchOf(question, typed, k)
  return toRelevance(typed, search.ok ? search.query : { k: 1 })
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
