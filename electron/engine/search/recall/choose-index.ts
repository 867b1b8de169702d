import type { DistanceMetric } from '#shared/model/search.ts'
import type { Manifest } from '../../format/types.ts'
import { knownIndices, type KnownIndex } from '../known-indices.ts'
import type { VectorColumn } from '../vector-columns.ts'

export interface ChosenIndex {
  /** The one asked for, else that of the column's first index, else the natural one of its vectors. */
  readonly metric: DistanceMetric
  /** The index Lance would use; undefined = it compares with every row, as it also does when the metrics differ. */
  readonly index: KnownIndex | undefined
}

/** The metric to measure in and the index that is measured. */
export function chooseIndex(manifest: Manifest, column: VectorColumn, wanted: DistanceMetric | undefined): ChosenIndex {
  const own = knownIndices(manifest).filter(
    ({ details, column: name }) => details.kind === 'vector' && name === column.name,
  )
  const metric = wanted ?? own[0]?.details.metric ?? (column.isBytes ? 'hamming' : 'l2')
  return { metric, index: own.find(({ details }) => (details.metric ?? metric) === metric) }
}
