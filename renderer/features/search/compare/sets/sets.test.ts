import { describe, expect, it } from 'vitest'
import { NEW_DRAFT } from '../../query/draft.ts'
import { newBench, questionId } from '../bench.ts'
import { benchOf, freeName, isChanged, readExported, toSet } from './kept-set.ts'
import { type Answer, figuresOf, runSet } from './run-set.ts'

const like3 = { ...NEW_DRAFT, rowId: '3' }
const numbers = { ...NEW_DRAFT, source: 'numbers' as const, numbers: '[1, 2]' }
const bench = {
  ...newBench({ question: like3, modes: ['vector'], keyColumn: '', titleColumn: '' }),
  judged: [
    { id: questionId(like3), label: 'like row 3', question: like3, judgments: [{ rowId: '1', grade: 1 as const }] },
    { id: questionId(numbers), label: 'numbers', question: numbers, judgments: [{ rowId: '2', grade: 1 as const }] },
  ],
}
const set = { ...toSet(bench, 'mine'), runs: [] }

describe('a relevance set', () => {
  it('keeps questions, ways and judgments as searches', () => {
    expect(set).toEqual({
      name: 'mine',
      k: 10,
      queries: [
        { label: 'like row 3', vector: { rowId: '3' }, judgments: [{ rowId: '1', grade: 1 }] },
        { label: 'numbers', vector: [1, 2], judgments: [{ rowId: '2', grade: 1 }] },
      ],
      configurations: [
        { name: 'Index', use: 'vector' },
        { name: 'Exact', use: 'vector', params: { exact: true } },
      ],
      runs: [],
    })
  })

  it('opens again, and knows when it was changed', () => {
    const opened = benchOf(set, { ...bench, judged: [], configurations: [] })
    expect(opened.judged.map(({ id }) => id)).toEqual(bench.judged.map(({ id }) => id))
    expect(opened).toMatchObject({ setName: 'mine', question: { rowId: '3' }, asked: null })
    expect(isChanged(opened, set)).toBe(false)
    expect(isChanged({ ...opened, k: '5' }, set)).toBe(true)
    expect(isChanged({ ...opened, judged: [] }, set)).toBe(true)
  })

  it.each([
    { text: 'fox' },
    { text: 'fox', textColumns: ['title'], vector: [1, 2] },
    { text: { kind: 'match', terms: 'a b', operator: 'and' } },
    { text: { kind: 'match', terms: 'a b', fuzziness: 'auto' } },
    { text: { kind: 'phrase', terms: 'a b' } },
    { text: { kind: 'phrase', terms: 'a b', slop: 2 } },
    { vector: [[1, 2], [3, 4]] }, // prettier-ignore
  ] as const)('asks %j again as it was asked', (question) => {
    const one = { ...set, queries: [{ label: 'x', ...question, judgments: [] }] }
    const opened = benchOf(one, { ...bench, question: NEW_DRAFT })
    expect(toSet(opened, 'mine').queries).toEqual(one.queries)
  })

  it('keeps parameters and the state of a way', () => {
    const params = {
      metric: 'cosine',
      nprobes: { min: 2, max: 8 },
      refine: 3,
      distanceRange: { lower: 0.5 },
      rrfK: 30,
      fast: true,
    }
    const way = { name: 'a', use: 'hybrid' as const, column: 'v', filter: 'x > 1', params, ref: { tag: 'old' } }
    const text = { ...set, queries: [{ label: 'x', text: 'a', vector: [1], judgments: [] }], configurations: [way] }
    expect(toSet(benchOf(text, bench), 'mine').configurations).toEqual([way])
  })

  it('is read from a file, and gets a name of its own', () => {
    expect(readExported(JSON.stringify(set))).toEqual(set)
    expect(readExported('[1]')).toBeNull()
    expect(readExported('{')).toBeNull()
    expect(freeName('a', ['b'])).toBe('a')
    expect(freeName('a', ['a', 'a 2'])).toBe('a 3')
  })
})

describe('runSet', () => {
  const options = { at: '2026-11-26T00:00:00Z', version: 4, onProgress: () => undefined, isFatal: () => false }

  it('averages every way over the judged questions', async () => {
    const steps: string[] = []
    const answers: readonly Answer[] = [
      { keys: ['1'], searchMs: 2, version: 4 },
      { keys: ['9', '2'], searchMs: 4, version: 4 },
      { keys: ['9'], searchMs: 1, version: 4 },
    ]
    let call = 0
    const run = await runSet(set, {
      ...options,
      onProgress: (done, total) => steps.push(`${done}/${total}`),
      search: () => {
        const answer = answers[call++]
        return answer === undefined ? Promise.reject(new Error('no')) : Promise.resolve(answer)
      },
    })
    expect(steps).toEqual(['0/4', '1/4', '2/4', '3/4', '4/4'])
    expect(run).toMatchObject({ version: 4, k: 10 })
    expect(run.figures).toMatchObject([
      { configuration: 'Index', recall: 1, mrr: 0.75, p50Ms: 3, queries: 2, failed: [] },
      { configuration: 'Exact', recall: 0, mrr: 0, queries: 1, failed: [{ query: 'numbers', message: 'no' }] },
    ])
  })

  it('ends at a failure that is not of one search', async () => {
    const run = runSet(set, { ...options, isFatal: () => true, search: () => Promise.reject(new Error('gone')) })
    await expect(run).rejects.toThrow('gone')
  })

  it('asks each way what it can, on the state it names', async () => {
    const queries = [{ label: 'words', text: 'fox', judgments: [{ rowId: '1', grade: 1 as const }] }]
    const configurations = [
      { name: 'Old', use: 'text' as const, filter: 'a', ref: { version: 2 } },
      { name: 'Vector', use: 'vector' as const },
    ]
    const asked: unknown[] = []
    const run = await runSet(
      { ...set, queries, configurations },
      {
        ...options,
        search: (...call) => {
          asked.push(call)
          return Promise.resolve({ keys: ['1'], searchMs: 1, version: 2 })
        },
      },
    )
    expect(asked).toEqual([[{ text: 'fox', filter: 'a', k: 10 }, '', { version: 2 }]])
    expect(run.figures[1]?.failed).toEqual([{ query: 'words', message: 'This question has no vector to search by.' }])
  })

  it('says nothing of no questions', () => {
    expect(figuresOf('a', [], [], [])).toMatchObject({ queries: 0 })
  })
})
