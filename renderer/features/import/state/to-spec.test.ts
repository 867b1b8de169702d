import { describe, expect, it } from 'vitest'
import type { DetectedColumn } from '#shared/model/import/tables.ts'
import { createDraft, type Draft } from './draft.ts'
import { joinPath, toSpec } from './to-spec.ts'

const draft = (change: Partial<Draft> = {}): Draft => ({
  ...createDraft({ paths: ['/p'], uploads: [] }, [], { folder: '/data' }),
  ...change,
})
const problems = (made: Draft, detected: readonly DetectedColumn[] = []): readonly string[] => {
  const result = toSpec(made, detected)
  return result.kind === 'problems' ? result.problems.map(({ field }) => field) : []
}
const column = (source: string, type: DetectedColumn['type'] = 'string'): DetectedColumn => ({
  source,
  type,
  sourceType: 'string',
  evidence: '',
  nulls: 0,
  examples: [],
  problems: [],
})
const table = (change: Partial<Draft>): Draft =>
  draft({ family: 'tables', embed: { ...draft().embed, isOn: false }, ...change })
const target = (change: Partial<Draft['target']>): Draft => draft({ target: { ...draft().target, ...change } })

describe('toSpec', () => {
  it('names every field that is not valid', () => {
    const { chunking } = draft()
    expect(problems(draft({ chunking: { ...chunking, size: '15' } }))).toEqual(['size'])
    expect(problems(draft({ chunking: { ...chunking, size: '4e2' } }))).toEqual(['size'])
    expect(problems(draft({ chunking: { ...chunking, overlap: '400' } }))).toEqual(['overlap'])
    expect(problems(draft({ metadata: '{' }))).toEqual(['metadata'])
    expect(problems(draft({ metadata: '[1]' }))).toEqual(['metadata'])
    expect(problems(draft({ embed: { isOn: true, embedder: 'x', source: 'content', target: ' ' } }))).toEqual(['embed'])
    expect(
      problems(draft({ metadata: 'null', duplicates: { isOn: true, by: 'columns', columns: [], keep: 'first' } })),
    ).toEqual(['metadata', 'duplicates'])
  })

  it('asks for a target that can be', () => {
    expect(problems(target({ folder: ' ' }))).toEqual(['target'])
    expect(problems(target({ name: 'a b' }))).toEqual(['target'])
    expect(problems(target({ kind: 'existing', location: '' }))).toEqual(['target'])
    expect(problems(target({ kind: 'existing', location: '/x.lance', mode: 'upsert' }))).toEqual(['target'])
    expect(problems(target({ kind: 'existing', location: '/x.lance', mode: 'upsert', key: ['id'] }))).toEqual([])
  })

  it('names all columns once one is changed, and none before', () => {
    const detected = [column('a', 'int64'), column('b')]
    expect(toSpec(table({}), detected)).toMatchObject({ kind: 'spec', spec: { rows: { kind: 'tables', reading: {} } } })
    expect(JSON.stringify(toSpec(table({}), detected))).not.toContain('columns')
    expect(toSpec(table({ columns: { b: { name: 'c' } } }), detected)).toMatchObject({
      spec: {
        rows: {
          columns: [
            { source: 'a', type: 'int64' },
            { source: 'b', type: 'string', name: 'c' },
          ],
        },
      },
    })
  })

  it('keeps what was found of the columns that were not changed', () => {
    const detected: readonly DetectedColumn[] = [
      { ...column('day', 'date'), dateFormat: 'dd.MM.yyyy', nullTokens: ['-'] },
      column('a.b'),
      column('c'),
    ]
    expect(toSpec(table({ columns: { c: { skip: true } }, nullTokens: 'NA' }), detected)).toMatchObject({
      spec: {
        rows: {
          columns: [
            { source: 'day', type: 'date', dateFormat: 'dd.MM.yyyy', nullTokens: ['NA', '-'] },
            { source: 'a.b', name: 'a_b' },
            { source: 'c', skip: true },
          ],
        },
      },
    })
    const asText = toSpec(table({ columns: { day: { type: 'string' } } }), detected)
    expect(JSON.stringify(asText)).not.toContain('dateFormat')
  })

  it('refuses columns of one name, of none, and no column at all', () => {
    const detected = [column('a'), column('b')]
    expect(problems(table({ columns: { b: { name: 'a' } } }), detected)).toEqual(['columns'])
    expect(problems(table({ columns: { b: { name: 'a', skip: true } } }), detected)).toEqual([])
    expect(problems(table({ columns: { b: { name: '' } } }), detected)).toEqual(['columns'])
    expect(problems(table({ columns: { a: { skip: true }, b: { skip: true } } }), detected)).toEqual(['columns'])
    expect(problems(table({ columns: { a: { nullTokens: '"x' } } }), detected)).toEqual(['columns'])
  })

  it('reads the tabulator as it is written, and one character at most', () => {
    const reading = { ...draft().reading }
    expect(toSpec(table({ reading: { ...reading, delimiter: '\\t' } }))).toMatchObject({
      spec: { rows: { reading: { delimiter: '\t' } } },
    })
    expect(problems(table({ reading: { ...reading, delimiter: '||' } }))).toEqual(['reading'])
    expect(problems(table({ reading: { ...reading, skipLines: '-1' } }))).toEqual(['reading'])
  })
})

it('joins paths as they are written', () => {
  expect(joinPath('/a', 'b')).toBe('/a/b')
  expect(joinPath('/a/', 'b')).toBe('/a/b')
  expect(joinPath('C:\\a', 'b')).toBe('C:\\a\\b')
  expect(joinPath('C:\\', 'b')).toBe('C:\\b')
})
