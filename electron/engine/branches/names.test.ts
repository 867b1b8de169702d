import { expect, it } from 'vitest'
import { checkBranchName } from './names.ts'

it.each(['exp', 'feat/a/b', '.a', 'data', 'a.b-c_D', 'x/_versions2'])('takes %s', (name) => {
  expect(() => checkBranchName(name)).not.toThrow()
})

it.each([
  '',
  'main',
  'a b',
  'with space/x',
  'a//b',
  '/a',
  'a/',
  'a..b',
  '..',
  '../x',
  'a/.',
  'a.lock',
  'ünï',
  'a\\b',
  'x\0',
])('refuses %j', (name) => {
  expect(() => checkBranchName(name)).toThrow(expect.objectContaining({ code: 'invalid-name' }))
})

it.each(['exp/data', 'exp/_versions', 'exp/_deletions/x'])('refuses %s, which would lie among files of exp', (name) => {
  expect(() => checkBranchName(name)).toThrow(
    expect.objectContaining({ code: 'invalid-name', hint: expect.stringContaining('branches keep files there') }),
  )
})
