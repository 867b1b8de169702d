import { describe, expect, it } from 'vitest'
import { placeFile, type PlacedFile } from './paths.ts'

const cases: readonly (readonly [string, PlacedFile])[] = [
  ['_versions/18446744073709551614.manifest', { folder: '', kind: 'manifest' }],
  ['_versions/12.manifest', { folder: '', kind: 'manifest' }],
  ['_versions/d9223372036854775809.manifest', { folder: '', kind: 'detached-manifest' }],
  ['_versions/latest_version_hint.json', { folder: '', kind: 'version-hint' }],
  ['_versions/.tmp_7.manifest_0d', { folder: '', kind: 'temporary' }],
  ['_versions/7.manifest-0d2f', { folder: '', kind: 'temporary' }],
  ['_versions/7.manifest#12', { folder: '', kind: 'temporary' }],
  ['_versions/deep/7.manifest', { folder: '', kind: 'unknown' }],
  ['_transactions/1-a.txn', { folder: '', kind: 'transaction', key: '_transactions/1-a.txn' }],
  ['_transactions/notes', { folder: '', kind: 'unknown' }],
  ['data/a.lance', { folder: '', kind: 'data', key: 'data/a.lance' }],
  ['data/a/1000.blob', { folder: '', kind: 'blob', key: 'data/a.lance' }],
  ['data/a/b/1000.blob', { folder: '', kind: 'unknown' }],
  ['data/1000.blob', { folder: '', kind: 'unknown' }],
  ['_deletions/0-1-2.arrow', { folder: '', kind: 'deletion', key: '_deletions/0-1-2.arrow' }],
  ['_deletions/0-1-2.bin', { folder: '', kind: 'deletion', key: '_deletions/0-1-2.bin' }],
  ['_indices/u/page_data.lance', { folder: '', kind: 'index', key: '_indices/u' }],
  ['_indices/u/deep/x.idx', { folder: '', kind: 'index', key: '_indices/u' }],
  ['_indices/stray', { folder: '', kind: 'unknown' }],
  ['_refs/tags/t.json', { folder: '', kind: 'tag' }],
  ['_refs/branches/a%2Fb.json', { folder: '', kind: 'branch' }],
  ['_refs/branches/deep/b.json', { folder: '', kind: 'unknown' }],
  ['_mem_wal/s/wal/1.arrow', { folder: '', kind: 'wal' }],
  ['_computed/0a.sig', { folder: '', kind: 'computed-signature', key: '_computed/0a.sig' }],
  ['.lance-reserved', { folder: '', kind: 'reserved' }],
  ['readme', { folder: '', kind: 'unknown' }],
  ['tree/b/data/a.lance', { folder: 'tree/b', kind: 'data', key: 'tree/b/data/a.lance' }],
  ['tree/b/data/a/1000.blob', { folder: 'tree/b', kind: 'blob', key: 'tree/b/data/a.lance' }],
  ['tree/b/_indices/u/x.idx', { folder: 'tree/b', kind: 'index', key: '_indices/u' }],
  ['tree/f/a/_versions/1.manifest', { folder: 'tree/f/a', kind: 'manifest' }],
  ['tree/b/_refs/tags/t.json', { folder: 'tree/b/_refs/tags', kind: 'unknown' }],
  ['tree/b/_mem_wal/s/g/data/a.lance', { folder: 'tree/b', kind: 'wal' }],
  ['tree/data/data/a.lance', { folder: 'tree/data', kind: 'data', key: 'tree/data/data/a.lance' }],
  ['tree/a/data/_versions/1.manifest', { folder: 'tree/a/data', kind: 'manifest' }],
  ['tree/a/data/data/a.lance', { folder: 'tree/a/data', kind: 'data', key: 'tree/a/data/data/a.lance' }],
  ['tree/readme', { folder: 'tree', kind: 'unknown' }],
]

describe('the path of a file', () => {
  it.each(cases)('says what %s is', (path, placed) => expect(placeFile(path)).toEqual(placed))
})
