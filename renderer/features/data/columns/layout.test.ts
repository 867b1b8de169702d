import { describe, expect, it } from 'vitest'
import { MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH } from '#renderer/grid/layout.ts'
import {
  EMPTY_LAYOUT,
  layoutFor,
  mergeLayout,
  parseLayout,
  visibleColumns,
  withHidden,
  withMoved,
  withPinned,
  withShifted,
  withVisible,
} from './layout.ts'

const layout = layoutFor(EMPTY_LAYOUT, ['a', 'b', 'c'])

describe('parseLayout', () => {
  it('keeps every width the grid allows', () => {
    const widths = { a: MIN_COLUMN_WIDTH, b: MAX_COLUMN_WIDTH }
    expect(parseLayout({ widths }).widths).toEqual(widths)
  })
  it.each([null, 7, 'x', [], { order: 'a' }, { widths: { a: 'wide', b: -1, c: 1e9 } }])('survives %j', (saved) => {
    expect(parseLayout(saved)).toEqual(EMPTY_LAYOUT)
  })
  it('keeps what is sound', () => {
    expect(parseLayout({ order: ['a', 3, 'a'], hidden: ['b'], widths: { a: 120, b: null } })).toEqual({
      order: ['a'],
      hidden: ['b'],
      pinned: [],
      widths: { a: 120 },
    })
  })
})

describe('layoutFor', () => {
  it('puts new columns where the schema has them and drops what is gone', () => {
    const saved = { order: ['c', 'gone', 'a'], hidden: ['gone', 'c'], pinned: ['gone'], widths: { gone: 90, a: 50 } }
    expect(layoutFor(saved, ['a', 'new', 'c', 'last'])).toEqual({
      order: ['c', 'last', 'a', 'new'],
      hidden: ['c'],
      pinned: [],
      widths: { a: 50 },
    })
  })
  it('puts a new first column first', () =>
    expect(layoutFor({ ...EMPTY_LAYOUT, order: ['b'] }, ['a', 'b']).order).toEqual(['a', 'b']))
})

describe('mergeLayout', () => {
  it('remembers columns only other versions have', () => {
    const saved = { order: ['old', 'a'], hidden: ['old', 'a'], pinned: ['old'], widths: { old: 70, a: 80 } }
    expect(mergeLayout(saved, { order: ['a', 'b'], hidden: ['b'], pinned: [], widths: { b: 60 } }, ['a', 'b'])).toEqual(
      {
        order: ['a', 'b', 'old'],
        hidden: ['b', 'old'],
        pinned: ['old'],
        widths: { old: 70, b: 60 },
      },
    )
  })
})

describe('changes', () => {
  it('hides and shows', () => {
    expect(visibleColumns(withHidden(layout, 'b', true))).toEqual(['a', 'c'])
    expect(visibleColumns(withHidden(withHidden(layout, 'b', true), 'b', false))).toEqual(['a', 'b', 'c'])
    expect(visibleColumns(withVisible(layout, ['c']))).toEqual(['c'])
  })
  it('pins once', () => expect(withPinned(withPinned(layout, 'b', true), 'b', true).pinned).toEqual(['b']))
  it.each([
    ['a', 'c', ['b', 'a', 'c']],
    ['a', null, ['b', 'c', 'a']],
    ['c', 'a', ['c', 'a', 'b']],
    ['a', 'a', ['a', 'b', 'c']],
    ['x', 'a', ['a', 'b', 'c']],
  ])('moves %s before %s', (name, before, order) => expect(withMoved(layout, name, before).order).toEqual(order))
  it('shifts by one and stops at the ends', () => {
    expect(withShifted(layout, 'a', 1).order).toEqual(['b', 'a', 'c'])
    expect(withShifted(layout, 'c', -1).order).toEqual(['a', 'c', 'b'])
    expect(withShifted(layout, 'b', 1).order).toEqual(['a', 'c', 'b'])
    expect(withShifted(layout, 'a', -1).order).toEqual(['a', 'b', 'c'])
    expect(withShifted(layout, 'c', 1).order).toEqual(['a', 'b', 'c'])
  })
})
