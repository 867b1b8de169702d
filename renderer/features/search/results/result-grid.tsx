import { type RefObject, useCallback, useMemo, useRef, useState } from 'react'
import {
  type Copier,
  hasTokens,
  KindIcon,
  type LayoutControl,
  MenuAt,
  showTokens,
  useCopy,
} from '#renderer/features/data/index.ts'
import { type DatasetTab, getWorkspace, inspect, togglePanel } from '#renderer/features/workspace/index.ts'
import { DataGrid, type GridHandle, type GridMenuRequest } from '#renderer/grid/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import type { Ref } from '#shared/model/ref.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { SearchResult } from '#shared/model/search.ts'
import { formatCompact, formatCount, formatNoun } from '#shared/model/format.ts'
import { findSimilar } from '../query/store.ts'
import { resultColumns } from './columns.ts'
import { copySourceOf } from './copy-source.ts'
import { useResultLayout } from './result-layout.ts'
import type { ResultSource } from './result-source.ts'
import styles from './results.module.css'

export interface ResultGridProps {
  readonly tab: DatasetTab
  readonly at: Ref
  readonly schema: readonly SchemaField[]
  readonly chosen: LayoutControl
  readonly result: SearchResult
  readonly source: ResultSource
}

/** The rows found, in the same grid as all rows: figures of the search first. */
export function ResultGrid({ tab, at, schema, chosen, result, source }: ResultGridProps) {
  const { dataset } = tab
  const grid = useRef<GridHandle>(null)
  const columns = useMemo(() => resultColumns(result, schema), [result, schema])
  const [layout, changeLayout] = useResultLayout(columns, schema, chosen)
  const kinds = useMemo(() => new Map(schema.map(({ name, kind }) => [name, kind])), [schema])
  const [menu, setMenu] = useState<GridMenuRequest | null>(null)
  const follow = useCallback(
    (row: number, column: string) => {
      const rowId = source.rowId(row)
      if (rowId === undefined) return
      const marks = source.hitsOfRow(row)
      inspect(dataset, { kind: 'row', rowId, rowNumber: null, marks, ...(kinds.has(column) ? { column } : {}) })
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
  const copier = useCopy(
    useMemo(() => copySourceOf(source, dataset, at), [source, dataset, at]),
    schema,
  )
  const tokensOf = ({ position, columnId: column }: GridMenuRequest): (() => void) | null => {
    const rowId = source.rowId(position.row)
    const isText = schema.some((field) => field.name === column && hasTokens(field))
    // After the closing menu has given the focus back, or it would take it from the dialog.
    return rowId === undefined || !isText
      ? null
      : () => void setTimeout(() => showTokens({ dataset, cell: { rowId, column } }))
  }
  return (
    <div className={styles.grid}>
      <CopyLine copier={copier} />
      <DataGrid
        ref={grid}
        label={`Rows found in ${tab.name}`}
        columns={columns}
        source={source}
        layout={layout}
        onLayoutChange={changeLayout}
        onActiveChange={({ row }, column) => follow(row, column)}
        onOpen={({ row }, column) => open(row, column)}
        onContextMenu={setMenu}
        onCopy={(selection, columnIds) => copier.copy(selection, columnIds, 'tsv', false)}
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
          copier={copier}
          isVector={kinds.get(menu.columnId) === 'vector'}
          onSimilar={
            result.vectorColumn === undefined && !schema.some(({ kind }) => kind === 'vector')
              ? null
              : (row) => {
                  const rowId = source.rowId(row)
                  if (rowId !== undefined) findSimilar(dataset, rowId)
                }
          }
          onTokens={tokensOf(menu)}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  )
}

function CopyLine({ copier: { progress, cancel } }: { readonly copier: Copier }) {
  if (progress === null) return null
  return (
    <div className={styles.copying} role="status">
      <ProgressBar label="Copying" value={progress.cellsDone / Math.max(1, progress.cells)} />
      Copying {formatCount(progress.cellsDone)} of {formatNoun(progress.cells, 'cell')}
      <Button onClick={cancel}>Cancel</Button>
    </div>
  )
}

interface ResultMenuProps {
  readonly grid: RefObject<GridHandle | null>
  readonly menu: GridMenuRequest
  readonly onOpen: (row: number, column: string) => void
  readonly copier: Copier
  readonly isVector: boolean
  /** Null where there are no vectors. */
  readonly onSimilar: ((row: number) => void) | null
  /** Null where the cell is no text. */
  readonly onTokens: (() => void) | null
  readonly onClose: () => void
}

function ResultMenu({ grid, menu, onOpen, copier, isVector, onSimilar, onTokens, onClose }: ResultMenuProps) {
  const { position, columnId, clientX, clientY } = menu
  const [anchor] = useState({ x: clientX, y: clientY })
  const copy = (format: 'tsv' | 'csv' | 'json'): void => {
    const { current } = grid
    if (current !== null) copier.copy(current.selection(), current.columnIds(), format, format === 'csv')
  }
  const items = [
    { id: 'inspect', label: 'Open in inspector', shortcut: 'Enter', run: () => onOpen(position.row, columnId) },
    ...(onSimilar === null ? [] : [{ id: 'similar', label: 'Find similar rows', run: () => onSimilar(position.row) }]),
    ...(onTokens === null ? [] : [{ id: 'tokens', label: 'Show tokens…', run: onTokens }]),
    { id: 'copy', label: 'Copy', note: 'TSV', shortcut: 'Mod+C', run: () => copy('tsv') },
    { id: 'copy-csv', label: 'Copy as CSV', note: 'with header', run: () => copy('csv') },
    { id: 'copy-json', label: 'Copy as JSON', run: () => copy('json') },
    ...(isVector
      ? (['json', 'numpy'] as const).map((format) => ({
          id: `copy-vector-${format}`,
          label: `Copy vector as ${format === 'json' ? 'JSON' : 'NumPy'}`,
          run: () => copier.copyVector(position.row, columnId, format),
        }))
      : []),
  ]
  return <MenuAt label={`Cell of ${columnId}`} anchor={anchor} items={items} onClose={onClose} />
}
