import { describe, expect, it } from 'vitest'
import {
  clampSelection,
  collapse,
  isSelected,
  movingEnd,
  selectAll,
  selectCell,
  selectColumn,
  selectRow,
  START_SELECTION,
} from './selection.ts'

const size = { rowCount: 1_000_000_000, columnCount: 5 }
const at = (row: number, column: number) => ({ row, column })
const start = selectCell(START_SELECTION, at(3, 1), 'replace')

describe('cells', () => {
  it('replaces', () => {
    expect(start).toEqual({ active: at(3, 1), ranges: [] })
  })

  it('stretches from the active cell, which stays', () => {
    const grown = selectCell(selectCell(start, at(5, 2), 'extend'), at(1, 0), 'extend')
    expect(grown).toEqual({ active: at(3, 1), ranges: [{ from: at(3, 1), to: at(1, 0) }] })
    expect(movingEnd(grown)).toEqual(at(1, 0))
    expect(isSelected(grown, 2, 1)).toBe(true)
    expect(isSelected(grown, 4, 1)).toBe(false)
    expect(collapse(grown)).toEqual(start)
  })

  it('keeps the first cell when a second is added', () => {
    const two = selectCell(start, at(9, 4), 'add')
    expect(isSelected(two, 3, 1)).toBe(true)
    expect(isSelected(two, 9, 4)).toBe(true)
    expect(two.active).toEqual(at(9, 4))
  })
})

describe('rows, columns, everything', () => {
  it('takes whole rows and stretches them', () => {
    const rows = selectRow(selectRow(start, 10, size, 'replace'), 12, size, 'extend')
    expect(rows.ranges).toEqual([{ from: at(10, 0), to: at(12, 4) }])
    expect(selectRow(rows, 20, size, 'add').ranges).toHaveLength(2)
  })

  it('takes a whole column of a billion rows without listing it', () => {
    const column = selectColumn(start, 2, size)
    expect(column.ranges).toEqual([{ from: at(0, 2), to: at(999_999_999, 2) }])
    expect(isSelected(column, 500_000_000, 2)).toBe(true)
  })

  it('takes everything, and nothing of an empty grid', () => {
    expect(selectAll(start, size).ranges).toEqual([{ from: at(0, 0), to: at(999_999_999, 4) }])
    expect(selectAll(start, { rowCount: 0, columnCount: 5 })).toBe(start)
  })
})

it('stays inside a grid that shrank', () => {
  const all = selectAll(start, size)
  expect(clampSelection(all, { rowCount: 2, columnCount: 1 })).toEqual({
    active: at(1, 0),
    ranges: [{ from: at(0, 0), to: at(1, 0) }],
  })
  expect(clampSelection(all, { rowCount: 0, columnCount: 0 }).active).toEqual(at(0, 0))
})
