import { describe, expect, it } from 'vitest'
import { NEW_DRAFT, toQuery } from './draft.ts'
import { textProblem, toKind } from './text-query.ts'

describe('a full-text query that is put together', () => {
  const match = { kind: 'match', terms: 'red shoes' } as const

  it('keeps its words when it becomes another kind', () => {
    expect(toKind(match, 'boolean', [])).toEqual({ kind: 'boolean', must: [match] })
    expect(toKind(toKind(match, 'boost', []), 'phrase', [])).toEqual({ kind: 'phrase', terms: 'red shoes' })
    expect(toKind(match, 'multi-match', ['a'])).toEqual({ ...match, kind: 'multi-match', columns: [{ column: 'a' }] })
  })

  it('says what is missing', () => {
    expect(textProblem(match)).toBeNull()
    expect(textProblem({ kind: 'phrase', terms: ' ' })).toContain('phrase')
    expect(textProblem({ kind: 'boolean', mustNot: [match] })).toContain('must or should')
    expect(textProblem({ kind: 'multi-match', terms: 'a', columns: [] })).toContain('column')
    const deep = { kind: 'boolean', must: [match] } as const
    expect(textProblem({ kind: 'boolean', must: [deep] })).toBeNull()
    expect(textProblem({ kind: 'boolean', must: [{ kind: 'boolean', must: [deep] }] })).toContain('deep')
  })

  it('is what the form asks, or says why not', () => {
    const draft = { ...NEW_DRAFT, mode: 'text', textKind: 'builder' } as const
    expect(toQuery({ ...draft, builder: match })).toEqual({ ok: true, query: { text: match, k: 20 } })
    expect(toQuery(draft)).toEqual({ ok: false, problem: 'A match has no words yet.' })
  })
})
