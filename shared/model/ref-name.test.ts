import { describe, expect, it } from 'vitest'
import { branchNameProblem, tagNameProblem } from './ref-name.ts'

describe('tagNameProblem', () => {
  it.each(['v1', 'release-2026.11', 'A_b', '0', 'main', 'lock', 'a.locked'])('takes %s', (name) =>
    expect(tagNameProblem(name)).toBeUndefined(),
  )
  it.each([
    ['', 'needs a name'],
    ['two words', 'A space is not allowed'],
    ['ünï', '“ü” is not allowed'],
    ['a/b', '“/” is not allowed'],
    ['smile😀', '“😀” is not allowed'],
    ['.hidden', 'begin with a dot'],
    ['end.', 'end with a dot'],
    ['a..b', 'Two dots'],
    ['a.lock', '.lock'],
    ['x'.repeat(201), 'at most 200'],
  ])('explains %j', (name, why) => expect(tagNameProblem(name)).toContain(why))
})

describe('branchNameProblem', () => {
  it.each(['dev', 'feature/longer-texts', 'a/b/c', 'main/2', 'data', 'a.lock/b', '.a'])('takes %s', (name) =>
    expect(branchNameProblem(name)).toBeUndefined(),
  )
  it.each([
    ['', 'needs a name'],
    ['main', 'every dataset begins with'],
    ['/a', 'slash'],
    ['a/', 'slash'],
    ['a//b', 'Two slashes'],
    ['a/.', 'more than a dot'],
    ['a/data', '“data”'],
    ['a.lock', '.lock'],
    ['a/..b', 'Two dots'],
    ['x'.repeat(201), 'at most 200'],
    ['a b', 'A space'],
  ])('explains %j', (name, why) => expect(branchNameProblem(name)).toContain(why))
})
