import { AppError } from '#shared/errors.ts'
import type { Input } from '#shared/contract/index.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { DistanceMetric, RecallParams, RecallPoint, RecallReport } from '#shared/model/search.ts'
import type { Task, TaskEnv } from '../../jobs/index.ts'
import {
  countUnindexed,
  explainNativeSearch,
  timeNativeSearch,
  type NativeSearch,
  type NativeTable,
} from '../../lance/index.ts'
import { openView, toFilter, type View } from '../../rows/index.ts'
import { totalRows, type KnownIndex } from '../known-indices.ts'
import { chooseVectorColumn, invalidVector } from '../vector-columns.ts'
import { chooseIndex } from './choose-index.ts'
import { findKnee } from './knee.ts'
import { sampleQueries, type QueryVector } from './sample-queries.ts'
import { bootstrapInterval, mean, quantile } from './statistics.ts'
import { expandSweep } from './sweep.ts'
import { findTruth, recallOf, type Truth } from './truth.ts'

/** As the operation's input, with what a process needs to open the dataset for itself. */
export interface RecallInput extends Omit<Input<'search.recall'>, 'dataset' | 'ref'> {
  readonly location: string
  /** A version, so that what is measured stays the same throughout. */
  readonly ref: Ref
}

/** Longest one query may take. */
const QUERY_TIMEOUT_MS = 600_000
/** Seed of the intervals where the queries have none. */
const INTERVAL_SEED = 1

/** What every query of a measurement has in common. */
interface Setup {
  readonly view: View
  readonly queries: readonly QueryVector[]
  readonly index: KnownIndex | undefined
  readonly metric: DistanceMetric
  toSearch(query: QueryVector): NativeSearch
}

/** Measures how much of what exact search finds an index finds, and how long it takes, one query after another. */
export const recallTask: Task<RecallInput, RecallReport> = async (input, env) => {
  const began = performance.now()
  env.report({ done: 0, total: null, unit: 'queries', note: 'Choosing queries' })
  const setup = await prepare(input, env)
  const { view, queries, index, metric } = setup
  const partitions = index === undefined ? undefined : await countPartitions(setup)
  const points = expandSweep(
    input.sweep,
    index === undefined ? undefined : { type: index.details.type, partitions },
    input.k,
  )
  // Once for the truth, once to warm up, once a point.
  const count = createCounter(env, queries.length * (points.length + 2))
  const truths = await findTruths(setup, input.k, count)
  await runQueries(setup, mostWork(points), (n) => count('Warming up', n))
  const measured: RecallPoint[] = []
  for (const [place, params] of points.entries()) {
    measured.push(await measurePoint(setup, truths, params, (n) => count(`Point ${place + 1} of ${points.length}`, n)))
  }
  const knee = findKnee(measured)
  const filter = toFilter(input.filter)
  const rowIds = queries.flatMap(({ rowId }) => rowId ?? [])
  const exactMs = truths.map(({ elapsedMs }) => elapsedMs)
  return {
    column: input.column,
    k: input.k,
    metric,
    index: index?.name ?? null,
    version: view.at.version,
    rows: totalRows(view.manifest),
    unindexedRows: await unindexedRows(view, index),
    ...(filter === undefined ? {} : { filter }),
    ...(rowIds.length === 0 ? {} : { queryRows: rowIds }),
    queries: queries.length,
    points: measured,
    ...(knee === undefined ? {} : { knee }),
    exactP50Ms: quantile(exactMs, 0.5),
    exactP95Ms: quantile(exactMs, 0.95),
    elapsedMs: performance.now() - began,
    at: new Date().toISOString(),
  }
}

async function prepare(input: RecallInput, { context }: TaskEnv): Promise<Setup> {
  const { handle } = await context.datasets.open(input.location, undefined, input.ref)
  const view = await openView(context, { dataset: handle, ref: input.ref })
  const column = chooseVectorColumn(view.manifest, input.column, undefined)
  const { queries: wanted } = input
  const queries: readonly QueryVector[] =
    'vectors' in wanted
      ? wanted.vectors.map((vector) => ({ vector }))
      : await sampleQueries(view.table, column.name, totalRows(view.manifest), wanted)
  if (queries.length === 0) {
    throw invalidVector(
      `No row with a vector in "${column.name}" was found to ask with.`,
      'Give the query vectors, or measure a column with values.',
    )
  }
  const { metric, index } = chooseIndex(view.manifest, column, input.metric)
  const filter = toFilter(input.filter)
  return {
    view,
    queries,
    metric,
    index,
    toSearch: ({ vector }) => ({
      vector: { column: column.name, vectors: [vector] },
      limit: input.k,
      filter,
      metric,
    }),
  }
}

async function findTruths(
  { view, queries, toSearch }: Setup,
  k: number,
  count: (note: string, n: number) => void,
): Promise<readonly Truth[]> {
  const truths: Truth[] = []
  // The first read of a column is not like the others.
  const [first] = queries
  if (first !== undefined) await findTruth(view.table, toSearch(first), k, QUERY_TIMEOUT_MS)
  for (const query of queries) {
    truths.push(await findTruth(view.table, toSearch(query), k, QUERY_TIMEOUT_MS))
    count('Exact search', 1)
  }
  if (truths.some((truth) => truth.count > 0)) return truths
  throw new AppError({
    code: 'invalid-input',
    message: 'Exact search finds no row, so there is nothing an index could find.',
    hint: 'Choose a filter that leaves rows with a vector.',
  })
}

async function measurePoint(
  setup: Setup,
  truths: readonly Truth[],
  params: RecallParams,
  count: (n: number) => void,
): Promise<RecallPoint> {
  const answers = await runQueries(setup, params, count)
  const perQuery = answers.map(({ hits }, place) => {
    const truth = truths[place]
    // Nothing to find, nothing missed.
    return truth === undefined ? 1 : (recallOf(hits, truth) ?? 1)
  })
  const times = answers.map(({ elapsedMs }) => elapsedMs)
  const { lower, upper } = bootstrapInterval(perQuery, INTERVAL_SEED)
  return {
    params,
    recall: mean(perQuery),
    lowerBound: lower,
    upperBound: upper,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    perQuery,
  }
}

async function runQueries(
  { view, queries, toSearch }: Setup,
  { nprobes, refine, ef }: RecallParams,
  count: (n: number) => void,
): Promise<readonly Awaited<ReturnType<typeof timeNativeSearch>>[]> {
  const settings = { ...(nprobes === undefined ? {} : { nprobes: { min: nprobes, max: nprobes } }), refine, ef }
  const answers: Awaited<ReturnType<typeof timeNativeSearch>>[] = []
  for (const query of queries) {
    answers.push(await timeNativeSearch(view.table, { ...toSearch(query), ...settings }, QUERY_TIMEOUT_MS))
    count(1)
  }
  return answers
}

/** The settings that touch most of the index, for warming up. */
function mostWork(points: readonly RecallParams[]): RecallParams {
  const work = ({ nprobes = 1, ef = 1, refine = 1 }: RecallParams): number => nprobes * ef * refine
  return points.reduce((most, point) => (work(point) > work(most) ? point : most), points[0] ?? {})
}

/** Partitions of an IVF index as its plan tells when it is run; of the largest segment. */
async function countPartitions({ view, queries, toSearch }: Setup): Promise<number | undefined> {
  const [first] = queries
  if (first === undefined) return undefined
  const search = { ...toSearch(first), nprobes: { min: 1, max: 1 } }
  const plan = await explainNativeSearch(view.table, search, { analyze: true, timeoutMs: QUERY_TIMEOUT_MS })
  const counts = [...plan.matchAll(/partitions_ranked=(\d+)/g)].map((match) => Number(match[1]))
  return counts.length === 0 ? undefined : Math.max(...counts)
}

async function unindexedRows(view: View, index: KnownIndex | undefined): Promise<number> {
  if (index === undefined) return totalRows(view.manifest)
  return index.coverage?.unindexed ?? (await askUnindexed(view.table, index.name))
}

async function askUnindexed(table: NativeTable, name: string): Promise<number> {
  const rows = await countUnindexed(table, name, QUERY_TIMEOUT_MS)
  if (rows !== undefined) return rows
  throw new AppError({
    code: 'index-not-found',
    message: `LanceDB does not know the index "${name}" the version lists.`,
    hint: 'Build the index again.',
  })
}

function createCounter({ report, signal }: TaskEnv, total: number): (note: string, n: number) => void {
  let done = 0
  return (note, n) => {
    signal.throwIfAborted()
    done += n
    report({ done, total, unit: 'queries', note })
  }
}
