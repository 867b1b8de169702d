import type {
  RelevanceConfiguration,
  RelevanceQuery,
  RelevanceSet,
  SavedRelevanceSet,
} from '#shared/model/relevance.ts'
import { NO_SETTINGS } from '../../query/draft.ts'
import { type Bench, type JudgedQuery, questionId, questionOf } from '../bench.ts'
import { type Configuration, searchOf, toRelevance } from '../configuration.ts'
import { typedQuestion, typedSettings } from './typed.ts'

/** The set a bench makes; runs belong to what is kept. */
export function toSet(bench: Bench, name: string): Omit<RelevanceSet, 'runs'> {
  return {
    name,
    k: Number(bench.k),
    ...(bench.keyColumn === '' ? {} : { keyColumn: bench.keyColumn }),
    queries: bench.judged.map(toQuery),
    configurations: bench.configurations.map((one) => toConfiguration(bench, one)),
  }
}

/** What a set puts on the bench: its first question, its ways to search and its judgments. */
export function benchOf(set: RelevanceSet, bench: Bench): Bench {
  const judged = set.queries.map(toJudged)
  return {
    ...bench,
    question: judged[0]?.question ?? bench.question,
    configurations: set.configurations.map(toTyped),
    k: String(set.k),
    keyColumn: set.keyColumn ?? '',
    asked: null,
    judged,
    setName: set.name,
  }
}

/** True when a bench holds other questions, judgments or ways than the set it was opened from. */
export function isChanged(bench: Bench, set: RelevanceSet): boolean {
  const key = (one: Omit<RelevanceSet, 'runs'>): string => JSON.stringify(one)
  // Through the bench and back: the same set however its fields are ordered in the file.
  return key(toSet(bench, set.name)) !== key(toSet(benchOf(set, bench), set.name))
}

/** The set in a file's text, whose fields the engine checks; null when it is no JSON object. */
export function readExported(text: string): SavedRelevanceSet | null {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as SavedRelevanceSet) : null
  } catch {
    return null
  }
}

/** A name nobody has, as like the wanted one as can be. */
export function freeName(wanted: string, names: readonly string[]): string {
  if (!names.includes(wanted)) return wanted
  let number = 2
  while (names.includes(`${wanted} ${number}`)) number++
  return `${wanted} ${number}`
}

function toQuery({ label, question, judgments }: JudgedQuery): RelevanceQuery {
  return { label, ...questionOf(question), judgments }
}

function toJudged({ label, judgments, ...asked }: RelevanceQuery): JudgedQuery {
  const question = typedQuestion(asked)
  return { id: questionId(question), label, question, judgments }
}

function toConfiguration({ question, k }: Bench, one: Configuration): RelevanceConfiguration {
  const search = searchOf(question, one, k)
  return toRelevance(one, search.ok ? search.query : { k: 1 })
}

function toTyped({ name, use, column, filter, params, ref }: RelevanceConfiguration, index: number): Configuration {
  return {
    id: String(index + 1),
    name,
    use,
    column: column ?? '',
    filter: filter ?? '',
    settings: params === undefined ? NO_SETTINGS : typedSettings(params),
    at: ref ?? null,
  }
}
