import { describe, expect, it } from 'vitest'
import { placeColumns } from './layout.ts'
import type { GridColumn } from './types.ts'
import {
  hitTest,
  nearestCell,
  offsetsToShow,
  pageRows,
  rowY,
  visibleColumns,
  visibleRows,
  type Viewport,
} from './viewport.ts'

const column = (id: string): GridColumn => ({
  id,
  title: id,
  subtitle: '',
  align: 'start',
  defaultWidth: 100,
  sortable: true,
})
const sized = (ids: string) => [...ids].map((id) => ({ column: column(id), width: 100 }))

/** Gutter 50, pinned p 50-150, then a…j of 100 each; header 40; room for 10 rows of 26. */
const view = (changes: Partial<Viewport> = {}): Viewport => ({
  layout: placeColumns(sized('p'), sized('abcdefghij'), 50),
  rowCount: 1_000_000_000,
  rowHeight: 26,
  headerHeight: 40,
  width: 500,
  height: 300,
  top: 0,
  left: 0,
  ...changes,
})

describe('what is on screen', () => {
  it('counts partly visible rows', () => {
    expect(visibleRows(view())).toEqual({ rowStart: 0, rowEnd: 10 })
    expect(visibleRows(view({ top: 13 }))).toEqual({ rowStart: 0, rowEnd: 11 })
    expect(visibleRows(view({ rowCount: 3 }))).toEqual({ rowStart: 0, rowEnd: 3 })
    expect(visibleRows(view({ rowCount: 0 }))).toEqual({ rowStart: 0, rowEnd: 0 })
  })

  it('is exact at the end of a billion rows', () => {
    const end = view({ top: 1_000_000_000 * 26 - 260 })
    expect(visibleRows(end)).toEqual({ rowStart: 999_999_990, rowEnd: 1_000_000_000 })
    expect(rowY(end, 999_999_999)).toBe(274)
  })

  it('keeps pinned columns and moves the others', () => {
    expect(visibleColumns(view({ left: 250 })).map(({ id }) => id)).toEqual(['p', 'c', 'd', 'e', 'f'])
  })

  it('pages by one row less than fits', () => {
    expect(pageRows(view())).toBe(9)
    expect(pageRows(view({ height: 41 }))).toBe(1)
  })
})

describe('hitTest', () => {
  it('tells cells, gutter and nothing apart', () => {
    expect(hitTest(view(), 60, 41)).toEqual({ kind: 'cell', row: 0, column: 0 })
    expect(hitTest(view(), 160, 67)).toEqual({ kind: 'cell', row: 1, column: 1 })
    expect(hitTest(view(), 10, 67)).toEqual({ kind: 'gutter', row: 1 })
    expect(hitTest(view(), 60, 20)).toEqual({ kind: 'nothing' })
    expect(hitTest(view({ rowCount: 2 }), 60, 200)).toEqual({ kind: 'nothing' })
  })

  it('prefers a pinned column over the one scrolled beneath it', () => {
    expect(hitTest(view({ left: 100 }), 60, 41)).toEqual({ kind: 'cell', row: 0, column: 0 })
    expect(hitTest(view({ left: 100 }), 160, 41)).toEqual({ kind: 'cell', row: 0, column: 2 })
  })

  it('finds nothing right of the last column', () => {
    expect(hitTest(view({ width: 5000 }), 1160, 41)).toEqual({ kind: 'nothing' })
  })
})

describe('nearestCell', () => {
  it('clamps a drag to the cells on screen', () => {
    expect(nearestCell(view(), -100, -100)).toEqual({ row: 0, column: 0 })
    expect(nearestCell(view(), 9999, 9999)).toEqual({ row: 9, column: 4 })
    expect(nearestCell(view({ rowCount: 0 }), 60, 60)).toBeUndefined()
  })
})

describe('offsetsToShow', () => {
  it('moves as little as needed', () => {
    const middle = view({ top: 2600, left: 200 })
    expect(offsetsToShow(middle, 100, 3)).toEqual({ top: 2600, left: 200 })
    expect(offsetsToShow(middle, 99, 1)).toEqual({ top: 2574, left: 0 })
    expect(offsetsToShow(middle, 110, 10)).toEqual({ top: 111 * 26 - 260, left: 650 })
  })

  it('leaves the sideways offset alone for pinned columns', () => {
    expect(offsetsToShow(view({ left: 200 }), 0, 0)).toEqual({ top: 0, left: 200 })
  })
})
