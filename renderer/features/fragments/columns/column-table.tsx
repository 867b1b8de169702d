import type { ColumnStorage } from '#shared/model/fragment-details.ts'
import { ListTable } from '#renderer/ui/table/list-table.tsx'
import { SortHeader, type TableColumn } from '#renderer/ui/table/table-header.tsx'
import { ColumnLine } from './column-line.tsx'
import { type ColumnKey, type ColumnSort, totalBytes } from './column-sorting.ts'
import styles from './column-table.module.css'

const COLUMNS: readonly TableColumn<ColumnKey>[] = [
  { id: 'column', title: 'Column' },
  { id: 'type', title: 'Type' },
  { id: 'bytes', title: 'Bytes', isNumber: true },
  { id: 'ratio', title: 'Ratio', isNumber: true, help: 'Bytes in Arrow for each byte on disk; ≈ when estimated' },
  { id: 'arrow', title: 'In Arrow', isNumber: true },
  { id: 'pages', title: 'Pages', isNumber: true },
  { id: 'files', title: 'Files', isNumber: true },
  { id: 'encodings', title: 'Encodings' },
]

export interface ColumnTableProps {
  /** Sorted. */
  readonly columns: readonly ColumnStorage[]
  readonly sort: ColumnSort
  readonly onSort: (column: ColumnKey) => void
  /** Field id. */
  readonly selected: number | undefined
  readonly onSelect: (fieldId: number) => void
}

/** All columns, sortable; arrows move the selection. */
export function ColumnTable({ columns, sort, onSort, selected, onSelect }: ColumnTableProps) {
  const active = selected === undefined ? -1 : columns.findIndex(({ fieldId }) => fieldId === selected)
  const largest = columns.reduce((most, column) => Math.max(most, totalBytes(column)), 1)
  const whole = columns.reduce((sum, column) => sum + totalBytes(column), 0)
  return (
    <ListTable
      label="Columns"
      className={styles.table}
      header={<SortHeader columns={COLUMNS} sort={sort} onSort={onSort} />}
      rows={columns}
      rowHeight={24}
      keyOf={({ fieldId }) => fieldId}
      active={active}
      followed={active}
      onMove={(index) => {
        const column = columns[index]
        if (column !== undefined) onSelect(column.fieldId)
      }}
    >
      {(column, place) => (
        <ColumnLine
          column={column}
          place={place}
          largest={largest}
          whole={whole}
          onSelect={() => onSelect(column.fieldId)}
        />
      )}
    </ListTable>
  )
}
