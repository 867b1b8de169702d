import type { Ref } from '#shared/model/ref.ts'
import type {
  RelevanceConfiguration,
  RelevanceFigures,
  RelevanceQuestion,
  RelevanceRun,
  RelevanceSet,
} from '#shared/model/relevance.ts'
import type { SearchQuery } from '../../query/draft.ts'
import { qualityOf, type Quality } from '../metrics.ts'
import { gradesOf } from '../ranking.ts'

/** What one search of a run gave. */
export interface Answer {
  /** Keys of the rows, best first. */
  readonly keys: readonly string[]
  readonly searchMs: number
  readonly version: number
}

export interface RunOptions {
  /** `ref` absent = the state the set is run on. */
  readonly search: (query: SearchQuery, keyColumn: string, ref: Ref | undefined) => Promise<Answer>
  readonly onProgress: (done: number, total: number) => void
  /** RFC 3339. */
  readonly at: string
  readonly version: number
  /** True for a failure that ends the run instead of one search. */
  readonly isFatal: (error: unknown) => boolean
}

/** Asks every judged question in every way, one after the other, and averages what came of it. */
export async function runSet(set: RelevanceSet, options: RunOptions): Promise<RelevanceRun> {
  const { search, onProgress, isFatal } = options
  const keyColumn = set.keyColumn ?? ''
  const total = set.configurations.length * set.queries.length
  let done = 0
  const figures: RelevanceFigures[] = []
  for (const configuration of set.configurations) {
    const qualities: Quality[] = []
    const times: number[] = []
    const failed: { readonly query: string; readonly message: string }[] = []
    for (const { label, judgments, ...question } of set.queries) {
      onProgress(done, total)
      try {
        const answer = await search(searchFor(question, configuration, set.k), keyColumn, configuration.ref)
        times.push(answer.searchMs)
        const quality = qualityOf(answer.keys, gradesOf(judgments, keyColumn), set.k)
        if (quality !== null) qualities.push(quality)
      } catch (error) {
        if (isFatal(error)) throw error
        failed.push({ query: label, message: error instanceof Error ? error.message : String(error) })
      }
      done++
    }
    figures.push(figuresOf(configuration.name, qualities, times, failed))
  }
  onProgress(total, total)
  return { at: options.at, version: options.version, k: set.k, figures }
}

/** The search a configuration makes of a question; throws where the question lacks what it searches by. */
function searchFor(
  { vector, text, textColumns }: RelevanceQuestion,
  { use, column, filter, params }: RelevanceConfiguration,
  k: number,
): SearchQuery {
  if (use !== 'text' && vector === undefined) throw new Error('This question has no vector to search by.')
  if (use !== 'vector' && text === undefined) throw new Error('This question has no words to search by.')
  const asked = {
    ...(use === 'text' ? {} : { vector, column }),
    ...(use === 'vector' ? {} : { text, textColumns }),
    filter,
    params,
  }
  // Both are checked by the engine, once when the set is kept and again when it is searched.
  return { ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)), k }
}

/** Means over the questions that have a row judged relevant; with none of them `queries` is 0 and the means say nothing. */
export function figuresOf(
  configuration: string,
  qualities: readonly Quality[],
  times: readonly number[],
  failed: RelevanceFigures['failed'],
): RelevanceFigures {
  const mean = (of: (quality: Quality) => number): number =>
    qualities.length === 0 ? 0 : qualities.reduce((sum, quality) => sum + of(quality), 0) / qualities.length
  return {
    configuration,
    ndcg: mean(({ ndcg }) => ndcg),
    recall: mean(({ recall }) => recall),
    mrr: mean(({ reciprocalRank }) => reciprocalRank),
    p50Ms: median(times),
    queries: qualities.length,
    failed,
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? 0 : (low + high) / 2
}
