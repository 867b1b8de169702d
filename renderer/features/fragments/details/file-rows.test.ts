import { describe, expect, it } from 'vitest'
import type { DataFileDetails, FragmentDetails } from '#shared/model/fragment-details.ts'
import { fragment } from '../fragment.fixture.ts'
import { toFileRows } from './file-rows.ts'

const column = (name: string, bytes: number) => ({
  fieldId: 0,
  column: name,
  bytes,
  pages: 1,
  encodings: [],
  isDead: false,
})
const entry = fragment(0, {
  files: [
    { path: 'data/a.lance', bytes: 10, formatVersion: '2.1', columns: ['x', 'y'] },
    { path: 'data/b.lance', bytes: 10, formatVersion: '2.1', columns: ['z'] },
  ],
})

function details(...files: readonly (Partial<DataFileDetails> & { readonly path: string })[]): FragmentDetails {
  return {
    fragment: entry,
    files: files.map((file) => ({
      bytes: 10,
      formatVersion: '2.1',
      rows: 1,
      columns: [],
      overheadBytes: 0,
      blobs: { files: 0, bytes: 0 },
      ...file,
    })),
    versions: [],
    indexSegments: [],
    deadBytes: 0,
    read: { requests: 0, bytes: 0 },
  }
}

const said = (rows: ReturnType<typeof toFileRows>) =>
  rows.map(
    (row) => `${row.kind} ${row.kind === 'column' ? row.column.column : row.kind === 'name' ? row.name : row.path}`,
  )

describe('toFileRows', () => {
  it('shows what the manifest says until the files are read', () => {
    expect(said(toFileRows(entry, undefined))).toEqual([
      'file data/a.lance',
      'name x',
      'name y',
      'file data/b.lance',
      'name z',
    ])
  })

  it('puts the largest column first and keeps a broken file in its place with its columns', () => {
    const read = details(
      { path: 'data/a.lance', columns: [column('x', 1), column('y', 9)] },
      { path: 'data/b.lance', bytes: null, problem: { code: 'missing-file', message: 'gone' } },
    )
    const rows = toFileRows(entry, read)
    expect(said(rows)).toEqual([
      'file data/a.lance',
      'column y',
      'column x',
      'file data/b.lance',
      'problem data/b.lance',
      'name z',
    ])
    expect(rows[1]).toMatchObject({ largest: 9 })
  })
})
