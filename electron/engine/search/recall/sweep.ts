import { AppError } from '#shared/errors.ts'
import type { RecallParams } from '#shared/model/search.ts'

export interface Sweep {
  readonly nprobes?: readonly number[] | undefined
  /** 0 = no refining. */
  readonly refine?: readonly number[] | undefined
  readonly ef?: readonly number[] | undefined
}

/** What of an index decides which settings matter. */
export interface SweptIndex {
  /** `IVF_PQ`, `HNSW_SQ` … */
  readonly type: string
  /** Of its largest segment; undefined when unknown. */
  readonly partitions: number | undefined
}

/** Points of one sweep: each runs every query. */
const MAX_POINTS = 1024
const PROBES = [1, 2, 5, 10, 20, 50, 100, 200]
const MULTIPLES_OF_K = [1, 2, 4, 10, 20]

/**
 * Every combination of the settings given that mean something to the index and that Lance can run; defaults by its type
 * where none are given. Without an index nothing can be set.
 */
export function expandSweep(sweep: Sweep, index: SweptIndex | undefined, k: number): readonly RecallParams[] {
  if (index === undefined) return [{}]
  const isGraph = index.type.startsWith('HNSW')
  const isEmpty = [sweep.nprobes, sweep.refine, sweep.ef].every((values) => values === undefined || values.length === 0)
  const wanted = isEmpty ? defaultSweep(index, k) : sweep
  const combinations = axis(wanted.nprobes).flatMap((nprobes) =>
    axis(isGraph ? wanted.ef : undefined).flatMap((ef) =>
      axis(wanted.refine).map((refine): RecallParams => ({
        ...(nprobes === undefined ? {} : { nprobes }),
        ...(ef === undefined ? {} : { ef }),
        ...(refine === undefined || refine === 0 ? {} : { refine }),
      })),
    ),
  )
  // Lance searches the graph for every row it is to refine, and refuses to look at fewer.
  const points = combinations.filter(({ ef, refine = 1 }) => ef === undefined || ef >= k * refine)
  if (points.length === 0) throw efTooSmall(k, wanted)
  if (points.length <= MAX_POINTS) return points
  throw new AppError({
    code: 'invalid-input',
    message: `The sweep has ${points.length} combinations of settings; at most ${MAX_POINTS} are measured at once.`,
    hint: 'Give fewer values.',
  })
}

/** Settings worth trying for an index nobody said anything about. */
export function defaultSweep({ type, partitions }: SweptIndex, k: number): Sweep {
  if (type.startsWith('HNSW'))
    return { ef: MULTIPLES_OF_K.map((times) => k * times), refine: type.endsWith('FLAT') ? [] : [0, 4] }
  const known = partitions ?? PROBES.at(-1) ?? 1
  const nprobes = [...new Set([...PROBES.filter((count) => count < known), Math.min(known, 1000)])]
  return { nprobes, refine: type.endsWith('FLAT') ? [] : [0, 2, 10] }
}

function axis(values: readonly number[] | undefined): readonly (number | undefined)[] {
  return values === undefined || values.length === 0 ? [undefined] : [...new Set(values)]
}

function efTooSmall(k: number, { refine = [] }: Sweep): AppError {
  const least = k * Math.max(1, Math.min(...(refine.length === 0 ? [1] : refine)))
  return new AppError({
    code: 'invalid-input',
    message: `To find ${k} rows with these settings Lance must look at ${least} or more of the graph, so no ef given can be used.`,
    hint: `Give an ef of at least ${least}.`,
  })
}
