import { describe, expect, it } from 'vitest'
import { entries, entry } from './entry.fixture.ts'
import { mergeNewest } from './merge.ts'

describe('mergeNewest', () => {
  it('puts new versions first and none twice', () => {
    expect(mergeNewest([entry(5), entry(4)], entries(4)).map((one) => one.version)).toEqual([5, 4, 3, 2, 1])
    expect(mergeNewest([], entries(2))).toHaveLength(2)
  })
})
