import { expect, it } from 'vitest'
import { gatherProblems, endingText, estimateText, familyCounts, updateText, worstOf } from './words.ts'

it('tells an estimate, and what leaves the machine', () => {
  const estimate = { rows: 1200, rowsAreExact: false, bytes: 3_400_000, seconds: 12.4 }
  expect(estimateText(estimate)).toBe('about 1,200 rows · 3.4 MB · about 12.4 s')
  expect(estimateText({ ...estimate, rows: 1, rowsAreExact: true, seconds: null })).toBe(
    '1 row · 3.4 MB · time not known yet',
  )
  const embedder = { texts: 10, requests: 2, tokens: 400, isRemote: true }
  expect(estimateText({ ...estimate, embedder })).toContain('10 texts (400 tokens) sent in 2 requests')
  expect(estimateText({ ...estimate, embedder: { ...embedder, isRemote: false } })).toContain('on this machine')
})

it('tells an end by what happened only', () => {
  const result = {
    import: 'i',
    location: '/x',
    rowsWritten: 10,
    rowsSkipped: 0,
    rowsRejected: 2,
    rowsDeleted: 0,
    filesDone: 1,
    filesFailed: [{ name: 'a', reason: 'b' }],
    bytesRead: 5,
    elapsedMs: 2000,
    versions: { before: 1, after: 2 },
    compacted: false,
  }
  expect(endingText(result)).toBe('10 rows of 1 file written · 2 rejected · 1 file failed · 2 s')
})

it('counts families, plans and problems', () => {
  expect(familyCounts([{ family: 'media' }, { family: 'documents' }, { family: 'media' }])).toEqual([
    { family: 'documents', count: 1 },
    { family: 'media', count: 2 },
  ])
  expect(updateText({ unchanged: 4, new: ['a'], changed: [], gone: ['b', 'c'] })).toBe(
    '1 new · 0 changed · 2 gone · 4 unchanged',
  )
  expect(
    worstOf([
      { severity: 'note', message: 'n' },
      { severity: 'error', message: 'e' },
    ])?.message,
  ).toBe('e')
  expect(worstOf([])).toBeUndefined()
})

it('says the same problem once, the worst first', () => {
  const note = { severity: 'note', message: 'n' } as const
  expect(gatherProblems([note, { severity: 'error', message: 'e' }, note])).toEqual([
    { severity: 'error', message: 'e', count: 1 },
    { ...note, count: 2 },
  ])
})
