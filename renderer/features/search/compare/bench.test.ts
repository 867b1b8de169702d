import { describe, expect, it } from 'vitest'
import { NEW_DRAFT } from '../query/draft.ts'
import { type Bench, judgmentsOf, newBench, toComparison, withJudgments } from './bench.ts'

const bench = newBench({
  question: { ...NEW_DRAFT, rowId: '3' },
  modes: ['vector', 'text', 'hybrid'],
  keyColumn: '',
  titleColumn: 'title',
})
const ask = (change: Partial<Bench>) => toComparison({ ...bench, ...change })
const idOf = (change: Partial<Bench>): string => {
  const result = ask(change)
  if (!result.ok) throw new Error(result.problem)
  return result.asked.queryId
}

describe('toComparison', () => {
  it('asks every configuration the same question', () => {
    expect(ask({ k: '5' })).toMatchObject({
      ok: true,
      asked: {
        turn: 1,
        k: 5,
        label: 'like row 3',
        ways: [{ query: { vector: { rowId: '3' }, k: 5 } }, { query: { params: { exact: true } } }],
      },
    })
  })

  it('says which configuration cannot be asked', () => {
    expect(ask({ question: NEW_DRAFT })).toEqual({ ok: false, problem: 'Index: Choose the row to start from.' })
    expect(ask({ k: '101' })).toMatchObject({ ok: false, problem: 'k is a whole number from 1 to 100.' })
    expect(ask({ k: '' })).toMatchObject({ ok: false })
  })

  it('knows a question again', () => {
    expect(idOf({ k: '5' })).toBe(idOf({ k: '7', question: { ...bench.question, text: 'not asked' } }))
    expect(idOf({})).not.toBe(idOf({ question: { ...bench.question, rowId: '4' } }))
  })
})

it('keeps judgments by question and drops questions without any', () => {
  const query = { id: 'q', label: 'a', question: NEW_DRAFT }
  const given = withJudgments([], query, [{ rowId: '1', grade: 1 }])
  expect(judgmentsOf(given, 'q')).toEqual([{ rowId: '1', grade: 1 }])
  expect(judgmentsOf(given, 'other')).toEqual([])
  expect(withJudgments(given, query, [])).toEqual([])
})
