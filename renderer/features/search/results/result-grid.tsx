import { useCallback, useMemo, useRef, useState } from 'react'
import {
  findSimilar,
  gridColumnOf,
  KindIcon,
  type LayoutControl,
  MenuAt,
  visibleColumns,
} from '#renderer/features/data/index.ts'
import { type DatasetTab, getWorkspace, inspect, togglePanel } from '#renderer/features/workspace/index.ts'
import { DataGrid, type GridHandle, type GridMenuRequest } from '#renderer/grid/index.ts'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import { formatCompact } from '#shared/model/format.ts'
import { hitColumns, isHitColumn } from './hit-columns.ts'
import type { ResultSource } from './result-source.ts'
import styles from './results.module.css'
import { type ResultCopyFormat, type ResultPlace, useResultCopy } from './use-result-copy.ts'

export interface ResultGridProps {
  readonly tab: DatasetTab
  readonly label: string
  readonly place: ResultPlace
  readonly source: ResultSource
  readonly layout: LayoutControl
  /** Vector columns, on which similar rows can be asked for. */
  readonly vectorColumns: readonly string[]
  /** False for rows of another version than the tab shows: the inspector would show something else. */
  readonly canInspect: boolean
  readonly onActive?: (row: number) => void
}

/** The rows of an answer in the data grid, its figures first. */
export function ResultGrid(props: ResultGridProps) {
  const { label, place, source, layout, canInspect, onActive } = props
  const { dataset, schema } = place
  const grid = useRef<GridHandle>(null)
  const [menu, setMenu] = useState<GridMenuRequest | null>(null)
  const copy = useResultCopy(place, source)
  const figures = useMemo(() => hitColumns(source.hits), [source])
  const columns = useMemo(() => [...figures, ...schema.map(gridColumnOf)], [figures, schema])
  const kinds = useMemo(() => new Map(schema.map((field) => [field.name, field.kind])), [schema])
  const shown = useMemo(() => {
    const ids = figures.map(({ id }) => id)
    const { order, hidden, pinned, widths } = layout.layout ?? { order: [], hidden: [], pinned: [], widths: {} }
    return { order: [...ids, ...order], hidden, pinned: [...ids, ...pinned], widths }
  }, [figures, layout.layout])
  const show = useCallback(
    (row: number, column: string) => {
      onActive?.(row)
      const hit = source.hits[row]
      if (hit === undefined || !canInspect) return
      const at = isHitColumn(column) ? {} : { column }
      inspect(dataset, { kind: 'row', rowId: hit.rowId, rowNumber: null, ...at })
    },
    [dataset, source, canInspect, onActive],
  )
  const open = (row: number, column: string): void => {
    if (!getWorkspace().panels.inspector) togglePanel('inspector')
    show(row, column)
  }
  return (
    <div className={styles.grid}>
      <DataGrid
        ref={grid}
        label={label}
        columns={columns}
        source={source}
        layout={shown}
        onLayoutChange={(next) =>
          layout.change({
            order: next.order.filter((id) => !isHitColumn(id)),
            hidden: next.hidden.filter((id) => !isHitColumn(id)),
            pinned: next.pinned.filter((id) => !isHitColumn(id)),
            widths: Object.fromEntries(Object.entries(next.widths).filter(([id]) => !isHitColumn(id))),
          })
        }
        onActiveChange={({ row }, column) => show(row, column)}
        onOpen={({ row }, column) => open(row, column)}
        onContextMenu={setMenu}
        onCopy={(selection, columnIds) => copy(selection, columnIds, 'tsv')}
        renderHeaderIcon={(column) =>
          isHitColumn(column.id) ? null : <KindIcon kind={kinds.get(column.id) ?? 'unknown'} className={styles.icon} />
        }
        corner={formatCompact(source.rowCount)}
      />
      {menu !== null && (
        <ResultMenu
          {...props}
          menu={menu}
          onOpen={open}
          onCopy={(format) => {
            const { current } = grid
            if (current !== null) copy(current.selection(), current.columnIds(), format)
          }}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  )
}

interface ResultMenuProps extends ResultGridProps {
  readonly menu: GridMenuRequest
  readonly onOpen: (row: number, column: string) => void
  readonly onCopy: (format: ResultCopyFormat) => void
  readonly onClose: () => void
}

function ResultMenu({ tab, source, vectorColumns, canInspect, menu, onOpen, onCopy, onClose }: ResultMenuProps) {
  const { position, columnId, clientX, clientY } = menu
  const hit = source.hits[position.row]
  const on = vectorColumns.includes(columnId) ? { column: columnId } : {}
  const items: readonly MenuItem[] = [
    {
      id: 'inspect',
      label: 'Open in inspector',
      shortcut: 'Enter',
      disabled: !canInspect,
      run: () => onOpen(position.row, columnId),
    },
    ...(vectorColumns.length === 0 || hit === undefined || !canInspect
      ? []
      : [{ id: 'similar', label: 'Find similar', run: () => findSimilar(tab.dataset, { rowId: hit.rowId, ...on }) }]),
    { kind: 'separator', id: 'before-copy' },
    { id: 'copy', label: 'Copy', note: 'TSV', shortcut: 'Mod+C', run: () => onCopy('tsv') },
    { id: 'copy-csv', label: 'Copy as CSV', run: () => onCopy('csv') },
    { id: 'copy-json', label: 'Copy as JSON', run: () => onCopy('json') },
  ]
  return <MenuAt label="Result" anchor={{ x: clientX, y: clientY }} items={items} onClose={onClose} />
}

/** Most columns one search reads: more would take longer than the search itself. */
export const COLUMNS_READ = 200

/** Columns a search reads along: those shown, up to {@link COLUMNS_READ}. */
export function columnsToRead(layout: NonNullable<LayoutControl['layout']>): readonly string[] {
  return visibleColumns(layout)
    .filter((name) => !name.includes('`'))
    .slice(0, COLUMNS_READ)
}
