import { describe, expect, it } from 'vitest'
import type { ManifestFragment } from '../format/types.ts'
import { hasSameRows } from './same-rows.ts'

const fragment = (id: number, physicalRows: number, deletedRows = 0, file = `${id}.lance`): ManifestFragment =>
  ({
    id,
    physicalRows,
    files: [{ path: file, fields: [], columnIndices: [], formatVersion: '2.1', bytes: null }],
    ...(deletedRows === 0 ? {} : { deletion: { deletedRows } }),
  }) as unknown as ManifestFragment

const before = [fragment(0, 10), fragment(1, 5), fragment(2, 5)]

describe('hasSameRows', () => {
  it.each([
    ['nothing happened', before],
    ['rows were appended', [...before, fragment(3, 7)]],
    ['some were compacted', [fragment(0, 10), fragment(3, 10)]],
    ['the first were compacted', [fragment(3, 15), fragment(2, 5)]],
    ['all were compacted', [fragment(3, 20)]],
    ['the first were compacted and rows appended', [fragment(3, 15), fragment(2, 5), fragment(4, 9)]],
    ['all were compacted and rows appended', [fragment(3, 12), fragment(4, 8), fragment(5, 2)]],
  ])('is true where %s', (_, after) => expect(hasSameRows(before, after)).toBe(true))

  it.each([
    ['rows were deleted', [fragment(0, 10, 1), fragment(1, 5), fragment(2, 5)]],
    ['rows were deleted and as many appended', [fragment(0, 10, 2), fragment(1, 5), fragment(2, 5), fragment(3, 2)]],
    ['a fragment went', [fragment(0, 10), fragment(2, 5)]],
    ['the last fragment went', [fragment(0, 10), fragment(1, 5)]],
    ['all went', []],
    ['it was made anew with the same ids', [fragment(0, 30, 0, 'other.lance')]],
    ['it was replaced by more', [fragment(3, 30)]],
  ])('is false where %s', (_, after) => expect(hasSameRows(before, after)).toBe(false))

  it('takes what comes first for a beginning', () => expect(hasSameRows([], [fragment(0, 3)])).toBe(true))
})
