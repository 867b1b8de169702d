import { describe, expect, it } from 'vitest'
import { type Draft, NEW_DRAFT, NO_SETTINGS, toQuery } from './draft.ts'

const ask = (change: Partial<Draft>) => toQuery({ ...NEW_DRAFT, ...change })

describe('toQuery', () => {
  it('asks for rows like a row, a vector, or several', () => {
    expect(ask({ rowId: ' 7 ' })).toEqual({ ok: true, query: { vector: { rowId: '7' }, k: 20 } })
    const numbers = { source: 'numbers', column: 'v', k: '5' } as const
    expect(ask({ ...numbers, numbers: '[1, 2]' })).toEqual({ ok: true, query: { vector: [1, 2], column: 'v', k: 5 } })
    expect(ask({ ...numbers, numbers: '1 2\n3 4' })).toMatchObject({ query: { vector: [[1, 2], [3, 4]] } }) // prettier-ignore
  })

  it('asks for a vector of a text, which is the words of a hybrid search', () => {
    const text = { source: 'text', text: ' red shoes ', embedder: 'built-in' } as const
    expect(ask(text)).toEqual({ ok: true, query: { vector: { text: 'red shoes', embedder: 'built-in' }, k: 20 } })
    expect(ask({ ...text, mode: 'hybrid' })).toMatchObject({
      query: { text: 'red shoes', vector: { text: 'red shoes', embedder: 'built-in' } },
    })
    const builder = { kind: 'boolean', must: [{ kind: 'match', terms: 'fox' }] } as const
    expect(ask({ ...text, mode: 'hybrid', textKind: 'builder', builder })).toMatchObject({
      query: { vector: { text: 'fox' } },
    })
    expect(ask({ ...text, text: ' ' })).toEqual({ ok: false, problem: 'Type the text to make a vector of.' })
    expect(ask({ ...text, embedder: '' })).toMatchObject({ ok: false, problem: expect.stringContaining('Choose the') })
    expect(ask({ ...text, text: 'x'.repeat(100_001) })).toMatchObject({ ok: false })
  })

  it('asks for words in several ways', () => {
    const text = { mode: 'text', text: ' quick fox ' } as const
    expect(ask(text)).toEqual({ ok: true, query: { text: 'quick fox', k: 20 } })
    expect(ask({ ...text, textKind: 'all-words', textColumn: 'body' })).toMatchObject({
      query: { text: { kind: 'match', terms: 'quick fox', operator: 'and' }, textColumns: ['body'] },
    })
    const settings = { ...NO_SETTINGS, slop: '2' }
    expect(ask({ ...text, textKind: 'phrase', settings })).toMatchObject({
      query: { text: { kind: 'phrase', terms: 'quick fox', slop: 2 } },
    })
  })

  it('sends the settings that belong to the kind of search', () => {
    const settings = { ...NO_SETTINGS, nprobesMax: '8', refine: '5', metric: 'cosine', rrfK: '10', fast: true } as const
    expect(ask({ rowId: '1', settings })).toMatchObject({
      query: { params: { nprobes: { max: 8 }, refine: 5, metric: 'cosine', fast: true } },
    })
    expect(ask({ mode: 'text', text: 'a', settings })).toEqual({
      ok: true,
      query: { text: 'a', k: 20, params: { fast: true } },
    })
    expect(ask({ mode: 'hybrid', rowId: '1', text: 'a', settings })).toMatchObject({ query: { params: { rrfK: 10 } } })
  })

  it.each<readonly [Partial<Draft>, RegExp]>([
    [{}, /Choose the row/],
    [{ rowId: 'x' }, /whole number/],
    [{ source: 'numbers', numbers: '1 x' }, /is not a number/],
    [{ mode: 'text' }, /Type the words/],
    [{ rowId: '1', k: '0' }, /Rows: from 1/],
    [{ rowId: '1', k: '2.5' }, /whole number/],
    [{ rowId: '1', settings: { ...NO_SETTINGS, refine: 'a' } }, /Refine factor: “a”/],
  ])('says what is missing or wrong: %j', (change, problem) => {
    expect(ask(change)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) as string })
  })
})
