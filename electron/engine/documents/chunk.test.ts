import { beforeAll, describe, expect, test } from 'vitest'
import type { Chunk, Chunking, DocumentBlock } from '#shared/model/import/documents.ts'
import { chunkDocument } from './chunk.ts'
import { loadTokenCounter, type CountTokens } from './count-tokens.ts'
import { outlineMarkdown } from './markdown.ts'

let countTokens: CountTokens
beforeAll(async () => {
  countTokens = await loadTokenCounter()
})

const CHARACTERS: Chunking = { by: 'structure', unit: 'characters', size: 100, overlap: 0 }

function cut(text: string, chunking: Chunking, blocks?: readonly DocumentBlock[]): readonly Chunk[] {
  return chunkDocument({ text, blocks: blocks ?? outlineMarkdown(text).blocks }, chunking, countTokens)
}

const contents = (text: string, chunks: readonly Chunk[]): string[] =>
  chunks.map(({ start, end }) => text.slice(start, end))

describe('by structure', () => {
  test('a heading begins a chunk and stays with its text; chunks know where they stand', () => {
    const text = '# A\n\n## B\n\none\n\n## C\n\ntwo\n\n# D\n\nthree'
    const chunks = cut(text, CHARACTERS)
    expect(contents(text, chunks)).toEqual(['# A\n\n## B\n\none', '## C\n\ntwo', '# D\n\nthree'])
    expect(chunks.map(({ headings }) => headings)).toEqual([['A', 'B'], ['A', 'C'], ['D']])
  })

  test('chunks end between blocks, else between sentences, else between words', () => {
    const sentence = 'Here is a sentence of some length.'
    const blocks = `${sentence} ${sentence}\n\n${sentence}`
    expect(contents(blocks, cut(blocks, CHARACTERS))).toEqual([`${sentence} ${sentence}`, sentence])
    const sentences = Array.from({ length: 4 }, () => sentence).join('\n')
    expect(contents(sentences, cut(sentences, { ...CHARACTERS, size: 80 }))).toEqual([
      `${sentence}\n${sentence}`,
      `${sentence}\n${sentence}`,
    ])
    const words = 'word '.repeat(100).trim()
    for (const content of contents(words, cut(words, CHARACTERS))) expect(content).toMatch(/^word( word)*$/)
  })

  test('an overlap repeats whole sentences, never across a heading', () => {
    const text = `# A\n\n${'One two three. '.repeat(12)}\n\n# B\n\n${'Four five six. '.repeat(3)}`
    const chunks = cut(text, { ...CHARACTERS, overlap: 40 })
    const [first, second] = chunks
    expect(second!.start).toBeLessThan(first!.end)
    expect(text.slice(second!.start, first!.end)).toBe('One two three. One two three.')
    expect(chunks.at(-1)!.start).toBe(text.indexOf('# B'))
  })

  test('pages are those the chunk begins on', () => {
    const text = 'one\n\ntwo'
    const blocks: DocumentBlock[] = [
      { kind: 'paragraph', start: 0, end: 3, page: 1 },
      { kind: 'paragraph', start: 5, end: 8, page: 2 },
    ]
    expect(cut(text, { ...CHARACTERS, size: 5 }, blocks).map(({ page }) => page)).toEqual([1, 2])
  })

  test('text outside of all blocks is not lost', () => {
    expect(
      contents('before inside after', cut('before inside after', CHARACTERS, [{ kind: 'code', start: 7, end: 13 }])),
    ).toEqual(['before inside after'])
  })
})

test('grapheme clusters and surrogate pairs stay whole', () => {
  const family = '👩‍👩‍👧‍👦'
  for (const by of ['structure', 'fixed'] as const) {
    const text = family.repeat(40)
    for (const content of contents(text, cut(text, { by, unit: 'characters', size: 50, overlap: 0 }))) {
      expect(content.replaceAll(family, '')).toBe('')
    }
    // Clusters that are larger than a chunk are cut, but not inside a pair.
    for (const content of contents(text, cut(text, { by, unit: 'characters', size: 4, overlap: 0 }))) {
      expect(() => encodeURIComponent(content)).not.toThrow()
    }
  }
})

test('names of special tokens are text', () => {
  expect(cut('<|endoftext|>', CHARACTERS)).toHaveLength(1)
})

describe('of any text', () => {
  const random = seeded(7)
  const alphabets = [
    'word another. ',
    'a',
    ' \n\n\t',
    '漢字かな。',
    '👩‍👧e\u0301\ud800',
    '# heading\n\n',
    '- item\n',
    '.!?\r\n"\'()',
    '|-|\n',
  ]
  const texts = Array.from({ length: 120 }, () => {
    let text = ''
    while (text.length < 20 + random() * 3000) {
      const alphabet = alphabets[Math.floor(random() * alphabets.length)] ?? ''
      text += alphabet.repeat(1 + Math.floor(random() * (random() < 0.1 ? 200 : 5)))
    }
    return text
  })

  test('every character is in a chunk, chunks go forwards, fit, and begin and end with no space', () => {
    for (const text of texts) {
      const unit = random() < 0.5 ? 'characters' : 'tokens'
      const size = 4 + Math.floor(random() * 200)
      const overlap = random() < 0.4 ? 0 : Math.floor(random() * size)
      const chunking: Chunking = { by: random() < 0.5 ? 'structure' : 'fixed', unit, size, overlap }
      let covered = 0
      let start = -1
      for (const chunk of cut(text, chunking)) {
        expect(text.slice(covered, Math.max(covered, chunk.start)).trim()).toBe('')
        expect(chunk.start).toBeGreaterThan(start)
        expect(chunk.end).toBeGreaterThan(covered)
        const content = text.slice(chunk.start, chunk.end)
        expect(content.trimEnd()).toBe(content)
        if (unit === 'characters') expect(content.length).toBeLessThanOrEqual(size)
        // A single cluster may have more tokens than a chunk should.
        else if (size > 20) expect(chunk.tokens).toBeLessThanOrEqual(size)
        covered = chunk.end
        start = chunk.start
      }
      expect(text.slice(covered).trim()).toBe('')
    }
  })
})

test('tokens are those of the tokenizer, or a few more', async () => {
  const { countTokens: real } = await import('gpt-tokenizer/encoding/cl100k_base')
  const text = "It’s a test, isn't it?  Of 1234567 things:\n\n  indented(code); and_more--done.\n".repeat(50)
  const expected = real(text)
  expect(countTokens(text)).toBeGreaterThanOrEqual(expected)
  expect(countTokens(text)).toBeLessThan(expected * 1.1)
})

test('texts without any break are cut like others', () => {
  for (const text of ['a'.repeat(2_000_000), '字'.repeat(300_000), `a${'\u0301'.repeat(300_000)}`]) {
    const chunks = cut(text, { by: 'structure', unit: 'tokens', size: 400, overlap: 40 })
    expect(chunks.at(-1)!.end).toBe(text.length)
  }
})

/** Numbers from 0 to 1, always the same. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
