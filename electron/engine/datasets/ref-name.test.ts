import { expect, it } from 'vitest'
import { checkBranchName, checkTagName } from './ref-name.ts'

const refused = (hint: string): unknown =>
  expect.objectContaining({ code: 'invalid-name', hint: expect.stringContaining(hint) })

it.each(['v1', 'release-2026.11', '_x', 'a.b-c_D', '0', 'x'.repeat(200)])('takes the tag %s', (name) => {
  expect(() => checkTagName(name)).not.toThrow()
})

it.each([
  ['', 'needs a name'],
  ['.a', 'begin with a dot'],
  ['a.', 'end with a dot'],
  ['a..b', 'Two dots'],
  ['a.lock', '.lock'],
  ['a b', 'letters A–Z'],
  ['a/b', 'letters A–Z'],
  ['ünï', 'letters A–Z'],
  ['a\0b', 'letters A–Z'],
  ['a\n', 'letters A–Z'],
  ['../x', 'letters A–Z'],
  ['x'.repeat(201), 'at most 200'],
])('refuses the tag %j and says why', (name, hint) => {
  expect(() => checkTagName(name)).toThrow(refused(hint))
})

it.each(['exp', 'feat/a/b', '.a', 'data', 'a.b-c_D', 'x/_versions2'])('takes the branch %s', (name) => {
  expect(() => checkBranchName(name)).not.toThrow()
})

it.each([
  ['', 'needs a name'],
  ['main', 'every dataset begins with'],
  ['a b', 'letters A–Z'],
  ['with space/x', 'letters A–Z'],
  ['a//b', 'Two slashes'],
  ['/a', 'slash'],
  ['a/', 'slash'],
  ['a..b', 'Two dots'],
  ['..', 'Two dots'],
  ['../x', 'Two dots'],
  ['a/.', 'more than a dot'],
  ['a.lock', '.lock'],
  ['ünï', 'letters A–Z'],
  ['a\\b', 'letters A–Z'],
  ['x\0', 'letters A–Z'],
  ['exp/data', 'branches keep files there'],
  ['exp/_versions', 'branches keep files there'],
  ['exp/_deletions/x', 'branches keep files there'],
])('refuses the branch %j and says why', (name, hint) => {
  expect(() => checkBranchName(name)).toThrow(refused(hint))
})
