import {
  type CSSProperties,
  Fragment,
  type Key,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
} from 'react'
import { cx } from '../cx.ts'
import { ContextMenu } from '../menu.tsx'
import type { MenuItem } from '../menu-items.ts'
import { useVirtualRows } from '../use-virtual-rows.ts'
import { indexForKey } from './row-keys.ts'
import type { RowPlace } from './table-row.tsx'
import styles from './table.module.css'

export interface ListTableProps<Row> {
  /** Accessible name. */
  readonly label: string
  /** Name of the rows where keys do more than move: says what. */
  readonly hint?: string
  /** Sets `--columns`, the grid template of header and rows, and `--least-width` where that does not shrink. */
  readonly className: string | undefined
  readonly style?: CSSProperties
  readonly header: ReactNode
  readonly rows: readonly Row[]
  /** In px, the same for every row. */
  readonly rowHeight: number
  readonly keyOf: (row: Row) => Key
  /** The row the keyboard is on; negative for none. */
  readonly active: number
  /** An arrow, Page key, Home or End leads to another row. */
  readonly onMove: (index: number) => void
  /** Asked before a key moves; true when the key was the table's own. */
  readonly onKey?: (event: KeyboardEvent) => boolean
  /** A row that is scrolled into sight whenever it becomes another one; negative for none. */
  readonly followed?: number
  readonly menu?: TableMenu
  /** Shown instead of rows. */
  readonly empty?: ReactNode
  /** One row: a `TableRow` at the place given. */
  readonly children: (row: Row, place: RowPlace) => ReactNode
}

export interface TableMenu {
  readonly items: readonly MenuItem[]
  /** Opened on this row: the one under the pointer, or the active one. */
  readonly onOpen: (index: number) => void
}

/** Up to 100,000 rows under a header, as a grid in which the keyboard moves by rows. */
export function ListTable<Row>(props: ListTableProps<Row>) {
  const { label, className, style, header, rows, rowHeight, keyOf, active, followed = -1, menu, children } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualRows({ count: rows.length, scroller, rowHeight: () => rowHeight })
  useEffect(() => {
    if (followed >= 0) virtual.scrollToIndex(followed)
  }, [virtual, followed])

  const handleKey = (event: KeyboardEvent): void => {
    // Keys of a button in a row, or of a menu opened from one, come by here as well.
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return
    if (props.onKey?.(event) !== true) {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
      const next = indexForKey(event.key, active, rows.length - 1, page)
      if (next === undefined || rows.length === 0) return
      props.onMove(next)
      virtual.scrollToIndex(next)
    }
    event.preventDefault()
  }
  const body = (
    <div
      ref={scroller}
      role="rowgroup"
      tabIndex={0}
      aria-label={props.hint ?? label}
      aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
      className={styles.scroller}
      onKeyDown={handleKey}
    >
      {rows.length === 0 && props.empty}
      <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          const place = { id: `${id}-${index}`, index, top: start, height: rowHeight, isActive: index === active }
          return <Fragment key={keyOf(row)}>{children(row, place)}</Fragment>
        })}
      </div>
    </div>
  )
  return (
    <div
      className={cx(styles.table, className)}
      style={style}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
    >
      {header}
      {menu === undefined ? (
        body
      ) : (
        <ContextMenu items={menu.items} onOpen={(event) => menu.onOpen(indexUnder(event) ?? active)}>
          {body}
        </ContextMenu>
      )}
    </div>
  )
}

function indexUnder(event: Event): number | undefined {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
  return row === null ? undefined : Number(row.dataset['index'])
}
