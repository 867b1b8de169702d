import { describe, expect, it } from 'vitest'
import type { ColumnStorage } from '#shared/model/fragment-details.ts'
import { compressionRatio, nextColumnSort, sortColumns } from './column-sorting.ts'
import { columnSentence, describeTotals, fieldOfTile, ratioText, toColumnNodes, toColumnTotals } from './column-text.ts'

function column(fieldId: number, name: string, more: Partial<ColumnStorage> = {}): ColumnStorage {
  return {
    fieldId,
    column: name,
    type: 'int64',
    bytes: 1000,
    pages: 1,
    files: 1,
    encodings: ['mini-block', 'flat'],
    arrowBytes: 4000,
    isArrowEstimated: false,
    isDead: false,
    outliers: [],
    unreadableFiles: 0,
    ...more,
  }
}

const names = (columns: readonly ColumnStorage[]) => columns.map((one) => one.column)

describe('sortColumns', () => {
  const list = [
    column(0, 'a10', { bytes: 5 }),
    column(1, 'a2', { arrowBytes: null }),
    column(2, 'b', { bytes: 10, blobBytes: 9000 }),
  ]
  it('counts sidecars, orders names by number, and puts the unknown last', () => {
    expect(names(sortColumns(list, { column: 'bytes', descending: true }))).toEqual(['b', 'a2', 'a10'])
    expect(names(sortColumns(list, { column: 'column', descending: false }))).toEqual(['a2', 'a10', 'b'])
    expect(names(sortColumns(list, { column: 'ratio', descending: true }))).toEqual(['a10', 'b', 'a2'])
    expect(names(sortColumns(list, { column: 'ratio', descending: false }))).toEqual(['b', 'a10', 'a2'])
  })

  it('turns round on the second click', () => {
    expect(nextColumnSort({ column: 'column', descending: false }, 'bytes')).toEqual({
      column: 'bytes',
      descending: true,
    })
    expect(nextColumnSort({ column: 'bytes', descending: true }, 'bytes').descending).toBe(false)
  })
})

describe('what is said of a column', () => {
  it('marks an estimate as one', () => {
    expect(ratioText(column(0, 'a'))).toBe('4.0×')
    expect(ratioText(column(0, 'a', { isArrowEstimated: true }))).toBe('≈4.0×')
    expect(ratioText(column(0, 'a', { arrowBytes: null }))).toBe('–')
    expect(compressionRatio(column(0, 'a', { bytes: 0 }))).toBeNull()
    expect(columnSentence(column(0, 'a', { isArrowEstimated: true }), 2000)).toBe(
      'a: 1 kB · 50% · int64 · 1 page · mini-block, flat · 4 kB in Arrow (estimated), ratio ≈4.0×',
    )
  })

  it('adds up what is dead and what could not be read', () => {
    const dead = column(7, '(dropped field 7)', { isDead: true, blobBytes: 5, unreadableFiles: 2 })
    expect(toColumnTotals([column(0, 'a', { unreadableFiles: 1 }), dead])).toEqual({
      bytes: 2000,
      blobBytes: 5,
      deadBytes: 1005,
      deadColumns: 1,
      unreadableFiles: 2,
    })
  })
})

describe('toColumnNodes', () => {
  it('groups the fields of a struct and the payload of a blob column', () => {
    const nodes = toColumnNodes([
      column(0, 'id'),
      column(2, 'place.lat'),
      column(3, 'place.lon'),
      column(4, 'image', { blobBytes: 90_000 }),
      column(9, '(dropped field 9)', { isDead: true }),
    ])
    expect(nodes.map((node) => [node.id, 'children' in node ? node.children.map(({ id }) => id) : node.value])).toEqual(
      [
        ['0', 1000],
        ['group place', ['2', '3']],
        ['group image', ['4', '4 blobs']],
        ['9', 1000],
      ],
    )
    expect(nodes.at(-1)).toMatchObject({ isMarked: true })
    expect(fieldOfTile('4 blobs')).toBe(4)
    expect(fieldOfTile('-2')).toBe(-2)
    expect(fieldOfTile('group place')).toBeUndefined()
  })
})

it('says where the bytes are that belong to no column', () => {
  const totals = { bytes: 0, blobBytes: 0, deadBytes: 0, deadColumns: 0, unreadableFiles: 0 }
  expect(describeTotals(totals, 582_000)).toBe('0 bytes in columns · 582 kB of footers, schemas and padding')
  expect(describeTotals({ ...totals, unreadableFiles: 1 }, 582_000)).toBe('0 bytes in columns')
  expect(describeTotals({ ...totals, bytes: 2000, deadBytes: 500, deadColumns: 1 }, null)).toBe(
    '2 kB in columns · 500 bytes of 1 dead column, which compaction frees',
  )
})
