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
  ])('explains %j', (name, why) => expect(tagNameProblem(name)).toContain(why))
})

describe('branchNameProblem', () => {
  it.each(['dev', 'feature/longer-texts', 'a/b/c', 'main/2'])('takes %s', (name) =>
    expect(branchNameProblem(name)).toBeUndefined(),
  )
  it.each([
    ['', 'needs a name'],
    ['main', 'every dataset begins with'],
    ['/a', 'slash'],
    ['a/', 'slash'],
    ['a//b', 'Two slashes'],
    ['a/.b', 'begin with a dot'],
    ['a.lock/b', '.lock'],
    ['a b', 'A space'],
  ])('explains %j', (name, why) => expect(branchNameProblem(name)).toContain(why))
})
