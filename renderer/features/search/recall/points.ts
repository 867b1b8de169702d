import type { RecallParams, RecallPoint, RecallReport } from '#shared/model/search.ts'

/** `nprobes 10, refine 5`; of exact search nothing is set. */
export function paramsText({ nprobes, refine, ef }: RecallParams): string {
  const parts = [
    ...(nprobes === undefined ? [] : [`nprobes ${nprobes}`]),
    ...(ef === undefined ? [] : [`ef ${ef}`]),
    ...(refine === undefined ? [] : [`refine ${refine}`]),
  ]
  return parts.length === 0 ? 'as it is' : parts.join(', ')
}

/** The same settings measured before; undefined when they were not. */
export function pointBefore(point: RecallPoint, before: RecallReport | undefined): RecallPoint | undefined {
  const key = JSON.stringify(point.params)
  return before?.points.find(({ params }) => JSON.stringify(params) === key)
}

/** `+1.2`, `−0.4`, `±0`: change of a share in percentage points. */
export function deltaText(now: number, before: number): string {
  const points = Number(((now - before) * 100).toFixed(1))
  return points === 0 ? '±0' : points > 0 ? `+${points}` : `−${-points}`
}

/** Indices of the points, most recall first; the faster first where recall is the same. */
export function byRecall(points: readonly RecallPoint[]): readonly number[] {
  return points
    .map((point, index) => ({ point, index }))
    .toSorted((a, b) => b.point.recall - a.point.recall || a.point.p50Ms - b.point.p50Ms)
    .map(({ index }) => index)
}

export interface WorstQuery {
  /** 0-based among the queries. */
  readonly query: number
  readonly recall: number
  /** Row the query came from; absent for pasted vectors. */
  readonly rowId?: string
}

/** Queries a point answers worst, at most `count`, those with full recall left out. */
export function worstQueries(report: RecallReport, point: RecallPoint, count: number): readonly WorstQuery[] {
  return point.perQuery
    .map((recall, query) => ({ query, recall }))
    .filter(({ recall }) => recall < 1)
    .toSorted((a, b) => a.recall - b.recall || a.query - b.query)
    .slice(0, count)
    .map((worst) => {
      const rowId = report.queryRows?.[worst.query]
      return rowId === undefined ? worst : { ...worst, rowId }
    })
}

/** Where a value lies on a logarithmic axis, from 0 to 1. */
export function onLogAxis(value: number, least: number, most: number): number {
  if (most <= least) return 0.5
  return (Math.log(value) - Math.log(least)) / (Math.log(most) - Math.log(least))
}

/** Round shares from a floor up to 1, at most six of them, for the axis of recall. */
export function recallLevels(floor: number): readonly number[] {
  const step = [0.01, 0.02, 0.05, 0.1, 0.2].find((size) => (1 - floor) / size <= 5.001) ?? 0.2
  const count = Math.floor((1 - floor) / step + 1e-9)
  return Array.from({ length: count + 1 }, (_, i) => Number((1 - (count - i) * step).toFixed(2)))
}

/** Points no other is both as fast and as good as, fastest first: what can be had for a time. */
export function frontier(points: readonly RecallPoint[]): readonly RecallPoint[] {
  const best: RecallPoint[] = []
  for (const point of points.toSorted((a, b) => a.p50Ms - b.p50Ms || b.recall - a.recall)) {
    if (point.recall > (best.at(-1)?.recall ?? -1)) best.push(point)
  }
  return best
}

/** Round values of a logarithmic axis within [least, most]: 1, 2 and 5 of each power of ten; more where they are few. */
export function logTicks(least: number, most: number): readonly number[] {
  const coarse = ticksOf([1, 2, 5], least, most)
  return coarse.length >= 3 ? coarse : ticksOf([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9], least, most)
}

function ticksOf(steps: readonly number[], least: number, most: number): readonly number[] {
  const ticks: number[] = []
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++) {
    for (const step of steps) {
      const value = Number((step * 10 ** power).toPrecision(3))
      if (value >= least && value <= most) ticks.push(value)
    }
  }
  return ticks
}
