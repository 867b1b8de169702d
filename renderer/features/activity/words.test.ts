import { expect, it } from 'vitest'
import type { LedgerEntry, UndoItem } from '#shared/model/ledger.ts'
import { filterEntries, lastWrite, makerText, outcomeText, unfinishedText, versionsText, whoText } from './words.ts'

const entry = (more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id: 'a',
  at: '2026-01-01T00:00:00Z',
  who: { user: 'ann', by: 'person' },
  operation: 'indices.drop',
  title: 'Drop index id_idx',
  location: '/d.lance',
  versionBefore: 1200,
  versionAfter: 1201,
  outcome: 'done',
  ...more,
})

it('tells versions, outcome and who, and nothing that is not known', () => {
  expect(versionsText(entry())).toBe('v1,200 → v1,201')
  expect(versionsText(entry({ versionAfter: 1200 }))).toBe('v1,200')
  const { versionAfter: _after, ...unfinished } = entry({ outcome: 'unfinished' })
  expect(versionsText(unfinished)).toBe('v1,200 → ?')
  const { versionBefore: _before, ...tag } = unfinished
  expect(versionsText(tag)).toBe('–')
  expect(outcomeText(unfinished)).toBe('not finished')
  expect(outcomeText(entry({ undoneBy: 'b' }))).toBe('undone')
  expect(whoText(entry({ who: { user: 'ann', by: 'policy' } }))).toBe('ann, by policy')
})

it('finds entries by all words typed', () => {
  const failed = entry({ id: 'b', outcome: 'failed', error: { code: 'disk-full', message: 'No room left.' } })
  const all = [entry(), failed]
  expect(filterEntries(all, ' ')).toBe(all)
  expect(filterEntries(all, 'room FAILED')).toEqual([failed])
  expect(filterEntries(all, 'drop main')).toEqual(all)
  expect(filterEntries(all, 'drop dev')).toEqual([])
})

it('undoes the newest write of the branch that is not undone', () => {
  const item = (id: string, kind: UndoItem['kind'], branch?: string): UndoItem => ({
    entry: entry({ id, ...(branch === undefined ? {} : { branch }) }),
    kind,
    newest: 5,
    later: [],
    laterCount: 0,
  })
  const items = [item('1', 'redo'), item('2', 'undo', 'dev'), item('3', 'undo'), item('4', 'undo')]
  expect(lastWrite(items, undefined)?.entry.id).toBe('3')
  expect(lastWrite(items, 'dev')?.entry.id).toBe('2')
  expect(lastWrite([], undefined)).toBeUndefined()
  const { versionAfter: _after, ...open } = entry({ id: '0', outcome: 'unfinished' })
  const nothing: UndoItem = { ...item('0', 'undo'), entry: open, problem: { code: 'not-found', message: 'Nothing.' } }
  expect(lastWrite([nothing, ...items], undefined)?.entry.id).toBe('3')
  const { problem: _problem, ...landed } = nothing
  expect(lastWrite([landed, ...items], undefined)?.entry.id).toBe('0')
})

it('says of a write that did not end what appeared since', () => {
  const { versionAfter: _after, ...open } = entry({ outcome: 'unfinished' })
  const commit = { version: 1201, timestamp: '2026-01-01T00:00:00Z', sentence: 'Delete' }
  const item: UndoItem = {
    entry: open,
    kind: 'undo',
    newest: 1201,
    later: [{ ...commit, perhapsOf: ['a'] }],
    laterCount: 1,
  }
  expect(unfinishedText(open, item)).toContain('1 version appeared since that may be its own: v1,201.')
  const problem = { code: 'not-found', message: 'It committed nothing.' } as const
  expect(unfinishedText(open, { ...item, later: [commit], problem })).toContain('It committed nothing.')
  expect(unfinishedText(open, { ...item, laterCount: 150 })).toContain('At least 1 version appeared')
  expect(unfinishedText(open, undefined)).toContain('not known yet')
  expect(unfinishedText(open, { ...item, kind: 'redo', later: [] })).toContain('after version 1,200 was taken back')
  const { versionBefore: _before, ...tag } = open
  expect(unfinishedText(tag, undefined)).toContain('makes no version')
  expect(
    [{ entry: 'b' }, { perhapsOf: ['a'] }, { perhapsOf: ['c'] }, {}].map((of) => makerText({ ...commit, ...of }, open)),
  ).toEqual(['by Tiltyard', 'perhaps of this write', 'perhaps of another write that did not end', 'by another program'])
})
