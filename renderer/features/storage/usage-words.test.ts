import { expect, it } from 'vitest'
import { storageFile } from './storage.fixture.ts'
import { formatVersionRange, isUsed, versionNote, writerSentence } from './usage-words.ts'

const now = Date.parse('2026-01-03T00:00:00Z')
const file = storageFile('data/a.lance', 1)
const { writtenBy: _, ...orphan } = { ...file, usedBy: { versions: [], tags: [], branches: [] } }

it('names runs of versions', () => {
  expect(formatVersionRange({ from: 3, to: 3 })).toBe('v3')
  expect(formatVersionRange({ from: 3, to: 7 })).toBe('v3–v7')
  expect(formatVersionRange({ branch: 'exp', from: 8, to: 9 })).toBe('exp v8–v9')
})

it('says who wrote a file, and that nobody knows', () => {
  expect(writerSentence(file, now)).toBe('First used by version 1 (append), last changed 2 days ago.')
  expect(writerSentence({ ...file, writtenBy: { branch: 'exp', version: 7, operation: 'merge' } }, now)).toContain(
    'version 7 of branch exp (merge)',
  )
  expect(writerSentence(orphan, now)).toBe('No version that still exists wrote it; last changed 2 days ago.')
})

it('knows whether anything needs a file', () => {
  expect(isUsed(file)).toBe(true)
  expect(isUsed(orphan)).toBe(false)
  expect(isUsed({ ...orphan, usedBy: { versions: [], tags: ['golden'], branches: [] } })).toBe(true)
})

it('gives manifests and transactions the version their names hide', () => {
  expect(versionNote({ ...file, kind: 'manifest' })).toBe('v1')
  expect(versionNote(file)).toBe('')
  expect(versionNote({ ...orphan, kind: 'transaction' })).toBe('')
})
