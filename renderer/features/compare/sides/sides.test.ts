import { describe, expect, it } from 'vitest'
import type { ComparedState } from '#shared/model/compare.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import { factPairs } from './facts.ts'
import { fixedRef, isSameState, refLabel, stateLabel } from './side-label.ts'
import { type SideChoices, sideOptions } from './side-options.ts'

const STATE: ComparedState = {
  location: '/data/birds.lance',
  name: 'birds',
  version: 3,
  timestamp: '2026-11-20T10:00:00Z',
  rows: 100,
  deletedRows: 0,
  fragments: 2,
  columns: 4,
  dataBytes: 2048,
  formatVersion: '2.2',
  writer: 'lance 12.0.0',
}

function version(number: number, sentence: string): VersionEntry {
  return {
    version: number,
    timestamp: '2026-11-20T10:00:00Z',
    operation: 'append',
    sentence,
    rows: 0,
    rowsDelta: null,
    fragments: 0,
    fragmentsDelta: null,
    dataBytes: 0,
    dataBytesDelta: null,
    tags: [],
  }
}

const CHOICES: SideChoices = {
  tags: [
    { name: 'release', version: 2 },
    { name: 'broken', version: 0, problem: 'unreadable' },
    { name: 'trial', version: 4, branch: 'dev' },
  ],
  branches: [{ name: 'dev', parentVersion: 2, latestVersion: 5 }],
  versions: [version(3, 'Delete: id < 10'), version(2, 'Append: 10 rows'), version(1, 'Create: 10 rows')],
  branch: undefined,
  nowMs: Date.parse('2026-11-21T10:00:00Z'),
}

const labels = (text: string, choices = CHOICES) => sideOptions(text, choices).map(({ label }) => label)

describe('sideOptions', () => {
  it('offers tags, branches, then versions, and leaves out what cannot be read', () => {
    expect(labels('')).toEqual(['release', 'trial', 'dev', 'v3', 'v2', 'v1'])
  })
  it('finds by what a version did', () => expect(labels('id < 10')).toEqual(['v3']))
  it('takes a number for a version first, listed or not', () => {
    expect(labels('2')[0]).toBe('v2')
    expect(labels(' v2 ')).toEqual(['v2', 'release', 'dev'].filter((label) => label !== 'dev'))
    expect(sideOptions('900', CHOICES)[0]).toMatchObject({ at: { version: 900 }, kind: 'version' })
    expect(labels('0')).not.toContain('v0')
  })
  it('takes refs as they are written elsewhere', () => {
    expect(sideOptions('tag:gone', CHOICES)[0]).toMatchObject({ at: { tag: 'gone' } })
    expect(sideOptions('branch:dev@4', CHOICES)[0]).toMatchObject({ at: { branch: 'dev', version: 4 } })
    expect(sideOptions('branch:dev', CHOICES)[0]).toMatchObject({ at: { branch: 'dev' }, note: 'branch, newest v5' })
  })
  it('counts versions on the branch whose log it has', () => {
    expect(sideOptions('3', { ...CHOICES, branch: 'dev' })[0]?.at).toEqual({ branch: 'dev', version: 3 })
  })
  it('lists no more than a list can show', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => version(10_000 - i, 'Append'))
    expect(labels('', { ...CHOICES, versions: many })).toHaveLength(200)
    expect(labels('append', { ...CHOICES, versions: many })).toHaveLength(200)
  })
})

describe('labels', () => {
  it('name refs', () => {
    expect(refLabel({ version: 12 })).toBe('v12')
    expect(refLabel({ tag: 'release' })).toBe('tag release')
    expect(refLabel({ branch: 'dev' })).toBe('branch dev')
    expect(refLabel({ branch: 'dev', version: 2 })).toBe('branch dev v2')
  })
  it('name states', () => {
    expect(stateLabel(STATE, false)).toBe('v3')
    expect(stateLabel({ ...STATE, branch: 'dev' }, true)).toBe('birds dev v3')
  })
  it('pin a state to its version', () => {
    expect(fixedRef(STATE)).toEqual({ version: 3 })
    expect(fixedRef({ ...STATE, branch: 'dev' })).toEqual({ branch: 'dev', version: 3 })
  })
  it('know the same state however it was named', () => {
    expect(isSameState(STATE, { ...STATE, rows: 7 })).toBe(true)
    expect(isSameState(STATE, { ...STATE, branch: 'dev' })).toBe(false)
    expect(isSameState(STATE, { ...STATE, location: '/other.lance' })).toBe(false)
  })
})

describe('factPairs', () => {
  const factsOf = (to: ComparedState) => new Map(factPairs(STATE, to).map((fact) => [fact.name, fact]))
  it('tells differences of figures and of nothing else', () => {
    const facts = factsOf({ ...STATE, version: 4, rows: 90, deletedRows: 10, dataBytes: 4096 })
    expect(facts.get('Rows')).toMatchObject({ from: '100', to: '90', delta: { text: '−10', isMore: false } })
    expect(facts.get('Deleted rows')?.delta).toEqual({ text: '+10', isMore: true })
    expect(facts.get('Columns')?.delta).toBeUndefined()
    expect(facts.get('Written by')?.delta).toBeUndefined()
    expect(facts.get('Data files')?.title).toContain('4,096')
  })
  it('names the datasets only when there are two', () => {
    expect(factsOf(STATE).has('Location')).toBe(false)
    expect(factsOf({ ...STATE, location: '/other.lance', name: 'other' }).get('Dataset')).toMatchObject({ to: 'other' })
  })
})
