import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import { cx } from '#renderer/ui/cx.ts'
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts'
import { FragmentLine } from './fragment-line.tsx'
import styles from './fragments-view.module.css'
import { indexForKey } from './index-for-key.ts'
import type { FragmentColumn, FragmentSort } from './sorting.ts'

const COLUMNS: readonly { readonly id: FragmentColumn; readonly title: string; readonly isNumber: boolean }[] = [
  { id: 'id', title: 'Fragment', isNumber: true },
  { id: 'live', title: 'Live rows', isNumber: true },
  { id: 'deleted', title: 'Deleted', isNumber: false },
  { id: 'files', title: 'Data files', isNumber: true },
  { id: 'bytes', title: 'Bytes', isNumber: true },
  { id: 'format', title: 'File format', isNumber: false },
  { id: 'indices', title: 'Indices', isNumber: false },
]
const ROW_HEIGHT = 26

export interface FragmentTableProps {
  readonly fragments: readonly FragmentEntry[]
  /** Indices the dataset has at this version. */
  readonly indexCount: number
  readonly sort: FragmentSort
  readonly onSort: (column: FragmentColumn) => void
  readonly selectedId: number | undefined
  readonly onSelect: (fragmentId: number) => void
}

/** All fragments, sortable. Arrows move the selection, Home, End and Page keys as usual. */
export function FragmentTable({ fragments, indexCount, sort, onSort, selectedId, onSelect }: FragmentTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const selected = selectedId === undefined ? -1 : fragments.findIndex((fragment) => fragment.id === selectedId)
  const virtual = useVirtualRows({ count: fragments.length, scroller, rowHeight: () => ROW_HEIGHT })
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected)
  }, [virtual, selected])

  const handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1)
    const fragment = fragments[indexForKey(event.key, selected, fragments.length - 1, page) ?? -1]
    if (fragment === undefined) return
    event.preventDefault()
    onSelect(fragment.id)
  }
  return (
    <div className={styles.table} role="grid" aria-label="Fragments" aria-rowcount={fragments.length + 1}>
      <div role="row" aria-rowindex={1} className={styles.header}>
        {COLUMNS.map((column) => (
          <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div
        ref={scroller}
        role="rowgroup"
        tabIndex={0}
        aria-activedescendant={selected < 0 ? undefined : `fragment-row-${selected}`}
        className={styles.scroller}
        onKeyDown={handleKey}
      >
        <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const fragment = fragments[index]
            if (fragment === undefined) return null
            return (
              <FragmentLine
                key={fragment.id}
                fragment={fragment}
                index={index}
                top={start}
                indexCount={indexCount}
                isSelected={index === selected}
                onSelect={() => onSelect(fragment.id)}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

interface HeaderCellProps extends Pick<FragmentTableProps, 'sort' | 'onSort'> {
  readonly column: (typeof COLUMNS)[number]
}

function HeaderCell({ column, sort, onSort }: HeaderCellProps) {
  const isSorted = sort.column === column.id
  const Arrow = sort.descending ? ArrowDown : ArrowUp
  return (
    <span role="columnheader" aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className={cx(styles.headerButton, column.isNumber && styles.number)}
        onClick={() => onSort(column.id)}
      >
        {column.title}
        {isSorted && <Arrow aria-hidden />}
      </button>
    </span>
  )
}
