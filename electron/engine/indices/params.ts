import { AppError } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { IndexParams, IndexType } from '#shared/model/index-entry.ts'
import type { IndexColumn, VectorShape } from './columns.ts'

const IVF = ['metric', 'numPartitions', 'maxIterations', 'sampleRate'] as const
const HNSW = [...IVF, 'm', 'efConstruction'] as const
const TEXT = [
  'withPosition',
  'baseTokenizer',
  'language',
  'maxTokenLength',
  'lowercase',
  'stem',
  'removeStopWords',
  'asciiFolding',
  'ngramMinLength',
  'ngramMaxLength',
  'prefixOnly',
] as const

/** Parameters each type has. */
export const PARAMS_OF: Readonly<Record<IndexType, readonly (keyof IndexParams)[]>> = {
  BTREE: [],
  BITMAP: [],
  LABEL_LIST: [],
  FTS: TEXT,
  FM: [],
  IVF_FLAT: IVF,
  IVF_PQ: [...IVF, 'numSubVectors', 'numBits'],
  IVF_RQ: [...IVF, 'numBits'],
  HNSW_PQ: [...HNSW, 'numSubVectors'],
  HNSW_SQ: HNSW,
}

/** Languages of Lance's stemmers and stop words; any other name makes LanceDB 0.39 abort the process. */
const LANGUAGES: readonly string[] =
  'Arabic Danish Dutch English Finnish French German Greek Hungarian Italian Norwegian Portuguese Romanian Russian Spanish Swedish Tamil Turkish'.split(
    ' ',
  )
/** What Lance takes where none are given. */
const DEFAULTS = { m: 20, efConstruction: 300, numBits: 8, ngramMinLength: 3, ngramMaxLength: 3 } as const

/** `invalid-input` for parameters the type does not have, and for values Lance refuses or aborts over. */
export function checkParams(type: IndexType, params: IndexParams, column: IndexColumn, rows: number): void {
  const given = (Object.keys(params) as (keyof IndexParams)[]).filter((name) => params[name] !== undefined)
  const foreign = given.filter((name) => !PARAMS_OF[type].includes(name))
  if (foreign.length > 0) {
    const known = PARAMS_OF[type]
    const hint = known.length === 0 ? `${type} has no parameters.` : `It has: ${known.join(', ')}.`
    throw refusal(`${type} has no parameter ${foreign.join(', ')}.`, `Leave ${them(foreign)} out. ${hint}`, foreign)
  }
  if (type === 'FTS') checkText(params)
  if (column.vector !== undefined && type !== 'FTS') checkVector(type, params, column.vector, rows)
}

function checkText({ language, baseTokenizer, ngramMinLength, ngramMaxLength, prefixOnly }: IndexParams): void {
  if (language !== undefined && !LANGUAGES.includes(language)) {
    throw refusal(`Lance knows no language "${language}".`, `It knows ${LANGUAGES.join(', ')}.`, ['language'])
  }
  const ngram = Object.entries({ ngramMinLength, ngramMaxLength, prefixOnly }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  )
  if (baseTokenizer !== 'ngram' && ngram.length > 0) {
    throw refusal(
      `${ngram.join(', ')} ${ngram.length === 1 ? 'belongs' : 'belong'} to the ngram tokenizer.`,
      `Set baseTokenizer to ngram, or leave ${them(ngram)} out.`,
      ngram,
    )
  }
  const [shortest, longest] = [ngramMinLength ?? DEFAULTS.ngramMinLength, ngramMaxLength ?? DEFAULTS.ngramMaxLength]
  if (shortest > longest) {
    throw refusal(
      `The shortest ngram (${shortest}) is longer than the longest (${longest}).`,
      'Set ngramMinLength to at most ngramMaxLength.',
      ['ngramMinLength', 'ngramMaxLength'],
    )
  }
}

function checkVector(type: IndexType, params: IndexParams, vector: VectorShape, rows: number): void {
  if (rows === 0) throw refusal('The dataset has no rows to learn a vector index from.', 'Add rows first.', [])
  checkMetric(params, vector)
  const { numPartitions } = params
  if (numPartitions !== undefined && numPartitions > rows) {
    throw refusal(
      `${formatNoun(numPartitions, 'partition')} cannot be learned from ${formatNoun(rows, 'row')}.`,
      'Ask for fewer partitions; the square root of the rows is usual.',
      ['numPartitions'],
    )
  }
  if (type === 'IVF_PQ' || type === 'HNSW_PQ') checkProduct(params, vector, rows)
  if (type === 'IVF_RQ') checkRotation(params, vector)
  if (type.startsWith('HNSW')) checkGraph(params)
}

function checkMetric({ metric }: IndexParams, { isBytes, isMulti }: VectorShape): void {
  const known = isMulti ? ['cosine'] : isBytes ? ['hamming'] : ['l2', 'cosine', 'dot']
  if (metric === undefined || known.includes(metric)) return
  const what = isMulti ? 'columns with several vectors a row' : isBytes ? 'vectors of bytes' : 'vectors of floats'
  throw refusal(`An index on ${what} cannot measure ${metric}.`, `Choose ${known.join(', ')}.`, ['metric'])
}

function checkProduct(params: IndexParams, { dimension }: VectorShape, rows: number): void {
  const { numSubVectors, numBits = DEFAULTS.numBits } = params
  if (numBits !== 4 && numBits !== 8) {
    throw refusal(`Product quantization takes 4 or 8 bits, not ${numBits}.`, 'Set numBits to 8 or 4.', ['numBits'])
  }
  if (numSubVectors !== undefined && dimension % numSubVectors !== 0) {
    throw refusal(
      `The ${dimension} numbers of a vector cannot be divided into ${numSubVectors} equal sub-vectors.`,
      `These divide it: ${divisorsOf(dimension).join(', ')}.`,
      ['numSubVectors'],
    )
  }
  if (numBits === 4 && numSubVectors !== undefined && numSubVectors % 2 !== 0) {
    throw refusal('With 4 bits the number of sub-vectors must be even.', 'Set numBits to 8, or change numSubVectors.', [
      'numBits',
      'numSubVectors',
    ])
  }
  const needed = 2 ** numBits
  if (rows >= needed) return
  throw refusal(
    `Product quantization with ${numBits} bits learns from at least ${needed} vectors, and there ${rows === 1 ? 'is' : 'are'} ${formatNoun(rows, 'row')}.`,
    'Choose IVF_FLAT, or no index: so few rows are searched one by one in no time.',
    [],
  )
}

function checkRotation({ numBits = 1 }: IndexParams, { dimension }: VectorShape): void {
  if (dimension % 8 !== 0) {
    throw refusal(
      `IVF_RQ needs vectors of a multiple of 8 numbers, and these have ${dimension}.`,
      'Choose another type of index.',
      [],
    )
  }
  if (numBits <= 9) return
  throw refusal(`IVF_RQ takes 1 to 9 bits, not ${numBits}.`, 'Leave numBits out: 1 is usual.', ['numBits'])
}

function checkGraph({ m = DEFAULTS.m, efConstruction = DEFAULTS.efConstruction }: IndexParams): void {
  if (m < 4) throw refusal(`A graph with m = ${m} falls apart.`, 'Set m to 4 or more; 20 is usual.', ['m'])
  if (efConstruction >= m) return
  throw refusal(
    `efConstruction (${efConstruction}) must be at least m (${m}).`,
    'Raise efConstruction; 300 is usual.',
    ['efConstruction', 'm'],
  )
}

/** Divisors from the largest to the smallest, at most twelve of them. */
export function divisorsOf(dimension: number): readonly number[] {
  const all = Array.from({ length: dimension }, (_, index) => index + 1).filter((it) => dimension % it === 0)
  return all.reverse().slice(0, 12)
}

function them(names: readonly string[]): string {
  return names.length === 1 ? 'it' : 'them'
}

function refusal(message: string, hint: string, parameters: readonly string[]): AppError {
  return new AppError({ code: 'invalid-input', message, hint, detail: { parameters } })
}
