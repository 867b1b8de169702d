import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react'
import { KindIcon, MenuAt } from '#renderer/features/data/index.ts'
import { type DatasetTab, getWorkspace, togglePanel } from '#renderer/features/workspace/index.ts'
import {
  DataGrid,
  type GridColumn,
  type GridHandle,
  type GridMenuRequest,
  TALL_ROW_HEIGHT,
} from '#renderer/grid/index.ts'
import type { CompareSummary, RowChangeKind } from '#shared/model/compare.ts'
import { formatCompact } from '#shared/model/format.ts'
import type { OpenCompare } from '../compare-store.ts'
import { changeMenu } from './change-menu.ts'
import type { SideSchemas } from './change-page.ts'
import type { ChangeSource } from './change-source.ts'
import styles from './rows.module.css'
import { useChangeCopy } from './use-change-copy.ts'
import { useFollowChange } from './use-follow-change.ts'

export interface ChangeGridProps {
  readonly tab: DatasetTab
  readonly sides: OpenCompare
  readonly summary: CompareSummary
  readonly schemas: SideSchemas
  readonly source: ChangeSource
  readonly kind: RowChangeKind
  readonly columns: readonly GridColumn[]
  /** Columns of the key, which stay in sight. */
  readonly pinned: readonly string[]
  readonly grid: RefObject<GridHandle | null>
}

const LABELS: Readonly<Record<RowChangeKind, string>> = {
  added: 'Added rows',
  removed: 'Removed rows',
  changed: 'Changed rows',
}

/** The data grid over differing rows: cursor, inspector, menu and copy as in the Data view. */
export function ChangeGrid(props: ChangeGridProps) {
  const { tab, schemas, source, kind, columns, pinned, grid } = props
  const copy = useChangeCopy(props)
  const { follow, showHistory } = useFollowChange(tab.dataset, source, props.summary, props.sides)
  useEffect(() => {
    // The inspector may still show a row of another list.
    const first = columns[0]
    if (first !== undefined && getWorkspace().inspected[tab.dataset]?.kind === 'row-change') follow(0, first.id)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when the list comes into view: later it follows the cursor
  }, [])
  const isOwn = props.sides[kind === 'removed' ? 'from' : 'to'].dataset === tab.dataset
  const [menu, setMenu] = useState<GridMenuRequest | null>(null)
  const close = useCallback(() => setMenu(null), [])
  const layout = useMemo(
    () => ({ order: columns.map(({ id }) => id), hidden: [], pinned, widths: {} }),
    [columns, pinned],
  )
  const kinds = useMemo(
    () => new Map([...schemas.from, ...schemas.to].map((field) => [field.name, field.kind])),
    [schemas],
  )
  const open = useCallback(
    (row: number, column: string) => {
      openInspector()
      follow(row, column)
    },
    [follow],
  )
  return (
    <div className={styles.grid}>
      <DataGrid
        ref={grid}
        label={LABELS[kind]}
        columns={columns}
        source={source}
        layout={layout}
        {...(kind === 'changed' ? { rowHeight: TALL_ROW_HEIGHT } : {})}
        onActiveChange={({ row }, column) => follow(row, column)}
        onOpen={({ row }, column) => open(row, column)}
        onContextMenu={setMenu}
        onCopy={(selection, columnIds) => copy(selection, columnIds, 'tsv', 'now')}
        renderHeaderIcon={(column) => <KindIcon kind={kinds.get(column.id) ?? 'unknown'} />}
        corner={formatCompact(source.rowCount)}
      />
      {menu !== null && (
        <ChangeMenu
          grid={grid}
          kind={kind}
          menu={menu}
          copy={copy}
          onInspect={open}
          onHistory={isOwn ? showHistory : null}
          onClose={close}
        />
      )}
    </div>
  )
}

interface ChangeMenuProps extends Pick<ChangeGridProps, 'grid' | 'kind'> {
  readonly menu: GridMenuRequest
  readonly copy: ReturnType<typeof useChangeCopy>
  readonly onInspect: (row: number, column: string) => void
  readonly onHistory: ((row: number) => void) | null
  readonly onClose: () => void
}

function ChangeMenu({ grid, kind, menu, copy, onInspect, onHistory, onClose }: ChangeMenuProps) {
  const { position, columnId, clientX, clientY } = menu
  const [anchor] = useState({ x: clientX, y: clientY })
  const [items] = useState(() =>
    changeMenu(kind, {
      inspect: () => onInspect(position.row, columnId),
      ...(onHistory === null
        ? {}
        : {
            showHistory: () => {
              openInspector()
              onHistory(position.row)
            },
          }),
      copy: (format, side) => {
        const { current } = grid
        if (current !== null) copy(current.selection(), current.columnIds(), format, side)
      },
    }),
  )
  return <MenuAt label={`Cell of ${columnId}`} anchor={anchor} items={items} onClose={onClose} />
}

function openInspector(): void {
  if (!getWorkspace().panels.inspector) togglePanel('inspector')
}
