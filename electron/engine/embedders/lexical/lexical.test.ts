import { describe, expect, it } from 'vitest'
import { countFeatures, wordsOf } from './features.ts'
import { embedLexically, hashFeature, LEXICAL_DIMENSION, lexicalEmbedder } from './lexical-embedder.ts'

const idle = new AbortController().signal
const cosine = (a: string, b: string): number => {
  const [x, y] = [embedLexically(a), embedLexically(b)]
  return x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0)
}

describe('the built-in embedder', () => {
  it('makes the same vector of a text everywhere and always', () => {
    expect(hashFeature('w shoe')).toBe(453464803)
    // One word and its three pieces, which together weigh as much.
    const [word, piece] = [Math.fround(Math.SQRT1_2), Math.fround(Math.sqrt(1 / 6))]
    expect(embedLexically('Ab').flatMap((value, place) => (value === 0 ? [] : [[place, value]]))).toEqual([
      [272, piece],
      [365, piece],
      [372, -word],
      [377, piece],
    ])
  })

  it('makes unit vectors of one length', async () => {
    const vectors = await lexicalEmbedder.embed(['a', 'the quick brown fox', 'Größe 3.5 µm'], idle)
    for (const vector of vectors) {
      expect(vector).toHaveLength(LEXICAL_DIMENSION)
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
    }
  })

  it('puts texts near that share words, forms and spellings of words', () => {
    expect(cosine('red running shoes', 'shoes for running, red')).toBeGreaterThan(0.6)
    expect(cosine('running shoes', 'runner shoe')).toBeGreaterThan(0.2)
    expect(cosine('embedding', 'embeding')).toBeGreaterThan(cosine('embedding', 'fragment') + 0.15)
    expect(Math.abs(cosine('the bread was baked in an oven', 'stars fill clear skies'))).toBeLessThan(0.15)
    expect(cosine('CAFÉ', 'cafe\u0301')).toBeCloseTo(1, 6)
    expect(cosine('cafe', 'Café')).toBeCloseTo(1, 6)
  })

  it('grows with the logarithm of repetition, so a repeated word does not drown the others', () => {
    expect(cosine('fox dog', `${'fox '.repeat(50)}dog`)).toBeGreaterThan(0.6)
  })

  it('takes scripts without spaces, emoji, lone surrogates and nothing at all', () => {
    expect(cosine('向量数据库', '数据库的向量')).toBeGreaterThan(0.4)
    expect(cosine('हिन्दी भाषा', 'हिन्दी')).toBeGreaterThan(0.4)
    expect(wordsOf('हिन्दी')).toEqual(['हिन्दी'])
    expect(embedLexically('').every((value) => value === 0)).toBe(true)
    expect(embedLexically(' \n🙂!').every((value) => value === 0)).toBe(true)
    expect(embedLexically('a\ud800b').every(Number.isFinite)).toBe(true)
  })

  it('takes huge texts, and words that are no words', () => {
    expect(embedLexically('lorem ipsum '.repeat(9000)).every(Number.isFinite)).toBe(true)
    const began = performance.now()
    expect(Math.hypot(...embedLexically('x7'.repeat(50_000)))).toBeCloseTo(1, 5)
    expect(Math.hypot(...embedLexically('数'.repeat(50_000)))).toBeCloseTo(1, 5)
    expect(performance.now() - began).toBeLessThan(3000)
    expect(countFeatures('x'.repeat(100_000)).size).toBeLessThan(20)
  })

  it('stops between texts', async () => {
    const controller = new AbortController()
    const running = lexicalEmbedder.embed(
      Array.from({ length: 64 }, () => 'some words '.repeat(1000)),
      controller.signal,
    )
    controller.abort(new Error('enough'))
    await expect(running).rejects.toThrow('enough')
  })
})
