import { expect, it } from 'vitest'
import { fromLocalField, toLocalField } from './local-field.ts'

it('writes and reads local times to the second', () => {
  const ms = new Date(2026, 2, 5, 4, 3, 2).getTime()
  expect(toLocalField(ms)).toBe('2026-03-05T04:03:02')
  expect(fromLocalField('2026-03-05T04:03:02')).toBe(ms)
  expect(fromLocalField('')).toBeUndefined()
})
