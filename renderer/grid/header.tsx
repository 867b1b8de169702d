import { useMemo, type ReactNode, type Ref } from 'react'
import styles from './grid.module.css'
import { HeaderCell, type HeaderActions } from './header-cell.tsx'
import type { GridLayout } from './layout.ts'
import type { GridColumn, SortState } from './types.ts'

export interface HeaderProps {
  readonly layout: GridLayout
  readonly height: number
  /** Scrolling columns to render by index, both inclusive; pinned ones always are. */
  readonly shown: ColumnSpan
  readonly sort: readonly SortState[]
  readonly corner: string | undefined
  readonly renderIcon: ((column: GridColumn) => ReactNode) | undefined
  readonly renderDetail: ((column: GridColumn) => ReactNode) | undefined
  readonly actions: HeaderActions
  readonly ref: Ref<HTMLDivElement>
}

export interface ColumnSpan {
  readonly first: number
  readonly last: number
}

/** Columns rendered beyond those on screen, so that a sideways scroll seldom has to render. */
const SPAN_STEP = 16

/** Widens a span to whole steps: it changes only every so many columns. */
export function steppedSpan(first: number, last: number): ColumnSpan {
  return {
    first: Math.max(0, Math.floor(first / SPAN_STEP) - 1) * SPAN_STEP,
    last: (Math.floor(last / SPAN_STEP) + 2) * SPAN_STEP - 1,
  }
}

/** The header row. Sideways scrolling moves its cells by a style property alone, without rendering. */
export function Header({ layout, height, shown, sort, corner, renderIcon, renderDetail, actions, ref }: HeaderProps) {
  const columns = useMemo(
    () => layout.columns.filter(({ pinned, index }) => pinned || (index >= shown.first && index <= shown.last)),
    [layout, shown],
  )
  return (
    <div ref={ref} className={styles.header} role="row" aria-rowindex={1} style={{ height }}>
      <div className={styles.corner} role="presentation" style={{ width: layout.gutterWidth }}>
        {corner}
      </div>
      {columns.map((column) => {
        const rank = sort.findIndex((key) => key.columnId === column.id)
        return (
          <HeaderCell
            key={column.id}
            column={column}
            sort={sort[rank]}
            sortRank={sort.length > 1 ? rank + 1 : 0}
            icon={renderIcon?.(column.column)}
            detail={renderDetail?.(column.column)}
            actions={actions}
          />
        )
      })}
    </div>
  )
}
