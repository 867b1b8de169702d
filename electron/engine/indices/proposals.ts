import { formatCount, formatNoun } from '#shared/model/format.ts'
import { INDEX_TYPES, type IndexParams, type IndexProposal, type IndexType } from '#shared/model/index-entry.ts'
import { typesFor, whyNot, type IndexColumn, type VectorShape } from './columns.ts'
import { BASIS, estimate } from './estimate.ts'
import { divisorsOf } from './params.ts'
import type { ColumnSample } from './sample.ts'

/** Below this, comparing every vector takes milliseconds. */
const FEW_VECTORS = 5000
/** Up to this, whole vectors in partitions are fast and lose next to nothing. */
const MANY_VECTORS = 100_000
/** Texts of at least so many words are prose, to be searched by word. */
const PROSE_WORDS = 6
const FEW_VALUES = 1000
const FEW_SHARE = 0.05
/** Vectors from which product quantization can learn. */
const PRODUCT_ROWS = 256

interface Facts {
  readonly column: IndexColumn
  readonly rows: number
  readonly sample?: ColumnSample | undefined
}

/** Every type of index with what it would mean on a column; those that can be built first, the best of all on top. */
export function proposeIndices(facts: Facts): readonly IndexProposal[] {
  const best = chooseBest(facts)
  const rank = ({ type, refused }: IndexProposal): number => (type === best ? 0 : refused === undefined ? 1 : 2)
  return INDEX_TYPES.map((type) => propose(type, facts, best)).toSorted((a, b) => rank(a) - rank(b))
}

/** Undefined where none is needed, or none can be built. */
function chooseBest({ column, rows, sample }: Facts): IndexType | undefined {
  const types = typesFor(column)
  if (types.length === 0 || rows === 0) return undefined
  const { vector } = column
  if (vector !== undefined) {
    if (rows < FEW_VECTORS) return undefined
    return rows < MANY_VECTORS || vector.isBytes ? 'IVF_FLAT' : 'IVF_PQ'
  }
  if (types.includes('LABEL_LIST')) return 'LABEL_LIST'
  if (types.includes('FTS') && (sample?.meanWords ?? 0) >= PROSE_WORDS) return 'FTS'
  if (types.includes('BITMAP') && hasFewValues(sample)) return 'BITMAP'
  return types.includes('BTREE') ? 'BTREE' : undefined
}

function hasFewValues(sample: ColumnSample | undefined): boolean {
  if (sample === undefined || sample.sampledRows === 0) return false
  return sample.distinct <= FEW_VALUES && sample.distinct <= Math.max(2, sample.sampledRows * FEW_SHARE)
}

function propose(type: IndexType, facts: Facts, best: IndexType | undefined): IndexProposal {
  const { column, rows, sample } = facts
  const refused = whyNot(type, column) ?? whyNotNow(type, facts)
  const params = refused === undefined ? paramsFor(type, rows, column.vector) : {}
  const { bytes, seconds } =
    refused === undefined
      ? estimate(type, rows, params, { vector: column.vector, sample })
      : { bytes: null, seconds: null }
  const warning = warningOf(type, facts)
  const basis = bytes === null && seconds === null ? '' : ` Size and time are scaled from ${BASIS}.`
  return {
    type,
    recommended: type === best,
    reason: refused ?? `${reasonOf(type, facts)}${basis}`,
    ...(refused === undefined ? {} : { refused }),
    ...(warning === undefined || refused !== undefined ? {} : { warning }),
    params,
    estimatedBytes: bytes,
    estimatedSeconds: seconds,
  }
}

function whyNotNow(type: IndexType, { column: { vector }, rows }: Facts): string | undefined {
  if (vector === undefined) return undefined
  if (rows === 0) return 'There are no rows to learn a vector index from.'
  if ((type === 'IVF_PQ' || type === 'HNSW_PQ') && rows < PRODUCT_ROWS) {
    return `Product quantization learns from at least ${PRODUCT_ROWS} vectors, and there are ${formatNoun(rows, 'row')}.`
  }
  if (type === 'IVF_RQ' && vector.dimension % 8 !== 0) {
    return `IVF_RQ needs vectors of a multiple of 8 numbers, and these have ${vector.dimension}.`
  }
  return undefined
}

/** Settings a proposal starts from. */
function paramsFor(type: IndexType, rows: number, vector: VectorShape | undefined): IndexParams {
  if (vector === undefined) return {}
  const metric = vector.isMulti ? 'cosine' : vector.isBytes ? 'hamming' : 'l2'
  const isGraph = type.startsWith('HNSW')
  const numPartitions = Math.max(1, Math.round(isGraph ? rows / 1e6 : Math.sqrt(rows)))
  const isProduct = type === 'IVF_PQ' || type === 'HNSW_PQ'
  return { metric, numPartitions, ...(isProduct ? { numSubVectors: subVectorsOf(vector.dimension) } : {}) }
}

/** An eighth of the dimension where that is whole, else the largest divisor up to a quarter of it. */
function subVectorsOf(dimension: number): number {
  if (dimension % 8 === 0) return dimension / 8
  return divisorsOf(dimension).find((divisor) => divisor <= dimension / 4) ?? 1
}

function reasonOf(type: IndexType, { column, rows, sample }: Facts): string {
  const { vector } = column
  if (vector !== undefined) return vectorReason(type, rows, vector)
  const values =
    sample === undefined
      ? ''
      : ` ${formatNoun(sample.distinct, 'distinct value')} in ${formatNoun(sample.sampledRows, 'sampled row')}.`
  switch (type) {
    case 'BTREE':
      return `Equality, ranges and sorting out of few rows among ${formatCount(rows)}.${values}`
    case 'BITMAP':
      return `Equality and in-lists over values that repeat.${values}`
    case 'LABEL_LIST':
      return `Lists that contain a label, any of several, or all of them.${values.replace('value', 'label')}`
    case 'FTS':
      return sample?.meanWords === undefined
        ? 'Search by word, best matches first.'
        : `Search by word, best matches first; a text has ${formatNoun(Math.round(sample.meanWords), 'word')} on average.`
    default:
      return 'Finds rare pieces of text anywhere in a value.'
  }
}

function vectorReason(type: IndexType, rows: number, { dimension, isMulti }: VectorShape): string {
  if (rows < FEW_VECTORS) {
    return `No index is needed: ${formatNoun(rows, 'row')} of ${dimension} numbers are compared one by one in milliseconds.`
  }
  const what = `${formatNoun(rows, 'row')} of ${isMulti ? 'several vectors' : `${dimension} numbers`}`
  switch (type) {
    case 'IVF_FLAT':
      return `${what}: whole vectors in partitions lose next to nothing (recall 1.00 where measured) and are as large as the data.`
    case 'IVF_PQ':
      return `${what}: the smallest index; refine the results, since codes alone lose much (recall 0.21 without, 0.83 with refine 10 where measured).`
    case 'IVF_RQ':
      return `${what}: small and quickly built; needs refining (recall 0.23 without, 0.88 with refine 10 where measured).`
    case 'HNSW_SQ':
      return `${what}: the best recall at the lowest latency (0.97 at 1.5 ms where measured), for a larger index and a long build.`
    default:
      return `${what}: a graph over small codes; slower to build than HNSW_SQ and less exact.`
  }
}

function warningOf(type: IndexType, { column: { vector }, rows, sample }: Facts): string | undefined {
  if (type === 'FM') {
    return 'contains() with short or frequent text became slower with it: 1.8 to 25 s where a scan took 7 ms.'
  }
  if (type === 'BITMAP' && sample !== undefined && !hasFewValues(sample)) {
    return 'Values hardly repeat, and a bitmap keeps an entry for each of them.'
  }
  if (vector !== undefined && rows < FEW_VECTORS) return 'So few rows are searched as fast without an index.'
  return undefined
}
