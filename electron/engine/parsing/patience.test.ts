import { expect, it } from 'vitest'
import { patienceMs } from './patience.ts'

it('waits ten seconds for a small file, longer for a large or a packed one, and never beyond the limit', () => {
  const wait = (subject: object) => patienceMs({ name: 'a', ...subject }, 60_000)
  expect(wait({ bytes: 0 })).toBe(10_000)
  expect(wait({ bytes: 5_000_000, kind: 'csv' })).toBe(15_000)
  expect(wait({ bytes: 1_000_000, kind: 'pdf' })).toBe(20_000)
  expect(wait({ bytes: 1_000_000, kind: 'csv', compression: 'gzip' })).toBe(20_000)
  expect(wait({ bytes: 5e9 })).toBe(60_000)
  expect(wait({})).toBe(60_000)
  expect(patienceMs({ name: 'a', bytes: 0 }, 3000)).toBe(3000)
})
