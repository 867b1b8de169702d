import { describe, expect, it } from 'vitest'
import { newForm, type RecallForm, toRecall } from './form.ts'

const ask = (change: Partial<RecallForm>) => toRecall({ ...newForm('v'), ...change })

describe('toRecall', () => {
  it('asks for a sample, or for vectors given', () => {
    expect(ask({})).toEqual({ ok: true, query: { column: 'v', k: 10, queries: { sample: 50, seed: 1 }, sweep: {} } })
    expect(
      ask({ source: 'vectors', vectors: '[1, 2]', nprobes: '1, 5 10', refine: '0;5', filter: ' id > 1 ' }),
    ).toEqual({
      ok: true,
      query: {
        column: 'v',
        k: 10,
        queries: { vectors: [[1, 2]] },
        sweep: { nprobes: [1, 5, 10], refine: [0, 5] },
        filter: 'id > 1',
      },
    })
  })

  it.each<readonly [Partial<RecallForm>, RegExp]>([
    [{ k: '0' }, /k is/],
    [{ k: '' }, /k is/],
    [{ sample: '1.5' }, /Queries/],
    [{ seed: '-1' }, /Seed/],
    [{ source: 'vectors' }, /Paste/],
    [{ nprobes: '0' }, /nprobes/],
    [{ ef: 'x' }, /ef/],
    [{ refine: '1 '.repeat(33) }, /refine/],
  ])('says what is wrong: %j', (change, problem) => {
    expect(ask(change)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) as string })
  })
})
