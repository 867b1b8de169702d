import { type KeyboardEvent, useMemo } from 'react'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import { ListTable } from '#renderer/ui/table/list-table.tsx'
import { SortHeader, type TableColumn } from '#renderer/ui/table/table-header.tsx'
import { FragmentLine } from './fragment-line.tsx'
import styles from './fragment-table.module.css'
import type { Marks } from './marks/use-marks.ts'
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
  readonly marks: Marks
}

/** All fragments, sortable; arrows move the selection, Space marks. */
export function FragmentTable(props: FragmentTableProps) {
  const { fragments, indexCount, sort, onSort, selectedId, onSelect, marks } = props
  const selected = selectedId === undefined ? -1 : fragments.findIndex((fragment) => fragment.id === selectedId)
  const shown = useMemo(() => fragments.map(({ id }) => id), [fragments])
  const handleKey = ({ key, shiftKey }: KeyboardEvent): boolean => {
    const id = shown[selected]
    if (key !== ' ' || id === undefined) return false
    marks.toggle(id, shown, shiftKey)
    return true
  }
  return (
    <ListTable
      label="Fragments"
      hint="Fragments; Space marks, with Shift all from the last mark on"
      onKey={handleKey}
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
          isMarked={marks.ids.has(fragment.id)}
          onMark={(isStretched) => marks.toggle(fragment.id, shown, isStretched)}
        />
      )}
    </ListTable>
  )
}
