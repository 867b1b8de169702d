import type { RelevanceFigures, RelevanceRun } from '#shared/model/relevance.ts'
import type { SearchQuery } from '../../query/draft.ts'
import { searchOf } from '../configuration.ts'
import { qualityOf, type Quality } from '../metrics.ts'
import { gradesOf } from '../ranking.ts'
import type { KeptSet } from './kept-set.ts'

/** What one search of a run gave. */
export interface Answer {
  /** Keys of the rows, best first. */
  readonly keys: readonly string[]
  readonly searchMs: number
  readonly version: number
}

export interface RunOptions {
  readonly search: (query: SearchQuery, keyColumn: string) => Promise<Answer>
  readonly onProgress: (done: number, total: number) => void
  /** RFC 3339. */
  readonly at: string
  readonly version: number
  /** True for a failure that ends the run instead of one search. */
  readonly isFatal: (error: unknown) => boolean
}

/** Asks every judged question in every way, one after the other, and averages what came of it. */
export async function runSet(set: KeptSet, options: RunOptions): Promise<RelevanceRun> {
  const { search, onProgress, isFatal } = options
  const keyColumn = set.keyColumn ?? ''
  const total = set.configurations.length * set.queries.length
  let done = 0
  const figures: RelevanceFigures[] = []
  for (const { name, typed } of set.configurations) {
    const qualities: Quality[] = []
    const times: number[] = []
    const failed: { readonly query: string; readonly message: string }[] = []
    for (const { label, question, judgments } of set.queries) {
      onProgress(done, total)
      try {
        const asked = searchOf(question, typed, String(set.k))
        if (!asked.ok) throw new Error(asked.problem)
        const answer = await search(asked.query, keyColumn)
        times.push(answer.searchMs)
        const quality = qualityOf(answer.keys, gradesOf(judgments, keyColumn), set.k)
        if (quality !== null) qualities.push(quality)
      } catch (error) {
        if (isFatal(error)) throw error
        failed.push({ query: label, message: error instanceof Error ? error.message : String(error) })
      }
      done++
    }
    figures.push(figuresOf(name, qualities, times, failed))
  }
  onProgress(total, total)
  return { at: options.at, version: options.version, k: set.k, figures }
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
