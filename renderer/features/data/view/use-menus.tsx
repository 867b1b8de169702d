import { type ReactNode, type RefObject, useCallback, useState } from 'react'
import { getWorkspace, inspect, togglePanel } from '#renderer/features/workspace/index.ts'
import type { GridHandle, GridMenuRequest, GridSelection } from '#renderer/grid/types.ts'
import { copyText } from '#renderer/ui/clipboard.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { withHidden, withPinned } from '../columns/layout.ts'
import { withSortKey } from '../columns/sort.ts'
import type { LayoutControl } from '../columns/use-layout.ts'
import { embedKindOf, requestEmbed } from '../embed/embed-request.ts'
import { cellMenu } from '../menus/cell-menu.ts'
import { ColumnInfoDialog } from '../menus/column-info-dialog.tsx'
import { ConditionDialog } from '../menus/condition-dialog.tsx'
import { type AskedCondition, headerMenu } from '../menus/header-menu.ts'
import { type MenuAnchor, MenuAt } from '../menus/menu-at.tsx'
import type { Deletion } from '../delete/use-deletion.ts'
import type { ChosenQuery } from '../rows/query-store.ts'
import type { RowsQuery, RowsSource } from '../rows/rows-source.ts'
import { useRequest } from '../rows/use-request.ts'
import { fetchWholeValue } from '../rows/whole-value.ts'
import { findSimilar, isSearchedByVector } from '../similar/similar-request.ts'
import { hasTokens, showTokens } from '../tokens/tokens-request.ts'
import { addCondition } from '../sql/combine.ts'
import type { Copier } from './use-copy.ts'

type Open =
  | { readonly kind: 'cell'; readonly request: GridMenuRequest; readonly anchor: MenuAnchor }
  | { readonly kind: 'header'; readonly columnId: string; readonly anchor: MenuAnchor }
  | { readonly kind: 'condition'; readonly columnId: string; readonly asked: AskedCondition }
  | { readonly kind: 'info'; readonly columnId: string }

export interface MenusOptions {
  readonly dataset: string
  readonly schema: readonly SchemaField[]
  readonly source: RowsSource | null
  readonly chosen: ChosenQuery
  readonly choose: (change: Partial<ChosenQuery>) => void
  readonly layout: LayoutControl
  readonly copier: Copier
  readonly deletion: Deletion
  readonly grid: RefObject<GridHandle | null>
}

export interface Menus {
  openCell(request: GridMenuRequest): void
  openHeader(columnId: string, element: Element): void
  /** The open menu or dialog, if any. */
  readonly element: ReactNode
}

/** Menus of cells and headers, and the dialogs they lead to. All of them end in a changed query, layout or clipboard. */
export function useMenus(options: MenusOptions): Menus {
  const [open, setOpen] = useState<Open | null>(null)
  const close = useCallback(() => setOpen(null), [])
  const openCell = useCallback(
    (request: GridMenuRequest) =>
      setOpen({ kind: 'cell', request, anchor: { x: request.clientX, y: request.clientY } }),
    [],
  )
  const openHeader = useCallback((columnId: string, element: Element) => {
    // The header makes its buttons anew whenever it changes, so the place counts and not the element.
    const { left: x, bottom: y } = element.getBoundingClientRect()
    setOpen({ kind: 'header', columnId, anchor: { x, y } })
  }, [])
  return {
    openCell,
    openHeader,
    element: open === null ? null : <OpenMenu open={open} options={options} onOpen={setOpen} onClose={close} />,
  }
}

interface OpenMenuProps {
  readonly open: Open
  readonly options: MenusOptions
  readonly onOpen: (open: Open | null) => void
  readonly onClose: () => void
}

function OpenMenu({ open, options, onOpen, onClose }: OpenMenuProps) {
  const { schema, chosen, choose } = options
  const columnId = open.kind === 'cell' ? open.request.columnId : open.columnId
  const field = schema.find((candidate) => candidate.name === columnId)
  if (field === undefined) return null
  const addFilter = (sql: string): void => choose({ filter: addCondition(chosen.filter, sql) })
  switch (open.kind) {
    case 'cell':
      return <CellMenu {...{ options, field, addFilter, onClose }} request={open.request} anchor={open.anchor} />
    case 'header':
      return <HeaderMenu {...{ options, field, addFilter, onOpen, onClose }} anchor={open.anchor} />
    case 'condition':
      return (
        <ConditionDialog
          column={{ path: [field.name], field }}
          asked={open.asked}
          onFilter={addFilter}
          onClose={onClose}
        />
      )
    case 'info':
      return <ColumnInfoDialog field={field} onClose={onClose} />
  }
}

interface CellMenuProps {
  readonly options: MenusOptions
  readonly field: SchemaField
  readonly request: GridMenuRequest
  readonly anchor: MenuAnchor
  readonly addFilter: (sql: string) => void
  readonly onClose: () => void
}

function CellMenu({ options, field, request, anchor, addFilter, onClose }: CellMenuProps) {
  const { dataset, schema, source, copier, deletion, grid } = options
  const { row } = request.position
  const rowId = source?.rowId(row)
  const loaded = source?.value(row, field.name)
  // A value that was cut for the page would make a wrong filter, so the whole one is fetched first.
  const place = loaded === undefined || loaded.fullLength === null || rowId === undefined ? null : rowId
  const whole = useRequest(
    async (api, signal) => {
      if (source === null || place === null) return undefined
      const found = await fetchWholeValue(
        api,
        { dataset, at: source.query.at, rowId: place, column: field.name },
        schema,
        signal,
      )
      return found.kind === 'value' ? found.value : undefined
    },
    [dataset, source, place, field, schema],
  )
  const selection = grid.current?.selection() ?? { active: request.position, ranges: [] }
  const columnIds = grid.current?.columnIds() ?? [field.name]
  const items = cellMenu(
    { path: [field.name], field },
    place === null ? loaded?.value : whole,
    cellCountOf(selection),
    {
      addFilter,
      copy: (format) => copier.copy(selection, columnIds, format, format === 'csv'),
      copyRows: () => copier.copy(wholeRows(selection, columnIds.length), columnIds, 'tsv', true),
      copyColumn: () => copier.copy(wholeColumn(source?.rowCount ?? 0), [field.name], 'tsv', true),
      copyVector: (format) => copier.copyVector(row, field.name, format),
      inspect: () =>
        rowId !== undefined && inspect(dataset, { kind: 'row', rowId, rowNumber: row, column: field.name }),
      showHistory: () => rowId !== undefined && source !== null && showHistory(source.query, rowId, row, field.name),
      // After the closing menu has given the focus back, or it would take it from the dialog.
      deletion: {
        rows: deletion.count(selection),
        matching: deletion.matching,
        refusal: deletion.refusal,
        deleteSelected: () => setTimeout(deletion.deleteSelected),
        deleteMatching: () => setTimeout(deletion.deleteMatching),
      },
      ...(rowId === undefined || !hasTokens(field)
        ? {}
        : { showTokens: () => setTimeout(() => showTokens({ dataset, cell: { rowId, column: field.name } })) }),
      ...(rowId === undefined || !schema.some(isSearchedByVector)
        ? {}
        : {
            findSimilar: () =>
              findSimilar(dataset, { rowId, ...(isSearchedByVector(field) ? { column: field.name } : {}) }),
          }),
    },
  )
  return <MenuAt label={`Cell of ${field.name}`} anchor={anchor} items={items} onClose={onClose} />
}

interface HeaderMenuProps {
  readonly options: MenusOptions
  readonly field: SchemaField
  readonly anchor: MenuAnchor
  readonly addFilter: (sql: string) => void
  readonly onOpen: (open: Open) => void
  readonly onClose: () => void
}

function HeaderMenu({ options, field, anchor, addFilter, onOpen, onClose }: HeaderMenuProps) {
  const { chosen, choose, layout, grid } = options
  const current = layout.layout
  const columnId = field.name
  const isPinned = current?.pinned.includes(columnId) ?? false
  const items = headerMenu(
    { column: { path: [columnId], field }, sort: chosen.sort, isPinned },
    {
      sort: (descending) => choose({ sort: [{ columnId, descending }] }),
      addSortKey: (descending) => choose({ sort: withSortKey(chosen.sort, { columnId, descending }) }),
      clearSort: () => choose({ sort: [] }),
      addFilter,
      // After the closing menu has given the focus back, or it would take it from the dialog.
      askFilter: (asked) => setTimeout(() => onOpen({ kind: 'condition', columnId, asked })),
      hide: () => current !== null && layout.change(withHidden(current, columnId, true)),
      togglePin: () => current !== null && layout.change(withPinned(current, columnId, !isPinned)),
      autoFit: () => grid.current?.autoFit(columnId),
      copyName: () => void copyText(columnId, 'Name'),
      showInfo: () => setTimeout(() => onOpen({ kind: 'info', columnId })),
      embed: embedLine(options.dataset, field),
    },
  )
  return <MenuAt label={`Column ${columnId}`} anchor={anchor} items={items} onClose={onClose} />
}

function embedLine(dataset: string, field: SchemaField): { readonly label: string; run(): void } | undefined {
  const kind = embedKindOf(field)
  if (kind === null) return undefined
  const { name } = field
  return kind === 'embed'
    ? { label: 'Embed this column…', run: () => setTimeout(() => requestEmbed({ kind, dataset, source: name })) }
    : {
        label: 'Migrate to another embedder…',
        run: () => setTimeout(() => requestEmbed({ kind, dataset, column: name })),
      }
}

/** The history of one cell, in the inspector. */
function showHistory({ dataset, at }: RowsQuery, rowId: string, rowNumber: number, column: string): void {
  if ('tag' in at || at.version === undefined) return
  if (!getWorkspace().panels.inspector) togglePanel('inspector')
  const row = { dataset, version: at.version, rowId, ...('branch' in at ? { branch: at.branch } : {}) }
  inspect(dataset, { kind: 'row', rowId, rowNumber, column, history: { row, column } })
}

function cellCountOf({ ranges }: GridSelection): number {
  const counts = ranges.map(
    ({ from, to }) => (Math.abs(from.row - to.row) + 1) * (Math.abs(from.column - to.column) + 1),
  )
  return Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  )
}

/** The selected rows over all columns. */
function wholeRows({ active, ranges }: GridSelection, columnCount: number): GridSelection {
  const all = ranges.length === 0 ? [{ from: active, to: active }] : ranges
  const last = Math.max(0, columnCount - 1)
  return {
    active,
    ranges: all.map(({ from, to }) => ({ from: { row: from.row, column: 0 }, to: { row: to.row, column: last } })),
  }
}

function wholeColumn(rowCount: number): GridSelection {
  const from = { row: 0, column: 0 }
  return { active: from, ranges: [{ from, to: { row: Math.max(0, rowCount - 1), column: 0 } }] }
}
