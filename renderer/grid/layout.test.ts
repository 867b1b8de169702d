import { describe, expect, it } from 'vitest'
import { clampWidth, gutterWidthFor, isSameLayout, placeColumns, visibleScrollingColumns } from './layout.ts'
import type { GridColumn } from './types.ts'

const column = (id: string): GridColumn => ({
  id,
  title: id,
  subtitle: '',
  align: 'start',
  defaultWidth: 100,
  sortable: true,
})
const sized = (ids: string, width = 100) => [...ids].map((id) => ({ column: column(id), width }))

describe('placeColumns', () => {
  it('puts pinned columns first, right after the gutter', () => {
    const layout = placeColumns(sized('p'), sized('ab'), 50)
    expect(layout.columns.map(({ id, x, pinned }) => [id, x, pinned])).toEqual([
      ['p', 50, true],
      ['a', 150, false],
      ['b', 250, false],
    ])
    expect(layout).toMatchObject({ pinnedEnd: 150, pinnedCount: 1, totalWidth: 350 })
  })

  it('is fine without columns', () => {
    expect(placeColumns([], [], 50)).toMatchObject({ pinnedEnd: 50, totalWidth: 50, columns: [] })
  })
})

describe('visibleScrollingColumns', () => {
  const layout = placeColumns(
    sized('p'),
    Array.from({ length: 2000 }, (_, index) => ({ column: column(`c${index}`), width: 100 })),
    50,
  )

  it('takes partly visible columns on both sides', () => {
    expect(visibleScrollingColumns(layout, 0, 500)).toEqual({ start: 1, end: 5 })
    expect(visibleScrollingColumns(layout, 50, 500)).toEqual({ start: 1, end: 5 })
    expect(visibleScrollingColumns(layout, 100, 500)).toEqual({ start: 2, end: 6 })
  })

  it('finds the last of 2,000', () => {
    expect(visibleScrollingColumns(layout, layout.totalWidth - 500, 500)).toEqual({ start: 1997, end: 2001 })
  })

  it('is empty when pinned columns fill the view', () => {
    const { start, end } = visibleScrollingColumns(layout, 0, 120)
    expect(end).toBe(start)
  })
})

it('compares layouts by content', () => {
  const shared = sized('ab')
  expect(isSameLayout(placeColumns([], shared, 50), placeColumns([], shared, 50))).toBe(true)
  expect(isSameLayout(placeColumns([], shared, 50), placeColumns(shared.slice(0, 1), shared.slice(1), 50))).toBe(false)
  const wider = shared.map((one) => ({ ...one, width: 101 }))
  expect(isSameLayout(placeColumns([], shared, 50), placeColumns([], wider, 50))).toBe(false)
})

it('gives a billion row numbers more room than a hundred', () => {
  expect(gutterWidthFor(1e9)).toBeGreaterThan(gutterWidthFor(100))
  expect(clampWidth(3)).toBe(32)
  expect(clampWidth(1e9)).toBe(2000)
})
