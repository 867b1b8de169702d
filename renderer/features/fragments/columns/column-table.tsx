import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { ColumnStorage } from '#shared/model/fragment-details.ts'
import { cx } from '#renderer/ui/cx.ts'
import { useVirtualRows } from '#renderer/ui/use-virtual-rows.ts'
import { indexForKey } from '../index-for-key.ts'
import { ColumnLine } from './column-line.tsx'
import { type ColumnKey, type ColumnSort, totalBytes } from './column-sorting.ts'
import styles from './column-table.module.css'

const HEADINGS: readonly {
  readonly key: ColumnKey
  readonly title: string
  readonly isNumber: boolean
  readonly help?: string
}[] = [
  { key: 'column', title: 'Column', isNumber: false },
  { key: 'type', title: 'Type', isNumber: false },
  { key: 'bytes', title: 'Bytes', isNumber: true },
  { key: 'ratio', title: 'Ratio', isNumber: true, help: 'Bytes in Arrow for each byte on disk; ≈ when estimated' },
  { key: 'arrow', title: 'In Arrow', isNumber: true },
  { key: 'pages', title: 'Pages', isNumber: true },
  { key: 'files', title: 'Files', isNumber: true },
  { key: 'encodings', title: 'Encodings', isNumber: false },
]
const ROW_HEIGHT = 24

export interface ColumnTableProps {
  /** Sorted. */
  readonly columns: readonly ColumnStorage[]
  readonly sort: ColumnSort
  readonly onSort: (key: ColumnKey) => void
  /** Field id. */
  readonly selected: number | undefined
  readonly onSelect: (fieldId: number) => void
}

/** All columns, sortable. Arrows move the selection, Home, End and Page keys as usual. */
export function ColumnTable({ columns, sort, onSort, selected, onSelect }: ColumnTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const index = selected === undefined ? -1 : columns.findIndex(({ fieldId }) => fieldId === selected)
  const virtual = useVirtualRows({ count: columns.length, scroller, rowHeight: () => ROW_HEIGHT })
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index)
  }, [virtual, index])
  const largest = columns.reduce((most, column) => Math.max(most, totalBytes(column)), 1)
  const whole = columns.reduce((sum, column) => sum + totalBytes(column), 0)

  const handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1)
    const column = columns[indexForKey(event.key, index, columns.length - 1, page) ?? -1]
    if (column === undefined) return
    event.preventDefault()
    onSelect(column.fieldId)
  }
  return (
    <div className={styles.table} role="grid" aria-label="Columns" aria-rowcount={columns.length + 1}>
      <div role="row" aria-rowindex={1} className={styles.header}>
        {HEADINGS.map(({ key, title, isNumber, help }) => (
          <span
            key={key}
            role="columnheader"
            aria-sort={sort.key !== key ? 'none' : sort.descending ? 'descending' : 'ascending'}
          >
            <button
              type="button"
              title={help}
              className={cx(styles.headerButton, isNumber && styles.rightwards)}
              onClick={() => onSort(key)}
            >
              {title}
              {sort.key === key && (sort.descending ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />)}
            </button>
          </span>
        ))}
      </div>
      <div
        ref={scroller}
        role="rowgroup"
        tabIndex={0}
        aria-activedescendant={index < 0 ? undefined : `column-row-${index}`}
        className={styles.scroller}
        onKeyDown={handleKey}
      >
        <div className={styles.canvas} style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map(({ index: at, start }) => {
            const column = columns[at]
            if (column === undefined) return null
            return (
              <ColumnLine
                key={column.fieldId}
                column={column}
                index={at}
                top={start}
                largest={largest}
                whole={whole}
                isSelected={at === index}
                onSelect={() => onSelect(column.fieldId)}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
