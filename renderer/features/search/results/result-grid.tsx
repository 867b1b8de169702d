import { type RefObject, useCallback, useMemo, useRef, useState } from 'react'
import { KindIcon, MenuAt } from '#renderer/features/data/index.ts'
import { type DatasetTab, getWorkspace, inspect, togglePanel } from '#renderer/features/workspace/index.ts'
import { DataGrid, type GridHandle, type GridMenuRequest, type GridSelection } from '#renderer/grid/index.ts'
import { copyText } from '#renderer/ui/clipboard.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { SearchResult } from '#shared/model/search.ts'
import { formatCompact } from '#shared/model/format.ts'
import { findSimilar } from '../query/store.ts'
import { resultColumns } from './columns.ts'
import { FIGURES, type ResultSource } from './result-source.ts'
import { selectedText } from './selected-text.ts'
import styles from './results.module.css'

export interface ResultGridProps {
  readonly tab: DatasetTab
  readonly schema: readonly SchemaField[]
  readonly result: SearchResult
  readonly source: ResultSource
}

/** The rows found, in the same grid as all rows: figures of the search first. */
export function ResultGrid({ tab, schema, result, source }: ResultGridProps) {
  const { dataset } = tab
  const grid = useRef<GridHandle>(null)
  const columns = useMemo(() => resultColumns(result, schema), [result, schema])
  const layout = useMemo(
    () => ({ order: columns.map(({ id }) => id), hidden: [], pinned: [FIGURES.rank], widths: {} }),
    [columns],
  )
  const kinds = useMemo(() => new Map(schema.map(({ name, kind }) => [name, kind])), [schema])
  const [menu, setMenu] = useState<GridMenuRequest | null>(null)
  const follow = useCallback(
    (row: number, column: string) => {
      const rowId = source.rowId(row)
      if (rowId === undefined) return
      inspect(dataset, { kind: 'row', rowId, rowNumber: null, ...(kinds.has(column) ? { column } : {}) })
    },
    [dataset, kinds, source],
  )
  const open = useCallback(
    (row: number, column: string) => {
      if (!getWorkspace().panels.inspector) togglePanel('inspector')
      follow(row, column)
    },
    [follow],
  )
  const copy = (selection: GridSelection, columnIds: readonly string[]): void =>
    void copyText(selectedText(source, selection, columnIds), 'Cells')
  return (
    <div className={styles.grid}>
      <DataGrid
        ref={grid}
        label={`Rows found in ${tab.name}`}
        columns={columns}
        source={source}
        layout={layout}
        onActiveChange={({ row }, column) => follow(row, column)}
        onOpen={({ row }, column) => open(row, column)}
        onContextMenu={setMenu}
        onCopy={copy}
        renderHeaderIcon={(column) => {
          const kind = kinds.get(column.id)
          return kind === undefined ? null : <KindIcon kind={kind} />
        }}
        corner={formatCompact(source.rowCount)}
      />
      {menu !== null && (
        <ResultMenu
          grid={grid}
          menu={menu}
          onOpen={open}
          onCopy={copy}
          onSimilar={
            result.vectorColumn === undefined && !schema.some(({ kind }) => kind === 'vector')
              ? null
              : (row) => {
                  const rowId = source.rowId(row)
                  if (rowId !== undefined) findSimilar(dataset, rowId)
                }
          }
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  )
}

interface ResultMenuProps {
  readonly grid: RefObject<GridHandle | null>
  readonly menu: GridMenuRequest
  readonly onOpen: (row: number, column: string) => void
  readonly onCopy: (selection: GridSelection, columnIds: readonly string[]) => void
  /** Null where there are no vectors. */
  readonly onSimilar: ((row: number) => void) | null
  readonly onClose: () => void
}

function ResultMenu({ grid, menu, onOpen, onCopy, onSimilar, onClose }: ResultMenuProps) {
  const { position, columnId, clientX, clientY } = menu
  const [anchor] = useState({ x: clientX, y: clientY })
  const items = [
    { id: 'inspect', label: 'Open in inspector', shortcut: 'Enter', run: () => onOpen(position.row, columnId) },
    ...(onSimilar === null ? [] : [{ id: 'similar', label: 'Find similar rows', run: () => onSimilar(position.row) }]),
    {
      id: 'copy',
      label: 'Copy',
      shortcut: 'Mod+C',
      run: () => {
        const { current } = grid
        if (current !== null) onCopy(current.selection(), current.columnIds())
      },
    },
  ]
  return <MenuAt label={`Cell of ${columnId}`} anchor={anchor} items={items} onClose={onClose} />
}
