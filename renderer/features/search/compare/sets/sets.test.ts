import { describe, expect, it } from 'vitest'
import { NEW_DRAFT } from '../../query/draft.ts'
import { newBench } from '../bench.ts'
import { benchOf, keepProblem, parseSets, toSet, withRun, withSet } from './kept-set.ts'
import { type Answer, figuresOf, runSet } from './run-set.ts'

const bench = {
  ...newBench({ question: { ...NEW_DRAFT, rowId: '3' }, modes: ['vector'], keyColumn: '', titleColumn: '' }),
  judged: [
    {
      id: 'a',
      label: 'like row 3',
      question: { ...NEW_DRAFT, rowId: '3' },
      judgments: [{ rowId: '1', grade: 1 as const }],
    },
    {
      id: 'b',
      label: 'numbers',
      question: { ...NEW_DRAFT, source: 'numbers' as const, numbers: '[1, 2]' },
      judgments: [{ rowId: '2', grade: 1 as const }],
    },
  ],
}
const set = toSet(bench, 'mine', '/data', undefined)

describe('a relevance set', () => {
  it('keeps questions, ways and judgments, and opens again after JSON', () => {
    expect(set).toMatchObject({
      name: 'mine',
      k: 10,
      queries: [{ id: 'a' }, { id: 'b', vector: [1, 2] }],
      configurations: [
        { name: 'Index', use: 'vector' },
        { name: 'Exact', params: { exact: true } },
      ],
      runs: [],
    })
    const [read] = parseSets(JSON.parse(JSON.stringify([set, { name: 'broken' }, 7])))
    expect(read).toEqual(set)
    expect(benchOf(set, { ...bench, judged: [] }).judged).toEqual(bench.judged)
    expect(parseSets(null)).toEqual([])
  })

  it('takes the place of another of its name and keeps the runs', () => {
    const run = { at: '2026-11-26T00:00:00Z', version: 1, k: 10, figures: [] }
    const older = withRun(set, run)
    expect(toSet(bench, 'mine', '/data', older).runs).toEqual([run])
    expect(withSet([older, { ...set, name: 'b' }], set).map(({ name }) => name)).toEqual(['b', 'mine'])
    expect(keepProblem([set])).toBeNull()
    expect(keepProblem([{ ...set, name: 'x'.repeat(300_000) }])).toMatch(/too long/)
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

  it('says nothing of no questions', () => {
    expect(figuresOf('a', [], [], [])).toMatchObject({ queries: 0 })
  })
})
