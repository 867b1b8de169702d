import { memo, useRef, type DragEvent, type PointerEvent, type ReactNode } from 'react'
import styles from './grid.module.css'
import { clampWidth, type PlacedColumn } from './layout.ts'
import type { SortState } from './types.ts'

/** What header cells may do; one object for all, so that a cell re-renders only for its own column. */
export interface HeaderActions {
  sort(columnId: string, additive: boolean): void
  openMenu: ((columnId: string, anchor: HTMLElement) => void) | null
  resize(columnId: string, width: number): void
  autoFit(columnId: string): void
  select(columnId: string): void
  dragStart(columnId: string): void
  drop(beforeId: string): void
}

export interface HeaderCellProps {
  readonly column: PlacedColumn
  readonly sort: SortState | undefined
  /** 1-based place among several sort keys; 0 when there is one. */
  readonly sortRank: number
  readonly icon: ReactNode
  readonly detail: ReactNode
  readonly actions: HeaderActions
}

/** One column header: drag its title to move it, its right edge to resize it, click it to sort. */
export const HeaderCell = memo(function HeaderCell({ column, sort, sortRank, icon, detail, actions }: HeaderCellProps) {
  const { id, column: source } = column
  return (
    <div
      role="columnheader"
      aria-colindex={column.index + 1}
      aria-sort={
        source.sortable ? (sort === undefined ? 'none' : sort.descending ? 'descending' : 'ascending') : undefined
      }
      className={styles.cell}
      data-column={id}
      data-pinned={column.pinned || undefined}
      data-mark={source.mark}
      style={{ left: column.x, width: column.width }}
      title={source.description}
      onDragOver={allowDrop}
      onDragLeave={leaveDrop}
      onDrop={(event) => {
        leaveDrop(event)
        actions.drop(id)
      }}
    >
      <button
        type="button"
        tabIndex={-1}
        className={styles.title}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData('text/plain', source.title)
          actions.dragStart(id)
        }}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey) actions.select(id)
          else if (source.sortable) actions.sort(id, event.shiftKey)
        }}
      >
        {icon}
        <span className={styles.name}>{source.title}</span>
        {sort !== undefined && (
          <span className={styles.sort} aria-hidden="true">
            {sort.descending ? '↓' : '↑'}
            {sortRank > 0 ? sortRank : ''}
          </span>
        )}
      </button>
      <div className={styles.subtitle}>{source.subtitle}</div>
      {detail !== undefined && <div className={styles.detail}>{detail}</div>}
      {actions.openMenu !== null && (
        <button
          type="button"
          tabIndex={-1}
          className={styles.menu}
          aria-label={`Menu of column ${source.title}`}
          aria-haspopup="menu"
          data-header-menu={id}
          onClick={(event) => actions.openMenu?.(id, event.currentTarget)}
        >
          ▾
        </button>
      )}
      <ResizeHandle column={column} actions={actions} />
    </div>
  )
})

function ResizeHandle({ column, actions }: Pick<HeaderCellProps, 'column' | 'actions'>) {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null)
  const handleMove = (event: PointerEvent<HTMLDivElement>) => {
    if (start.current === null) return
    actions.resize(column.id, clampWidth(start.current.width + event.clientX - start.current.x))
  }
  const handleEnd = (event: PointerEvent<HTMLDivElement>) => {
    start.current = null
    delete event.currentTarget.dataset['dragging']
  }
  return (
    <div
      className={styles.handle}
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of column ${column.column.title}`}
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.dataset['dragging'] = ''
        start.current = { x: event.clientX, width: column.width }
      }}
      onPointerMove={handleMove}
      onPointerUp={handleEnd}
      onPointerCancel={handleEnd}
      onDoubleClick={() => actions.autoFit(column.id)}
    />
  )
}

function allowDrop(event: DragEvent<HTMLDivElement>) {
  event.preventDefault()
  event.currentTarget.dataset['drop'] = ''
}

function leaveDrop(event: DragEvent<HTMLDivElement>) {
  event.preventDefault()
  delete event.currentTarget.dataset['drop']
}
