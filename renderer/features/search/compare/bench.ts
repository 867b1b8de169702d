import type { Judgment, RelevanceQuestion } from '#shared/model/relevance.ts'
import { type Draft, type Mode, NO_SETTINGS, type SearchQuery, toQuery } from '../query/draft.ts'
import { searchTitle } from '../history/log.ts'
import { type Configuration, firstConfigurations, namesProblem, searchOf } from './configuration.ts'

/** A question with what was judged of its answers. */
export interface JudgedQuery {
  /** Unique within its set; the same question has the same id. */
  readonly id: string
  readonly label: string
  readonly question: Draft
  readonly judgments: readonly Judgment[]
}

/** One configuration with the search it asks. */
export interface AskedWay {
  readonly configuration: Configuration
  readonly query: SearchQuery
}

/** A comparison that was run. `turn` grows with every run: the same one asked again is run again. */
export interface AskedComparison {
  readonly turn: number
  readonly queryId: string
  readonly label: string
  readonly question: Draft
  readonly k: number
  readonly ways: readonly AskedWay[]
}

/** All that belongs to comparing on one dataset; it outlives the view. */
export interface Bench {
  readonly question: Draft
  readonly configurations: readonly Configuration[]
  /** As typed. */
  readonly k: string
  /** Column that tells rows apart; empty = row ids. */
  readonly keyColumn: string
  /** Column shown of each row; empty = row ids. */
  readonly titleColumn: string
  readonly asked: AskedComparison | null
  readonly judged: readonly JudgedQuery[]
  /** Name of the relevance set the judgments belong to; null = none yet. */
  readonly setName: string | null
}

export interface BenchStart {
  readonly question: Draft
  readonly modes: readonly Mode[]
  readonly keyColumn: string
  readonly titleColumn: string
}

export function newBench({ question, modes, keyColumn, titleColumn }: BenchStart): Bench {
  return {
    question,
    configurations: firstConfigurations(modes),
    k: '10',
    keyColumn,
    titleColumn,
    asked: null,
    judged: [],
    setName: null,
  }
}

export type ToComparison =
  { readonly ok: true; readonly asked: AskedComparison } | { readonly ok: false; readonly problem: string }

/** Rows each way finds at most: more cannot be judged by eye. */
export const COMPARED_MAX = 100

/** The comparison a bench asks for, or the first thing that is wrong with it. */
export function toComparison({ question, configurations, k, asked }: Bench): ToComparison {
  const names = namesProblem(configurations)
  if (names !== null) return { ok: false, problem: names }
  const count = Number(k)
  if (!/^\d+$/.test(k.trim()) || count < 1 || count > COMPARED_MAX)
    return { ok: false, problem: `k is a whole number from 1 to ${COMPARED_MAX}.` }
  const ways: AskedWay[] = []
  for (const configuration of configurations) {
    const search = searchOf(question, configuration, k)
    if (!search.ok) return { ok: false, problem: `${configuration.name}: ${search.problem}` }
    ways.push({ configuration, query: search.query })
  }
  const shown = shownQuestion(question, configurations)
  const label = searchTitle(shown)
  return {
    ok: true,
    asked: { turn: (asked?.turn ?? 0) + 1, queryId: questionId(shown), label, question: shown, k: count, ways },
  }
}

/** Judgments of a question; none were given to one that was never judged. */
export function judgmentsOf(judged: readonly JudgedQuery[], queryId: string): readonly Judgment[] {
  return judged.find(({ id }) => id === queryId)?.judgments ?? []
}

/** The judged questions with other judgments of one of them; a question without any is left out. */
export function withJudgments(
  judged: readonly JudgedQuery[],
  query: Omit<JudgedQuery, 'judgments'>,
  judgments: readonly Judgment[],
): readonly JudgedQuery[] {
  const isKnown = judged.some(({ id }) => id === query.id)
  const next = isKnown
    ? judged.map((one) => (one.id === query.id ? { ...one, judgments } : one))
    : [...judged, { ...query, judgments }]
  return next.filter((one) => one.judgments.length > 0)
}

/** The question without what belongs to configurations; parts nobody asks are emptied, so that equal questions are equal. */
function shownQuestion(question: Draft, configurations: readonly Configuration[]): Draft {
  const uses = new Set(configurations.map(({ use }) => use))
  const mode: Mode = uses.has('hybrid') || uses.size > 1 ? 'hybrid' : uses.has('text') ? 'text' : 'vector'
  return {
    ...question,
    mode,
    filter: '',
    settings: NO_SETTINGS,
    ...(mode === 'vector' && question.source !== 'text' ? { text: '' } : {}),
  }
}

/** What a question asks, without what belongs to configurations; nothing where it cannot be asked. */
export function questionOf(question: Draft): RelevanceQuestion {
  const search = toQuery({ ...question, filter: '', k: '1' })
  if (!search.ok) return {}
  const { vector, text, textColumns } = search.query
  return {
    ...(vector === undefined ? {} : { vector }),
    ...(text === undefined ? {} : { text }),
    ...(textColumns === undefined ? {} : { textColumns }),
  }
}

/** Short and stable: FNV-1a over what is asked. */
export function questionId(question: Draft): string {
  let hash = 0xcbf29ce484222325n
  for (const character of JSON.stringify(questionOf(question)))
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n)
  return `q${hash.toString(36)}`
}
