import { describe, expect, it } from 'vitest'
import { cpuMs } from '#shared/cpu-ms.fixture.ts'
import type { FindState, FoundEntry } from './find-store.ts'
import { flattenTree, folderId, type TreeRow } from './tree.ts'
import { moveForKey } from './tree-keys.ts'

const dataset = (relativePath: string): FoundEntry => ({
  kind: 'dataset',
  location: `/data/${relativePath}`,
  name: relativePath
    .split('/')
    .at(-1)!
    .replace(/\.lance$/, ''),
  relativePath,
  rows: 10,
  version: 1,
  fragments: 1,
  dataBytes: 100,
  timestamp: '2026-01-01T00:00:00Z',
})
const broken: FoundEntry = {
  kind: 'broken',
  location: '/data/bad.lance',
  name: 'bad',
  relativePath: 'bad.lance',
  error: { code: 'corrupt-manifest', message: 'The newest manifest is empty.' },
}
const done = (items: readonly FoundEntry[], more: Partial<FindState> = {}): FindState => ({
  status: 'done',
  items,
  truncated: false,
  ...more,
})
const lines = (rows: readonly TreeRow[]) => rows.map((row) => `${'  '.repeat(row.level - 1)}${row.kind} ${row.label}`)
const items = [
  dataset('z10.lance'),
  dataset('z9.lance'),
  broken,
  dataset('team/docs.lance'),
  dataset('team/old/a.lance'),
]

describe('flattenTree', () => {
  it('puts folders before datasets, by natural name order, broken ones among them', () => {
    expect(lines(flattenTree(['/data'], { '/data': done(items) }, new Set()))).toEqual([
      'folder data',
      '  folder team',
      '    folder old',
      '      dataset a',
      '    dataset docs',
      '  broken bad',
      '  dataset z9',
      '  dataset z10',
    ])
  })

  it('hides what lies in collapsed folders and still counts it', () => {
    const rows = flattenTree(['/data'], { '/data': done(items) }, new Set([folderId('/data', 'team')]))
    expect(lines(rows)).toEqual(['folder data', '  folder team', '  broken bad', '  dataset z9', '  dataset z10'])
    expect(rows[1]).toMatchObject({ datasets: 2, location: '/data/team' })
    expect(flattenTree(['/data'], { '/data': done(items) }, new Set([folderId('/data', '')]))).toHaveLength(1)
  })

  it('shows a root that is one dataset as that dataset', () => {
    const rows = flattenTree(['/data/a.lance'], { '/data/a.lance': done([dataset('.')]) }, new Set())
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ kind: 'dataset', level: 1, isRoot: true })
  })

  it('says what a root without datasets means', () => {
    const note = (find: FindState) => flattenTree(['/d'], { '/d': find }, new Set())[1]?.label
    expect(note(done([]))).toBe('No Lance datasets in here.')
    expect(note(done([], { status: 'searching' }))).toBe('Searching…')
    expect(note(done([], { status: 'cancelled' }))).toContain('stopped')
    expect(note(done([], { status: 'failed', error: { code: 'permission-denied', message: 'No access.' } }))).toBe(
      'No access.',
    )
    expect(
      lines(flattenTree(['/d'], { '/d': done([dataset('a.lance')], { truncated: true }) }, new Set())).at(-1),
    ).toContain('not all')
  })

  it('flattens ten thousand datasets in a blink', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => dataset(`group${index % 100}/set${index}.lance`))
    const flatten = () => flattenTree(['/data'], { '/data': done(many) }, new Set())
    expect(cpuMs(flatten)).toBeLessThan(500)
    expect(flatten()).toHaveLength(10_101)
  })
})

describe('moveForKey', () => {
  const rows = flattenTree(['/data'], { '/data': done(items) }, new Set())
  it('moves within bounds', () => {
    expect(moveForKey('ArrowUp', rows, 0, 5)).toEqual({ kind: 'focus', index: 0 })
    expect(moveForKey('End', rows, 0, 5)).toEqual({ kind: 'focus', index: 7 })
    expect(moveForKey('PageDown', rows, 1, 5)).toEqual({ kind: 'focus', index: 6 })
  })

  it('opens, closes and leaves folders', () => {
    expect(moveForKey('ArrowRight', rows, 0, 5)).toEqual({ kind: 'focus', index: 1 })
    expect(moveForKey('ArrowLeft', rows, 2, 5)).toEqual({ kind: 'toggle', id: folderId('/data', 'team/old') })
    expect(moveForKey('ArrowLeft', rows, 3, 5)).toEqual({ kind: 'focus', index: 2 })
    expect(moveForKey('ArrowLeft', rows, 7, 5)).toEqual({ kind: 'focus', index: 0 })
  })

  it('opens datasets and removes roots only', () => {
    expect(moveForKey('Enter', rows, 3, 5)).toMatchObject({ kind: 'open', row: { label: 'a' } })
    expect(moveForKey('Delete', rows, 0, 5)).toEqual({ kind: 'remove', root: '/data' })
    expect(moveForKey('Delete', rows, 3, 5)).toBeUndefined()
    expect(moveForKey('x', rows, 3, 5)).toBeUndefined()
  })
})
