import { expect, it } from 'vitest'
import { entries, entry } from './entry.fixture.ts'
import { withTags } from './with-tags.ts'

it('gives each version its tags in order, those of the branch only', () => {
  const tagged = withTags(
    entries(3),
    [
      { name: 'b', version: 2 },
      { name: 'a', version: 2 },
      { name: 'elsewhere', version: 3, branch: 'dev' },
      { name: 'broken', version: 1, problem: 'Not JSON.' },
    ],
    undefined,
  )
  expect(tagged.map((one) => one.tags)).toEqual([[], ['a', 'b'], []])
})

it('takes tags away, and changes nothing when nothing changed', () => {
  const before = [entry(2, { tags: ['a'] }), entry(1)]
  expect(withTags(before, [{ name: 'a', version: 2 }], undefined)).toBe(before)
  expect(withTags(before, [], undefined)[0]?.tags).toEqual([])
  expect(withTags(before, [], undefined)[1]).toBe(before[1])
})
