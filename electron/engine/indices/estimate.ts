import type { IndexParams, IndexType } from '#shared/model/index-entry.ts'
import type { VectorShape } from './columns.ts'
import type { ColumnSample } from './sample.ts'

/** What estimates rest on, for people. */
export const BASIS = 'figures of 100,000 rows measured on two cores'

export interface Estimate {
  readonly bytes: number | null
  readonly seconds: number | null
}

/** Rows and dimension everything was measured at. */
const ROWS = 100_000
const DIMENSION = 128

/**
 * Size and time of an index, in proportion to what was measured with LanceDB 0.39 on two cores; null where nothing comparable
 * was measured. Times hold within a factor of two on such a machine.
 */
export function estimate(
  type: IndexType,
  rows: number,
  params: IndexParams,
  { vector, sample }: { readonly vector?: VectorShape | undefined; readonly sample?: ColumnSample | undefined },
): Estimate {
  const scale = rows / ROWS
  if (vector !== undefined) return estimateVector(type, rows, params, vector)
  switch (type) {
    case 'BTREE':
      return rounded(8.4 * rows, 0.015 * scale)
    case 'BITMAP':
      return sample === undefined
        ? { bytes: null, seconds: 0.043 * scale }
        : rounded(2 * rows + 34 * distinctOfAll(sample, rows), 0.043 * scale)
    case 'LABEL_LIST':
      return rounded(2.5 * rows, 0.025 * scale)
    case 'FTS': {
      if (sample?.meanWords === undefined) return { bytes: null, seconds: null }
      const words = (scale * sample.meanWords) / 20
      return rounded(6.9e6 * words, 0.535 * words)
    }
    default:
      return { bytes: null, seconds: null }
  }
}

/** A sample in which values hardly repeat stands for as many more in all rows. */
function distinctOfAll({ distinct, sampledRows }: ColumnSample, rows: number): number {
  return distinct > sampledRows / 2 ? (distinct / sampledRows) * rows : distinct
}

function estimateVector(type: IndexType, rows: number, params: IndexParams, vector: VectorShape): Estimate {
  // How many vectors a row has is not known.
  if (vector.isMulti) return { bytes: null, seconds: null }
  const { dimension, elementBytes } = vector
  const scale = (rows / ROWS) * (dimension / DIMENSION)
  const partitions = (params.numPartitions ?? 1) / 64
  const subVectors = params.numSubVectors ?? dimension / 16
  switch (type) {
    case 'IVF_FLAT':
      return rounded(rows * (dimension * elementBytes + 3), 0.62 * scale * partitions)
    case 'IVF_RQ':
      return rounded(rows * (dimension / 8 + 14.5), scale * partitions)
    case 'IVF_PQ':
      return rounded(rows * (subVectors + 4), (27 * subVectors * rows) / (16 * ROWS))
    case 'HNSW_SQ':
      return rounded(rows * (dimension + 212), 33 * scale)
    case 'HNSW_PQ':
      return rounded(rows * (subVectors + 211), 75 * scale)
    default:
      return { bytes: null, seconds: null }
  }
}

function rounded(bytes: number, seconds: number): Estimate {
  return { bytes: Math.round(bytes), seconds: Number(seconds.toPrecision(2)) }
}
