import { expect, it } from 'vitest'
import { sessionOf } from './background.ts'

it('reads the session of a process whatever its name is', () => {
  expect(sessionOf('7781 (node) S 7770 7781 7781 0 -1 4194304 11 0')).toBe(7781)
  expect(sessionOf('12 (a) b (c) R 1 12 9 34816 -1 4194304 11 0')).toBe(9)
})
