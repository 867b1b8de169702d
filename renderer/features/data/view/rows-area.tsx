import { type KeyboardEvent, type RefObject, useCallback, useMemo } from 'react'
import { FilterX, Rows3 } from 'lucide-react'
import {
  backToLatest,
  type DatasetTab,
  getWorkspace,
  inspect,
  togglePanel,
} from '#renderer/features/workspace/index.ts'
import { DataGrid } from '#renderer/grid/index.ts'
import type { CellPosition, GridHandle } from '#renderer/grid/types.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { formatCompact } from '#shared/model/format.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { gridColumnOf } from '../columns/grid-columns.ts'
import { KindIcon } from '../columns/kind-icon.tsx'
import { visibleColumns } from '../columns/layout.ts'
import { nextSort } from '../columns/sort.ts'
import type { Deletion } from '../delete/use-deletion.ts'
import type { LayoutControl } from '../columns/use-layout.ts'
import { chooseQuery, type ChosenQuery } from '../rows/query-store.ts'
import type { RowsView } from '../rows/use-rows-view.ts'
import styles from './data-view.module.css'
import type { Copier } from './use-copy.ts'
import type { Menus } from './use-menus.tsx'
import { usePlace } from './use-place.ts'

export interface RowsAreaProps {
  readonly tab: DatasetTab
  readonly schema: readonly SchemaField[]
  readonly view: RowsView
  /** Query of the rows on screen, or the one being computed. */
  readonly chosen: ChosenQuery
  readonly choose: (change: Partial<ChosenQuery>) => void
  readonly layout: LayoutControl
  readonly copier: Copier
  readonly deletion: Deletion
  readonly menus: Menus
  readonly grid: RefObject<GridHandle | null>
  /** True while rows of the same state of the dataset are on screen; they outlive a filter that cannot be run. */
  readonly isKept: boolean
}

/** The grid, or why there is none. */
export function RowsArea(props: RowsAreaProps) {
  const { tab, schema, view, layout, isKept } = props
  const { source, state } = view
  if (state.kind === 'failed' && !isKept) return <FailedRows {...props} error={state.error} />
  if (schema.length === 0) return <EmptyState title="This dataset has no columns" />
  if (layout.layout !== null && visibleColumns(layout.layout).length === 0) return <AllHidden layout={layout} />
  if (source === null || source.query.dataset !== tab.dataset) return <LoadingState label="Opening rows" />
  return <RowsGrid {...props} source={source} />
}

function RowsGrid({
  tab,
  schema,
  view,
  chosen,
  choose,
  layout,
  copier,
  deletion,
  menus,
  grid,
  source,
}: RowsAreaProps & { readonly source: NonNullable<RowsView['source']> }) {
  const { dataset } = tab
  const columns = useMemo(() => schema.map(gridColumnOf), [schema])
  const kinds = useMemo(() => new Map(schema.map((field) => [field.name, field.kind])), [schema])
  const first = layout.layout === null ? undefined : visibleColumns(layout.layout)[0]
  const follow = usePlace(source, first, grid)
  const open = useCallback(
    ({ row }: CellPosition, column: string) => {
      if (!getWorkspace().panels.inspector) togglePanel('inspector')
      const rowId = source.rowId(row)
      if (rowId !== undefined) inspect(dataset, { kind: 'row', rowId, rowNumber: row, column })
    },
    [dataset, source],
  )
  // Of cells it would seem to empty them: only whole rows are deleted by the key.
  const deleteByKey = (event: KeyboardEvent): void => {
    const { ranges } = grid.current?.selection() ?? { ranges: [] }
    const last = (grid.current?.columnIds().length ?? 0) - 1
    const areWhole = ranges.every(({ from, to }) => Math.abs(from.column - to.column) === last)
    if (event.key !== 'Delete' || hasModifier(event) || ranges.length === 0 || !areWhole) return
    event.preventDefault()
    deletion.deleteSelected()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the grid inside
    <div className={cx(styles.grid, view.state.kind === 'preparing' && styles.stale)} onKeyDown={deleteByKey}>
      <DataGrid
        ref={grid}
        label={`Rows of ${tab.name}`}
        columns={columns}
        source={source}
        {...(layout.layout === null ? {} : { layout: layout.layout })}
        onLayoutChange={layout.change}
        sort={chosen.sort}
        onSort={(columnId, additive) => choose({ sort: nextSort(chosen.sort, columnId, additive) })}
        onOpen={open}
        onActiveChange={({ row }, column) => follow(row, column)}
        onContextMenu={menus.openCell}
        onHeaderMenu={menus.openHeader}
        onCopy={(selection, columnIds) => copier.copy(selection, columnIds, 'tsv', false)}
        renderHeaderIcon={(column) => <KindIcon kind={kinds.get(column.id) ?? 'unknown'} className={styles.icon} />}
        corner={formatCompact(source.rowCount)}
        empty={<NoRows dataset={dataset} isFiltered={source.query.filter !== ''} />}
      />
    </div>
  )
}

function hasModifier({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey || shiftKey
}

function FailedRows({
  tab,
  view,
  chosen,
  error,
}: RowsAreaProps & { readonly error: Parameters<typeof ErrorNotice>[0]['error'] }) {
  return (
    <div className={styles.notice}>
      <ErrorNotice
        error={error}
        title={chosen.filter === '' ? 'The rows could not be read' : 'The filter could not be run'}
        onRetry={view.retry}
        onLatest={() => backToLatest(tab.dataset)}
      />
      {(chosen.filter !== '' || chosen.sort.length > 0) && (
        <Button className={styles.wayOut} onClick={() => chooseQuery(tab.dataset, { filter: '', sort: [] })}>
          Show all rows
        </Button>
      )}
    </div>
  )
}

function NoRows({ dataset, isFiltered }: { readonly dataset: string; readonly isFiltered: boolean }) {
  if (!isFiltered) return <EmptyState icon={<Rows3 aria-hidden />} title="This version has no rows" />
  return (
    <EmptyState
      icon={<FilterX aria-hidden />}
      title="No rows match the filter"
      actions={<Button onClick={() => chooseQuery(dataset, { filter: '' })}>Clear filter</Button>}
    />
  )
}

function AllHidden({ layout }: { readonly layout: LayoutControl }) {
  const { layout: current, change } = layout
  return (
    <EmptyState
      title="All columns are hidden"
      actions={<Button onClick={() => current !== null && change({ ...current, hidden: [] })}>Show all columns</Button>}
    />
  )
}
