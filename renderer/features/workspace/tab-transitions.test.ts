import { describe, expect, it } from 'vitest'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import {
  atCommit,
  inspectedAfterMove,
  mapTab,
  newVersions,
  onBranch,
  toTab,
  travelled,
  withLatest,
  withNextTab,
  withoutTab,
  withTab,
} from './tab-transitions.ts'

const SUMMARY: DatasetSummary = {
  location: '/data/a.lance',
  name: 'a',
  version: 9,
  latestVersion: 9,
  timestamp: '2026-01-01T00:00:00Z',
  rows: 1,
  columns: 1,
  fragments: 1,
  deletedRows: 0,
  dataBytes: 10,
  formatVersion: '2.1',
  writer: 'lance 1.0.0',
  featureFlags: { reader: 0, writer: 0, names: [], unknownReaderBits: [] },
  schema: [],
  indices: [],
  readOnly: false,
  stableRowIds: false,
}
const tab = toTab('a', SUMMARY)
const other = toTab('b', { ...SUMMARY, location: '/data/b.lance', name: 'b' })
const third = toTab('c', { ...SUMMARY, location: '/data/c.lance', name: 'c' })

describe('opening and closing', () => {
  it('starts on the newest version unless it was left looking back', () => {
    expect(tab).toMatchObject({ version: 9, timeTravel: false, view: 'data' })
    expect(toTab('a', SUMMARY, { version: 3, view: 'versions' })).toMatchObject({
      version: 3,
      latestVersion: 9,
      timeTravel: true,
      view: 'versions',
    })
  })

  it('opens a dataset once and in the background when asked', () => {
    const one = withTab({ tabs: [], active: null }, tab, false)
    expect(one.active).toBe('a')
    const two = withTab(one, other, false)
    expect(two.active).toBe('a')
    expect(withTab(two, tab, true).tabs).toHaveLength(2)
  })

  it('gives the front to the neighbour of a closed tab', () => {
    const state = { tabs: [tab, other, third], active: 'b', inspected: { b: { kind: 'version', version: 1 } as const } }
    expect(withoutTab(state, 'b')).toMatchObject({ active: 'c', inspected: {} })
    expect(withoutTab({ ...state, active: 'c' }, 'c').active).toBe('b')
    expect(withoutTab({ ...state, active: 'a' }, 'c').active).toBe('a')
    expect(withoutTab({ tabs: [tab], active: 'a', inspected: {} }, 'a')).toMatchObject({ tabs: [], active: null })
  })

  it('goes around the ends of the tab strip', () => {
    expect(withNextTab({ tabs: [tab, other], active: 'b' }, 1).active).toBe('a')
    expect(withNextTab({ tabs: [tab, other], active: 'a' }, -1).active).toBe('b')
    expect(withNextTab({ tabs: [], active: null }, 1).active).toBeNull()
  })
})

describe('time travel', () => {
  it('is on for older versions only', () => {
    expect(travelled(tab, 4)).toMatchObject({ version: 4, timeTravel: true })
    expect(travelled(travelled(tab, 4), 9).timeTravel).toBe(false)
  })

  it('keeps the version shown when others commit, and counts their commits', () => {
    const behind = withLatest(tab, undefined, 12)
    expect(behind).toMatchObject({ version: 9, latestVersion: 12, timeTravel: false })
    expect(newVersions(behind)).toBe(3)
    expect(newVersions(travelled(behind, 4))).toBe(0)
  })

  it('ignores news of a branch the tab has left', () => {
    const onTopic = onBranch(tab, 'topic', 14)
    expect(onTopic).toMatchObject({ branch: 'topic', version: 14, latestVersion: 14 })
    expect(withLatest(onTopic, undefined, 20)).toBe(onTopic)
    expect('branch' in onBranch(onTopic, undefined, 9)).toBe(false)
  })

  it('forgets inspected rows and fragments of another version; an inspected version follows', () => {
    expect(inspectedAfterMove({ a: { kind: 'row', rowId: '1', rowNumber: 0 } }, 'a', 3)).toEqual({})
    const inspected = { a: { kind: 'version', version: 2 } as const }
    expect(inspectedAfterMove(inspected, 'a', 3)).toEqual({ a: { kind: 'version', version: 3 } })
  })

  it('changes only the named tab', () => {
    const tabs = mapTab([tab, other], 'b', (one) => ({ ...one, view: 'fragments' }))
    expect(tabs.map((one) => one.view)).toEqual(['data', 'fragments'])
  })
})

describe('atCommit', () => {
  it('shows the committed version as the newest one, before the watch has noticed it', () => {
    expect(atCommit(tab, undefined, 10)).toMatchObject({ version: 10, latestVersion: 10, timeTravel: false })
    expect(atCommit(travelled(tab, 3), undefined, 10)).toMatchObject({ version: 10, timeTravel: false })
  })

  it('is looking back when others have committed since, and nothing on another branch', () => {
    expect(atCommit(withLatest(tab, undefined, 12), undefined, 10)).toMatchObject({ version: 10, timeTravel: true })
    expect(atCommit(tab, 'dev', 10)).toBe(tab)
  })
})
