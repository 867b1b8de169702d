import type { IndexEntry, IndexParams, IndexType } from '#shared/model/index-entry.ts'
import { INDEX_TYPES } from '#shared/model/index-entry.ts'

export type ParamKey = keyof IndexParams

interface ParamBase {
  readonly key: ParamKey
  readonly title: string
  /** What it does and which way to turn it, one sentence. */
  readonly help: string
}

/** One setting of an index type, as the form shows it. */
export type ParamField = ParamBase &
  (
    | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly fallback: string }
    | { readonly kind: 'flag'; readonly fallback: boolean }
    | { readonly kind: 'choice'; readonly options: readonly string[]; readonly fallback: string }
  )

const metric: ParamField = {
  key: 'metric',
  title: 'Distance',
  kind: 'choice',
  options: ['l2', 'cosine', 'dot', 'hamming'],
  fallback: 'l2',
  help: 'Searches use the index only when they ask for this same distance.',
}
const numPartitions: ParamField = {
  key: 'numPartitions',
  title: 'Partitions',
  kind: 'number',
  min: 1,
  max: 100_000,
  fallback: 'by rows',
  help: 'Groups the vectors are sorted into. More make a search read less, and miss more unless it probes more of them.',
}
const numSubVectors: ParamField = {
  key: 'numSubVectors',
  title: 'Sub-vectors',
  kind: 'number',
  min: 1,
  max: 65_536,
  fallback: 'dimension / 16',
  help: 'Pieces each vector is compressed in; must divide its dimension. More are more exact, larger and slower to build.',
}
const numBits: ParamField = {
  key: 'numBits',
  title: 'Bits',
  kind: 'number',
  min: 4,
  max: 8,
  fallback: '8',
  help: 'Bits kept of each piece, 8 or 4. Four make the index smaller and less exact.',
}
const rotationBits: ParamField = {
  key: 'numBits',
  title: 'Bits',
  kind: 'number',
  min: 1,
  max: 16,
  fallback: '1',
  help: 'Bits kept of each number of a vector. More are more exact and larger.',
}
const maxIterations: ParamField = {
  key: 'maxIterations',
  title: 'Training rounds',
  kind: 'number',
  min: 1,
  max: 10_000,
  fallback: '50',
  help: 'Most rounds of finding the partitions. More take longer and rarely help.',
}
const sampleRate: ParamField = {
  key: 'sampleRate',
  title: 'Sample per partition',
  kind: 'number',
  min: 1,
  max: 100_000,
  fallback: '256',
  help: 'Vectors looked at for each partition while training. More take longer.',
}
const m: ParamField = {
  key: 'm',
  title: 'Neighbours (m)',
  kind: 'number',
  min: 1,
  max: 1000,
  fallback: '20',
  help: 'Links of each vector in the graph. More find more, and make it larger and slower to build.',
}
const efConstruction: ParamField = {
  key: 'efConstruction',
  title: 'Build effort (ef)',
  kind: 'number',
  min: 1,
  max: 10_000,
  fallback: '300',
  help: 'Candidates looked at for each vector while building. More make a better graph and take longer.',
}

/** Those Lance has stemmers and stop words for. */
const LANGUAGES: readonly string[] =
  'Arabic Danish Dutch English Finnish French German Greek Hungarian Italian Norwegian Portuguese Romanian Russian Spanish Swedish Tamil Turkish'.split(
    ' ',
  )

const FTS: readonly ParamField[] = [
  {
    key: 'withPosition',
    title: 'Positions',
    kind: 'flag',
    fallback: false,
    help: 'Keeps where words stand. Phrases can be searched only with it; it makes the index larger.',
  },
  {
    key: 'baseTokenizer',
    title: 'Words are split',
    kind: 'choice',
    options: ['simple', 'whitespace', 'raw', 'ngram', 'icu'],
    fallback: 'simple',
    help: 'simple: at spaces and punctuation. whitespace: at spaces. raw: not at all. ngram: pieces of words. icu: by the rules of the language.',
  },
  {
    key: 'language',
    title: 'Language',
    kind: 'choice',
    options: LANGUAGES,
    fallback: 'English',
    help: 'Whose stop words and word stems are used.',
  },
  {
    key: 'maxTokenLength',
    title: 'Longest word',
    kind: 'number',
    min: 1,
    max: 100_000,
    fallback: '40',
    help: 'Longer words are left out and cannot be found.',
  },
  {
    key: 'lowercase',
    title: 'Ignore case',
    kind: 'flag',
    fallback: true,
    help: 'Lance and lance are the same word.',
  },
  {
    key: 'stem',
    title: 'Stems',
    kind: 'flag',
    fallback: true,
    help: 'running finds run: words are cut to their stem.',
  },
  {
    key: 'removeStopWords',
    title: 'Leave out stop words',
    kind: 'flag',
    fallback: true,
    help: 'the, of, and … take no room and cannot be found.',
  },
  {
    key: 'asciiFolding',
    title: 'Ignore accents',
    kind: 'flag',
    fallback: true,
    help: 'café and cafe are the same word.',
  },
  {
    key: 'ngramMinLength',
    title: 'Shortest piece',
    kind: 'number',
    min: 1,
    max: 100,
    fallback: '3',
    help: 'With ngram only: text shorter than this cannot be found.',
  },
  {
    key: 'ngramMaxLength',
    title: 'Longest piece',
    kind: 'number',
    min: 1,
    max: 100,
    fallback: '3',
    help: 'With ngram only. A wider range makes the index much larger.',
  },
  {
    key: 'prefixOnly',
    title: 'Beginnings only',
    kind: 'flag',
    fallback: false,
    help: 'With ngram only: keeps the pieces words begin with.',
  },
]

const IVF = [metric, numPartitions, maxIterations, sampleRate]

/** The settings each type knows; all others are refused by the engine. */
export const PARAM_FIELDS: Readonly<Record<IndexType, readonly ParamField[]>> = {
  BTREE: [],
  BITMAP: [],
  LABEL_LIST: [],
  FM: [],
  FTS,
  IVF_FLAT: IVF,
  IVF_PQ: [metric, numPartitions, numSubVectors, numBits, maxIterations, sampleRate],
  IVF_RQ: [metric, numPartitions, rotationBits, maxIterations, sampleRate],
  HNSW_PQ: [metric, numPartitions, numSubVectors, m, efConstruction, maxIterations, sampleRate],
  HNSW_SQ: [metric, numPartitions, m, efConstruction, maxIterations, sampleRate],
}

const NGRAM_ONLY: ReadonlySet<ParamKey> = new Set(['ngramMinLength', 'ngramMaxLength', 'prefixOnly'])

/** The settings of a type that mean something with those chosen so far. */
export function fieldsOf(type: IndexType, { baseTokenizer }: IndexParams): readonly ParamField[] {
  return PARAM_FIELDS[type].filter(({ key }) => baseTokenizer === 'ngram' || !NGRAM_ONLY.has(key))
}

/** Only what belongs to the type and was set. */
export function paramsOf(type: IndexType, params: IndexParams): IndexParams {
  const known = new Set<string>(fieldsOf(type, params).map(({ key }) => key))
  return Object.fromEntries(Object.entries(params).filter(([key, value]) => known.has(key) && value !== undefined))
}

/** What is wrong with the settings, one sentence; undefined = nothing. `dimension` is that of the vectors. */
export function paramsProblem(type: IndexType, params: IndexParams, dimension?: number): string | undefined {
  const { numSubVectors: pieces, ngramMinLength: least = 3, ngramMaxLength: most = 3 } = paramsOf(type, params)
  if (pieces !== undefined && dimension !== undefined && dimension % pieces !== 0) {
    return `${pieces} sub-vectors do not divide the dimension ${dimension}.`
  }
  if (type === 'FTS' && params.baseTokenizer === 'ngram' && least > most) {
    return 'The shortest piece is longer than the longest.'
  }
  return undefined
}

/** One of the types LanceDB can build; undefined for system indices and newer types. */
export function indexTypeOf(type: string): IndexType | undefined {
  return INDEX_TYPES.find((known) => known === type)
}

/** The settings an index was built with, for building it again. `partitions`: known from its files only. */
export function paramsOfEntry(entry: IndexEntry, partitions: number | undefined): IndexParams {
  const type = indexTypeOf(entry.type)
  if (type === undefined) return {}
  const recorded: Readonly<Record<string, unknown>> = {
    ...entry.parameters,
    ...entry.tokenizer,
    ...(entry.metric === undefined ? {} : { metric: entry.metric }),
    ...(partitions === undefined ? {} : { numPartitions: partitions }),
  }
  const values = PARAM_FIELDS[type].flatMap((field) => {
    const value = recorded[field.key]
    return isValueOf(field, value) ? [[field.key, value] as const] : []
  })
  return paramsOf(type, Object.fromEntries(values))
}

/** An index that had a tokenizer of another build cannot be asked for with values the form does not know. */
function isValueOf(field: ParamField, value: unknown): value is string | number | boolean {
  switch (field.kind) {
    case 'number':
      return typeof value === 'number' && value >= field.min && value <= field.max
    case 'flag':
      return typeof value === 'boolean'
    case 'choice':
      return typeof value === 'string' && field.options.includes(value)
  }
}
