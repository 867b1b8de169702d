import type { DistanceMetric } from '#shared/model/search.ts'
import { formatIndexType } from './index-section.ts'
import type { ManifestIndex } from './types.ts'
import { WireReader } from './wire.ts'

export type IndexSettings = Readonly<Record<string, string | number | boolean>>

/** What an index was made with, as its details message says it. */
export interface IndexDetails {
  /** `IVF_PQ`, `BTREE`, `FTS`; the message's own name where it is none of those. */
  readonly type: string
  readonly kind: 'vector' | 'scalar' | 'text' | 'system' | 'unknown'
  readonly metric?: DistanceMetric
  readonly parameters: IndexSettings
  readonly tokenizer?: IndexSettings
}

const SCALAR_TYPES: Readonly<Record<string, string>> = {
  BTree: 'BTREE',
  Bitmap: 'BITMAP',
  LabelList: 'LABEL_LIST',
  FM: 'FM',
  NGram: 'NGRAM',
  ZoneMap: 'ZONEMAP',
  BloomFilter: 'BLOOM_FILTER',
}
const METRICS: readonly DistanceMetric[] = ['l2', 'cosine', 'dot', 'hamming']

/** Decodes the details of an index segment (index.proto, table.proto); fields not known are left out. */
export function readIndexDetails({ typeUrl, details }: Pick<ManifestIndex, 'typeUrl' | 'details'>): IndexDetails {
  const message = formatIndexType(typeUrl)
  if (message === 'Vector') return readVectorDetails(new WireReader(details))
  if (message === 'Inverted') return readInvertedDetails(new WireReader(details))
  if (message === 'MemWal' || message === 'FragmentReuse') return { type: message, kind: 'system', parameters: {} }
  const type = SCALAR_TYPES[message]
  return type === undefined
    ? { type: message, kind: 'unknown', parameters: {} }
    : { type, kind: 'scalar', parameters: {} }
}

/** lance.index.pb.VectorIndexDetails; HNSW lies below an IVF of one or more partitions. */
function readVectorDetails(message: WireReader): IndexDetails {
  let metric: DistanceMetric = 'l2'
  let hnsw: IndexSettings | undefined
  let compression: { readonly name: string; readonly settings: IndexSettings } = { name: 'FLAT', settings: {} }
  let isKnown = false
  while (message.next()) {
    isKnown = true
    switch (message.field) {
      case 1:
        metric = METRICS[message.uint()] ?? 'l2'
        break
      case 3:
        hnsw = readSettings(message.message(), { 1: 'm', 2: 'efConstruction', 3: 'maxLevel' })
        break
      case 4:
        compression = { name: 'PQ', settings: readSettings(message.message(), { 1: 'numBits', 2: 'numSubVectors' }) }
        break
      case 5:
        compression = { name: 'SQ', settings: readSettings(message.message(), { 1: 'numBits' }) }
        break
      case 6:
        compression = { name: 'RQ', settings: readSettings(message.message(), { 1: 'numBits' }) }
        break
      default:
        message.skip()
    }
  }
  // Writers before Lance 1 left the message empty.
  if (!isKnown) return { type: 'Vector', kind: 'vector', parameters: {} }
  return {
    type: `${hnsw === undefined ? 'IVF' : 'HNSW'}_${compression.name}`,
    kind: 'vector',
    metric,
    parameters: { ...compression.settings, ...hnsw },
  }
}

/** lance.table.InvertedIndexDetails. Absent booleans are false, as protobuf has it. */
function readInvertedDetails(message: WireReader): IndexDetails {
  const tokenizer: Record<string, string | number | boolean> = {
    withPosition: false,
    lowercase: false,
    stem: false,
    removeStopWords: false,
    asciiFolding: false,
  }
  const texts: Readonly<Record<number, string>> = { 1: 'baseTokenizer', 2: 'language' }
  const flags: Readonly<Record<number, string>> = {
    3: 'withPosition',
    5: 'lowercase',
    6: 'stem',
    7: 'removeStopWords',
    8: 'asciiFolding',
    11: 'prefixOnly',
  }
  const numbers: Readonly<Record<number, string>> = { 4: 'maxTokenLength', 9: 'ngramMinLength', 10: 'ngramMaxLength' }
  while (message.next()) {
    const [text, flag, number] = [texts[message.field], flags[message.field], numbers[message.field]]
    // Lance writes the language as JSON: with its quotes.
    if (text !== undefined) tokenizer[text] = message.text().replace(/^"(.*)"$/, '$1')
    else if (flag !== undefined) tokenizer[flag] = message.bool()
    else if (number !== undefined) tokenizer[number] = message.uint()
    else message.skip()
  }
  return { type: 'FTS', kind: 'text', parameters: {}, tokenizer }
}

function readSettings(message: WireReader, names: Readonly<Record<number, string>>): IndexSettings {
  const settings: Record<string, number> = {}
  while (message.next()) {
    const name = names[message.field]
    if (name === undefined) message.skip()
    else settings[name] = message.uint()
  }
  return settings
}
