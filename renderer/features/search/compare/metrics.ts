/** A judged row: 1 relevant, 0 not. Keys name rows the same way in rankings and judgments. */
export type Grades = ReadonlyMap<string, 0 | 1>

/** How well one ranking answers one judged query; null where nothing was judged relevant: it cannot be said. */
export interface Quality {
  readonly ndcg: number
  /** Share of the rows judged relevant that stand in the first k. */
  readonly recall: number
  /** 1 / place of the first relevant row, 0 when there is none in the first k. */
  readonly reciprocalRank: number
}

/** nDCG, recall and reciprocal rank at k with grades 0 and 1. Rows nobody judged count as not relevant. */
export function qualityOf(ranking: readonly string[], grades: Grades, k: number): Quality | null {
  const relevant = [...grades.values()].filter((grade) => grade === 1).length
  if (relevant === 0) return null
  const places = unique(ranking)
    .slice(0, k)
    .flatMap((key, index) => (grades.get(key) === 1 ? [index + 1] : []))
  const ideal = Array.from({ length: Math.min(relevant, k) }, (_, index) => index + 1)
  const [first] = places
  return {
    ndcg: gain(places) / gain(ideal),
    recall: places.length / relevant,
    reciprocalRank: first === undefined ? 0 : 1 / first,
  }
}

/** Share of the first k that two rankings have in common, in any order; null when both are empty. */
export function overlapAt(a: readonly string[], b: readonly string[], k: number): number | null {
  const [first, second] = [new Set(a.slice(0, k)), new Set(b.slice(0, k))]
  const most = Math.max(first.size, second.size)
  return most === 0 ? null : [...first].filter((key) => second.has(key)).length / most
}

/** Rows judged among the first k of a ranking. */
export function judgedAt(ranking: readonly string[], grades: Grades, k: number): number {
  return unique(ranking)
    .slice(0, k)
    .filter((key) => grades.has(key)).length
}

function gain(places: readonly number[]): number {
  return places.reduce((sum, place) => sum + 1 / Math.log2(place + 1), 0)
}

/** Every key at its best place: a key column that is not unique must not count a row twice. */
function unique(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)]
}
