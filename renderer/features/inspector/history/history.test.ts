import { tableFromArrays, tableToIPC, uint64 } from '@uwdata/flechette'
import { describe, expect, it } from 'vitest'
import { fakeHost } from '#renderer/features/workspace/host.fixture.ts'
import type { Blame, BlameEvent } from '#shared/model/compare.ts'
import { findRowNumber } from './show-event.ts'
import { effortText, eventNote, noEventsText } from './wording.ts'

const EVENT: BlameEvent = {
  version: 3,
  timestamp: '2026-11-20T10:00:00Z',
  sentence: 'Update: 1 row',
  kind: 'changed',
  rowIdAfter: '9',
  cells: [{ column: 'label', before: 'a', after: 'b' }],
}

describe('the words of a history', () => {
  it('explain events without changed values', () => {
    expect(eventNote(EVENT)).toBeUndefined()
    expect(eventNote({ ...EVENT, cells: [] })).toContain('no value of it differs')
    expect(eventNote({ ...EVENT, kind: 'moved', cells: [] })).toContain('the same values')
    expect(eventNote({ ...EVENT, kind: 'inserted', cells: [] })).toBeUndefined()
  })
  it('tell how the row was followed', () => {
    const blame: Blame = {
      events: [],
      isComplete: true,
      identity: { kind: 'key', columns: ['id', 'day'] },
      manifestsRead: 12,
      rowsRead: 1,
    }
    expect(effortText(blame)).toBe('Followed by id, day · 12 manifests and 1 row read')
    expect(effortText({ ...blame, identity: { kind: 'row-id' } })).toContain('by its row id')
  })
  it('say of which column nothing is known', () => expect(noEventsText('note')).toContain('“note”'))
})

describe('findRowNumber', () => {
  const page = (ids: readonly bigint[]) => ({
    total: 100,
    previews: [],
    arrow: [tableToIPC(tableFromArrays({ _rowid: [...ids] }, { types: { _rowid: uint64() } }), { format: 'file' })],
  })
  const find = (count: number, found: bigint) => {
    const asked: unknown[] = []
    const { host } = fakeHost({
      'rows.count': (input) => {
        asked.push(input)
        return { count }
      },
      'rows.page': (input) => {
        asked.push(input)
        return page([found])
      },
    })
    return { asked, row: findRowNumber(host.api, 'a', { version: 2 }, '4294967299') }
  }
  it('counts the rows before it', async () => {
    const { asked, row } = find(53, 4_294_967_299n)
    expect(await row).toBe(53)
    expect(asked).toEqual([
      { dataset: 'a', ref: { version: 2 }, filter: '_rowid < 4294967299' },
      { dataset: 'a', ref: { version: 2 }, columns: [], offset: 53, limit: 1 },
    ])
  })
  it('claims nothing when another row stands there', async () => expect(await find(53, 7n).row).toBeNull())
})
