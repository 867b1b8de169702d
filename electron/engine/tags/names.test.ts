import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { checkTagName } from './names.ts'

it.each(['v1', 'release-2026.11', '_x', 'a.b-c_D', '0', 'x'.repeat(200)])('takes %s', (name) => {
  expect(() => checkTagName(name)).not.toThrow()
})

it.each(['', '.a', 'a.', 'a..b', 'a.lock', 'a b', 'a/b', 'ünï', 'a\0b', '../x', 'x'.repeat(201), 'a\n'])(
  'refuses %j and says the rule',
  (name) => {
    const error = failureOf(() => checkTagName(name))
    expect(error.code).toBe('invalid-name')
    expect(error.hint).toContain('ASCII letters, digits')
  },
)

function failureOf(run: () => void): AppError {
  try {
    run()
  } catch (error) {
    if (error instanceof AppError) return error
  }
  throw new Error('did not fail')
}
