import { describe, expect, it, vi } from 'vitest'
import type { ExactValue } from '#shared/model/arrow/index.ts'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import { resolveColumn } from '../sql/columns.ts'
import { SCHEMA } from '../sql/schema.fixture.ts'
import { cellMenu, type DeletionLines } from './cell-menu.ts'
import { headerMenu } from './header-menu.ts'

function columnOf(name: string) {
  const column = resolveColumn(SCHEMA, [name])
  if (column === undefined) throw new Error(`no column ${name}`)
  return column
}

function run(items: readonly MenuItem[], id: string): void {
  const item = items.find((candidate) => candidate.id === id)
  if (item === undefined || item.kind === 'separator' || item.kind === 'label') throw new Error(`no line ${id}`)
  item.run()
}

function cellLines(name: string, value: ExactValue | undefined, deletion?: DeletionLines) {
  const addFilter = vi.fn()
  const none = (): void => undefined
  const actions = {
    addFilter,
    copy: none,
    copyRows: none,
    copyColumn: none,
    copyVector: none,
    inspect: none,
    showHistory: none,
    ...(deletion === undefined ? {} : { deletion }),
  }
  return { addFilter, items: cellMenu(columnOf(name), value, 1, actions) }
}

const ids = (items: readonly MenuItem[]): readonly string[] => items.map((item) => item.id)

describe('cellMenu', () => {
  it('writes exact filters', () => {
    const { addFilter, items } = cellLines('id', { kind: 'integer', value: 9007199254740993n })
    run(items, 'equals')
    run(items, 'greater')
    expect(addFilter.mock.calls).toEqual([['id = 9007199254740993'], ['id > 9007199254740993']])
  })
  it('offers only null filters for null', () => {
    const { items } = cellLines('title', { kind: 'null' })
    expect(ids(items)).toContain('is-null')
    expect(ids(items)).not.toContain('equals')
  })
  it('does not compare with NaN', () => {
    const { addFilter, items } = cellLines('score', { kind: 'float', value: NaN, precision: 'float32' })
    expect(ids(items)).not.toContain('less')
    run(items, 'equals')
    expect(addFilter).toHaveBeenCalledWith('isnan(score)')
  })
  it('offers vector copies for vectors', () => {
    const { items } = cellLines('embedding', { kind: 'vector', values: [1], element: 'float32', precision: 'float32' })
    expect(ids(items)).toEqual(expect.arrayContaining(['copy-vector', 'copy-numpy', 'is-null']))
  })
  it('deletes rows where it may, and says why where it may not', () => {
    const deleteSelected = vi.fn()
    const lines = (refusal: string | undefined) =>
      cellLines('id', undefined, { rows: 3, matching: 1200, refusal, deleteSelected, deleteMatching: deleteSelected })
        .items
    run(lines(undefined), 'delete')
    expect(deleteSelected).toHaveBeenCalledOnce()
    const find = (items: readonly MenuItem[], id: string) => items.find((item) => item.id === id)
    expect(find(lines(undefined), 'delete')).toMatchObject({ label: 'Delete 3 rows…', danger: true })
    expect(find(lines(undefined), 'delete-matching')).toMatchObject({ label: 'Delete all 1,200 that match…' })
    expect(find(lines('on main only'), 'delete')).toMatchObject({ disabled: true, note: 'on main only' })
  })
  it('makes no filter of what is not loaded', () =>
    expect(ids(cellLines('id', undefined).items)).toContain('no-filter'))
})

describe('headerMenu', () => {
  const none = (): void => undefined
  const actions = {
    sort: none,
    addSortKey: none,
    clearSort: none,
    addFilter: none,
    askFilter: none,
    hide: none,
    togglePin: none,
    autoFit: none,
    copyName: none,
    showInfo: none,
  }
  it('offers a further key only beside others', () => {
    const alone = headerMenu({ column: columnOf('id'), sort: [], isPinned: false }, actions)
    const beside = headerMenu(
      { column: columnOf('id'), sort: [{ columnId: 'title', descending: false }], isPinned: false },
      actions,
    )
    expect(ids(alone)).not.toContain('then-ascending')
    expect(ids(beside)).toEqual(expect.arrayContaining(['then-ascending', 'unsort']))
  })
  it('does not sort or compare vectors', () => {
    const items = headerMenu({ column: columnOf('embedding'), sort: [], isPinned: true }, actions)
    expect(ids(items)).not.toContain('ascending')
    expect(ids(items)).not.toContain('equals')
    expect(items.find((item) => item.id === 'pin')).toMatchObject({ label: 'Unpin' })
  })
})
