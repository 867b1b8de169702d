import { describe, expect, it } from 'vitest'
import { formatRef, parseRef } from './ref.ts'

describe('parseRef', () => {
  it.each([
    ['12', { version: 12 }],
    ['tag:release-1.0', { tag: 'release-1.0' }],
    ['branch:feat/a', { branch: 'feat/a' }],
    ['branch:feat/a@14', { branch: 'feat/a', version: 14 }],
  ])('reads %s and writes it back', (text, ref) => {
    expect(parseRef(text)).toEqual(ref)
    expect(formatRef(ref)).toBe(text)
  })

  it.each(['', '-1', '1.5', '1e3', 'tag:', 'branch:', 'branch:@3', 'latest', '9'.repeat(16)])(
    'refuses "%s"',
    (text) => {
      expect(parseRef(text)).toBeUndefined()
    },
  )
})
