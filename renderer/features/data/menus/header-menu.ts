import type { SortState } from '#renderer/grid/types.ts'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import { canSort } from '../columns/grid-columns.ts'
import { type ColumnRef, conditionsOf, conditionSql } from '../sql/condition.ts'
import { canBeFiltered } from '../sql/identifier.ts'

/** A condition that needs a value typed. */
export type AskedCondition = 'equals' | 'not-equals' | 'less' | 'greater' | 'between' | 'contains' | 'starts-with'

/** What the menu of a header may do. */
export interface HeaderMenuActions {
  sort(descending: boolean): void
  addSortKey(descending: boolean): void
  clearSort(): void
  addFilter(sql: string): void
  askFilter(condition: AskedCondition): void
  hide(): void
  togglePin(): void
  autoFit(): void
  copyName(): void
  showInfo(): void
  /** Absent where there is nothing to embed, or not from this state. */
  embed?: { readonly label: string; run(): void } | undefined
}

export interface HeaderState {
  readonly column: ColumnRef
  readonly sort: readonly SortState[]
  readonly isPinned: boolean
}

export function headerMenu({ column, sort, isPinned }: HeaderState, actions: HeaderMenuActions): readonly MenuItem[] {
  const name = column.field.name
  return [
    ...sortLines(column, sort, actions),
    ...filterLines(column, actions),
    { kind: 'separator', id: 'before-column' },
    { id: 'pin', label: isPinned ? 'Unpin' : 'Pin to the left', run: actions.togglePin },
    { id: 'fit', label: 'Fit width', run: actions.autoFit },
    { id: 'hide', label: 'Hide column', run: actions.hide },
    { kind: 'separator', id: 'before-info' },
    {
      id: 'copy-name',
      label: 'Copy name',
      note: name.length > 24 ? `${name.slice(0, 24)}…` : name,
      run: actions.copyName,
    },
    { id: 'info', label: 'Type and metadata…', run: actions.showInfo },
    ...(actions.embed === undefined
      ? []
      : ([
          { kind: 'separator', id: 'before-embed' },
          { id: 'embed', label: actions.embed.label, run: actions.embed.run },
        ] satisfies MenuItem[])),
  ]
}

function sortLines(column: ColumnRef, sort: readonly SortState[], actions: HeaderMenuActions): readonly MenuItem[] {
  if (!canSort(column.field))
    return [{ id: 'no-sort', label: `${column.field.type} has no order`, disabled: true, run: () => undefined }]
  const name = column.field.name
  const own = sort.find((key) => key.columnId === name)
  const others = sort.some((key) => key.columnId !== name)
  return [
    { id: 'ascending', label: 'Sort ascending', checked: own?.descending === false, run: () => actions.sort(false) },
    { id: 'descending', label: 'Sort descending', checked: own?.descending === true, run: () => actions.sort(true) },
    ...(others
      ? ([
          { id: 'then-ascending', label: 'Then by this, ascending', run: () => actions.addSortKey(false) },
          { id: 'then-descending', label: 'Then by this, descending', run: () => actions.addSortKey(true) },
        ] satisfies MenuItem[])
      : []),
    ...(sort.length > 0 ? [{ id: 'unsort', label: 'Clear sort', run: actions.clearSort }] : []),
  ]
}

function filterLines(column: ColumnRef, actions: HeaderMenuActions): readonly MenuItem[] {
  if (!canBeFiltered(column.path)) return []
  const kinds = conditionsOf(column.field)
  const direct = (id: string, label: string, kind: 'is-null' | 'not-null'): MenuItem => ({
    id,
    label,
    run: () => {
      const result = conditionSql(column, { kind })
      if (result.ok) actions.addFilter(result.sql)
    },
  })
  const asked = (id: AskedCondition, label: string): MenuItem => ({ id, label, run: () => actions.askFilter(id) })
  return [
    { kind: 'separator', id: 'before-filter' },
    { kind: 'label', id: 'filter', label: 'Filter' },
    ...(kinds.includes('compare') ? [asked('equals', 'Equals…'), asked('not-equals', 'Does not equal…')] : []),
    ...(kinds.includes('between')
      ? [asked('less', 'Less than…'), asked('greater', 'Greater than…'), asked('between', 'Between…')]
      : []),
    ...(kinds.includes('contains') ? [asked('contains', 'Contains…')] : []),
    ...(kinds.includes('starts-with') ? [asked('starts-with', 'Starts with…')] : []),
    direct('is-null', 'Is null', 'is-null'),
    direct('not-null', 'Is not null', 'not-null'),
  ]
}
