import type { FragmentEntry } from '#shared/model/fragment.ts'
import { ListTable } from '#renderer/ui/table/list-table.tsx'
import { SortHeader, type TableColumn } from '#renderer/ui/table/table-header.tsx'
import { FragmentLine } from './fragment-line.tsx'
import styles from './fragment-table.module.css'
import type { FragmentColumn, FragmentSort } from './sorting.ts'

const COLUMNS: readonly TableColumn<FragmentColumn>[] = [
  { id: 'id', title: 'Fragment', isNumber: true },
  { id: 'live', title: 'Live rows', isNumber: true },
  { id: 'deleted', title: 'Deleted' },
  { id: 'files', title: 'Data files', isNumber: true },
  { id: 'bytes', title: 'Bytes', isNumber: true },
  { id: 'format', title: 'File format' },
  { id: 'indices', title: 'Indices' },
]

export interface FragmentTableProps {
  /** Sorted. */
  readonly fragments: readonly FragmentEntry[]
  /** Indices the dataset has at this version. */
  readonly indexCount: number
  readonly sort: FragmentSort
  readonly onSort: (column: FragmentColumn) => void
  readonly selectedId: number | undefined
  readonly onSelect: (fragmentId: number) => void
}

/** All fragments, sortable; arrows move the selection. */
export function FragmentTable({ fragments, indexCount, sort, onSort, selectedId, onSelect }: FragmentTableProps) {
  const selected = selectedId === undefined ? -1 : fragments.findIndex((fragment) => fragment.id === selectedId)
  return (
    <ListTable
      label="Fragments"
      className={styles.table}
      header={<SortHeader columns={COLUMNS} sort={sort} onSort={onSort} />}
      rows={fragments}
      rowHeight={26}
      keyOf={({ id }) => id}
      active={selected}
      followed={selected}
      onMove={(index) => {
        const fragment = fragments[index]
        if (fragment !== undefined) onSelect(fragment.id)
      }}
    >
      {(fragment, place) => (
        <FragmentLine
          fragment={fragment}
          place={place}
          indexCount={indexCount}
          onSelect={() => onSelect(fragment.id)}
        />
      )}
    </ListTable>
  )
}
