import { describe, expect, it } from 'vitest'
import type { StorageUsage } from '#shared/model/storage.ts'
import { storageFile } from '../storage.fixture.ts'
import { evidence, groupSums, listFiles, liveBytes, nextFileSort, tileTarget, usageTiles, verdict } from './usage.ts'

const usage: StorageUsage = {
  totalBytes: 1_000_000,
  totalFiles: 20,
  classes: [
    { class: 'live-data', bytes: 400_000, files: 4 },
    { class: 'live-metadata', bytes: 1_000, files: 3 },
    { class: 'tag', keeper: 'golden', bytes: 99_000, files: 5 },
    { class: 'tag', keeper: 'silver', bytes: 0, files: 0 },
    { class: 'old-versions', bytes: 500_000, files: 8 },
  ],
  elsewhereBytes: 0,
  unreadable: [],
  version: 9,
  read: { requests: 9, bytes: 1000, elapsedMs: 3 },
}

describe('sums', () => {
  it('adds classes up by group, none lost', () => {
    expect(groupSums(usage.classes).map(({ id, bytes }) => [id, bytes])).toEqual([
      ['live', 401_000],
      ['kept', 99_000],
      ['past', 500_000],
    ])
    expect(liveBytes(usage)).toBe(401_000)
  })

  it('says in one sentence what is not live', () => {
    expect(verdict(usage)).toBe('500 kB is there for old versions only, 99 kB is kept by tags and branches.')
    expect(verdict({ ...usage, classes: usage.classes.slice(0, 2) })).toBe('Every byte belongs to the newest version.')
    expect(verdict({ ...usage, totalFiles: 0, classes: [] })).toBe('The directory holds no files.')
  })
})

it('says what was read to know it', () => {
  const unreadable = [
    { path: '_versions/9.manifest', error: { code: 'corrupt-manifest', message: 'Broken.' } },
  ] as const
  expect(evidence(usage, null)).toBe('Counted for version 9 of main: 20 files, 1 kB in 9 reads, 3 ms.')
  expect(evidence({ ...usage, unreadable }, 4)).toContain('20 files, 3 manifests read, 1 kB in 9 reads')
})

describe('tiles', () => {
  const files = [
    storageFile('data/a.lance', 400_000),
    storageFile('data/old.lance', 500_000, { class: 'old-versions' }),
    storageFile('data/g.lance', 99_000, { class: 'tag', keeper: 'golden' }),
  ]

  it('are classes until the files are known, largest first', () => {
    const tiles = usageTiles(usage, null)
    expect(tiles.map(({ id }) => id)).toEqual([
      'class old-versions',
      'class live-data',
      'class tag:golden',
      'class live-metadata',
    ])
    expect(tiles[2]).toMatchObject({ label: 'Tag “golden”', value: 99_000, detail: '99 kB' })
  })

  it('hold their files then, and lead to what they stand for', () => {
    const [old, , tag, metadata] = usageTiles(usage, files)
    expect(old).toMatchObject({ children: [{ id: 'file data/old.lance', value: 500_000 }] })
    expect(metadata).not.toHaveProperty('children')
    expect(tileTarget('file data/old.lance', usage.classes)).toEqual({ kind: 'file', path: 'data/old.lance' })
    expect(tileTarget(tag!.id, usage.classes)).toEqual({ kind: 'class', choice: { class: 'tag', keeper: 'golden' } })
    expect(tileTarget('class gone', usage.classes)).toBeUndefined()
  })
})

describe('listFiles', () => {
  const files = [
    storageFile('b', 5),
    storageFile('a', 5, { class: 'tag', keeper: 'golden' }),
    storageFile('c', 9, { class: 'tag', keeper: 'silver' }),
  ]
  it('keeps the files of one keeper only', () => {
    const sort = { column: 'bytes', descending: true } as const
    expect(listFiles(files, { class: 'tag', keeper: 'golden' }, sort).map(({ path }) => path)).toEqual(['a'])
    expect(listFiles(files, undefined, sort).map(({ path }) => path)).toEqual(['c', 'a', 'b'])
  })

  it('turns round on the second click', () => {
    const first = nextFileSort({ column: 'bytes', descending: true }, 'path')
    expect(first).toEqual({ column: 'path', descending: false })
    expect(nextFileSort(first, 'path').descending).toBe(true)
  })
})
