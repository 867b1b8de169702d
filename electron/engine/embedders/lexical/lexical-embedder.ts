import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Embedder } from '../embedder.ts'
import { countFeatures } from './features.ts'

export const LEXICAL_DIMENSION = 384
/** The number changes with anything that changes a vector: columns remember it. */
export const LEXICAL_MODEL = 'lexical-hash-384-v1'

/**
 * The built-in embedder: deterministic, offline, without a model. It is lexical, not semantic: texts are near when they
 * share words and pieces of words ("running shoes", "shoe for runners"), not when they merely mean the same. Features
 * are hashed into 384 places with a sign each, so that collisions cancel out on average; counts grow with their
 * logarithm; the vector is scaled to length 1. A text without letters and digits is all zeros.
 */
export const lexicalEmbedder: Embedder = {
  provider: 'tiltyard',
  model: LEXICAL_MODEL,
  dimension: LEXICAL_DIMENSION,
  embed: async (texts, signal) => {
    const vectors: (readonly number[])[] = []
    for (const text of texts) {
      // A long text takes a tenth of a second; others are served between them.
      await nextTurn()
      signal.throwIfAborted()
      vectors.push(embedLexically(text))
    }
    return vectors
  },
}

/** See {@link lexicalEmbedder}. Values are exact single-precision numbers. */
export function embedLexically(text: string): readonly number[] {
  const sums = new Float64Array(LEXICAL_DIMENSION)
  for (const [feature, { weight, count }] of countFeatures(text)) {
    const hash = hashFeature(feature)
    const place = (hash >>> 1) % LEXICAL_DIMENSION
    const sign = (hash & 1) === 1 ? 1 : -1
    sums[place] = (sums[place] ?? 0) + sign * weight * (1 + Math.log(count))
  }
  const norm = Math.sqrt(sums.reduce((sum, value) => sum + value * value, 0))
  return norm === 0 ? [...sums] : [...sums].map((value) => Math.fround(value / norm))
}

/** 32-bit FNV-1a over UTF-16 units, mixed by the finalizer of MurmurHash3: FNV alone leaves its low bits uneven. */
export function hashFeature(feature: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < feature.length; index++) {
    hash = Math.imul(hash ^ feature.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
