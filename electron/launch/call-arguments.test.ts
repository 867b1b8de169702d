import { describe, expect, it } from 'vitest'
import { AppError, type ErrorValue } from '#shared/errors.ts'
import { listOperations, parseCall } from './call-arguments.ts'

const parse = (...args: string[]) => parseCall(args, '/home/ada', () => '{"offset":7}')
const failure = (...args: string[]): ErrorValue | undefined => {
  try {
    parse(...args)
  } catch (error) {
    return error instanceof AppError ? error.toValue() : undefined
  }
  return undefined
}

describe('parseCall', () => {
  it('takes an operation, its input, a dataset and a ref', () => {
    expect(parse('rows.page', '{"offset":0,"limit":1}', '--dataset', 'a.lance', '--ref', 'tag:x')).toEqual({
      kind: 'call',
      operation: 'rows.page',
      input: { offset: 0, limit: 1, ref: { tag: 'x' } },
      dataset: '/home/ada/a.lance',
    })
  })
  it('reads the input from stdin when it is a dash', () => {
    expect(parse('rows.page', '-', '--dataset', '/a')).toMatchObject({ input: { offset: 7 } })
  })
  it('reads the input from a file after an @, which may hold the specification of an import alone', () => {
    const read = (text: string) => (path: string) => (path === '/home/ada/spec.json' ? text : '')
    const spec = { version: 1, sources: { paths: ['a.csv'] } }
    const of = (text: string) => parseCall(['import.run', '@spec.json'], '/home/ada', () => '', read(text))
    expect(of(JSON.stringify(spec))).toMatchObject({ input: { spec } })
    expect(of(JSON.stringify({ spec, maxMemoryBytes: 1 }))).toMatchObject({ input: { spec, maxMemoryBytes: 1 } })
    expect(failure('import.run', '@nowhere.json')).toMatchObject({ code: 'invalid-input' })
  })
  it('leaves a quoted ~ to the engine', () => {
    expect(parse('rows.page', '--dataset', '~/a.lance')).toMatchObject({ dataset: '~/a.lance' })
    expect(parse('rows.page', '--dataset', '~a')).toMatchObject({ dataset: '/home/ada/~a' })
  })
  it('gives a branch to operations that take nothing else', () => {
    expect(parse('versions.list', '--dataset', '/a', '--ref', 'branch:b')).toMatchObject({ input: { branch: 'b' } })
  })
  it('takes --dataset as the location of operations that have one', () => {
    expect(parse('datasets.open', '--dataset', 'a')).toMatchObject({
      input: { location: '/home/ada/a' },
      dataset: undefined,
    })
  })
  it('leaves the two sides of a comparison to be opened', () => {
    expect(parse('versions.compare', '{"from":{"ref":{"version":1}}}', '--dataset', '/a')).toMatchObject({
      input: { from: { ref: { version: 1 } } },
      dataset: '/a',
    })
    expect(parse('versions.compare', '{"from":{"location":"/a"},"to":{"location":"/b"}}')).toMatchObject({
      dataset: undefined,
    })
    expect(failure('versions.compare', '{"from":{"location":"/a"}}')?.hint).toContain('--dataset')
  })
  it('lists operations with their doc lines', () => {
    expect(parse('--list')).toEqual({ kind: 'list' })
    expect(listOperations()).toMatch(/^rows\.page\s+One page of rows/m)
  })
  it.each([
    [[], 'invalid-input'],
    [['nope'], 'unknown-operation'],
    [['__proto__'], 'unknown-operation'],
    [['app.info', '{'], 'invalid-input'],
    [['app.info', '[]'], 'invalid-input'],
    [['app.info', 'null'], 'invalid-input'],
    [['app.info', '{}', 'more'], 'invalid-input'],
    [['rows.page', '{}'], 'invalid-input'],
    [['app.info', '--dataset', 'x'], 'invalid-input'],
    [['app.info', '--ref', '1'], 'invalid-input'],
    [['versions.list', '--dataset', 'x', '--ref', '12'], 'invalid-input'],
    [['rows.page', '--dataset', 'x', '--ref', 'wat'], 'invalid-input'],
    [['app.info', '--wat'], 'invalid-input'],
  ])('refuses %j as %s, with a hint', (args, code) => {
    expect(failure(...args)).toMatchObject({ code, message: expect.any(String), hint: expect.any(String) })
  })
})
