interface Measured {
  readonly recall: number
  readonly p50Ms: number
}

/** Fewer points have no knee. */
const MIN_POINTS = 3

/**
 * Index of the point after which more recall costs ever more time: of the points no other beats in both, the one
 * farthest above the line from the fastest to the best, with time on a logarithmic scale. Where none lies above that
 * line, the best. Undefined below three points.
 */
export function findKnee(points: readonly Measured[]): number | undefined {
  if (points.length < MIN_POINTS) return undefined
  const front = paretoFront(points)
  const [first] = front
  const last = front.at(-1)
  if (first === undefined || last === undefined) return undefined
  const width = Math.log(last.p50Ms) - Math.log(first.p50Ms)
  const height = last.recall - first.recall
  let knee = last.index
  let farthest = 0
  for (const { index, recall, p50Ms } of front) {
    // Both axes scaled to [0, 1]: the line is the diagonal, and distance from it is in proportion to this difference.
    const above = (recall - first.recall) / height - (Math.log(p50Ms) - Math.log(first.p50Ms)) / width
    if (above <= farthest) continue
    farthest = above
    knee = index
  }
  return knee
}

/** Points no other one beats, from the fastest to the one with most recall: both grow along it. */
function paretoFront(points: readonly Measured[]): readonly (Measured & { readonly index: number })[] {
  const sorted = points
    .map(({ recall, p50Ms }, index) => ({ recall, p50Ms: Math.max(p50Ms, 1e-6), index }))
    .sort((a, b) => a.p50Ms - b.p50Ms || b.recall - a.recall)
  let best = Number.NEGATIVE_INFINITY
  return sorted.filter(({ recall }) => {
    if (recall <= best) return false
    best = recall
    return true
  })
}
