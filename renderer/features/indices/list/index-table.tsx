import type { IndexEntry } from '#shared/model/index-entry.ts'
import { formatBytes, formatCount, formatExactBytes, formatShare } from '#shared/model/format.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import { ListTable } from '#renderer/ui/table/list-table.tsx'
import { TableHeader, type TableColumn } from '#renderer/ui/table/table-header.tsx'
import { TableRow, type RowPlace } from '#renderer/ui/table/table-row.tsx'
import styles from './index-table.module.css'

const COLUMNS: readonly TableColumn<string>[] = [
  { id: 'name', title: 'Index' },
  { id: 'type', title: 'Type' },
  { id: 'columns', title: 'Column' },
  { id: 'metric', title: 'Distance' },
  {
    id: 'covered',
    title: 'Rows covered',
    help: 'Live rows a search finds by the index; the others are searched one by one',
  },
  { id: 'segments', title: 'Segments', isNumber: true },
  { id: 'bytes', title: 'Size', isNumber: true },
  { id: 'created', title: 'Built' },
]

export interface IndexTableProps {
  readonly indices: readonly IndexEntry[]
  /** Live rows of the version. */
  readonly rows: number
  readonly chosen: string | undefined
  readonly onChoose: (name: string) => void
}

/** All indices; arrows move the choice. */
export function IndexTable({ indices, rows, chosen, onChoose }: IndexTableProps) {
  const active = indices.findIndex(({ name }) => name === chosen)
  return (
    <ListTable
      label="Indices"
      className={styles.table}
      header={<TableHeader columns={COLUMNS} />}
      rows={indices}
      rowHeight={28}
      keyOf={({ name }) => name}
      active={active}
      followed={active}
      onMove={(at) => {
        const index = indices[at]
        if (index !== undefined) onChoose(index.name)
      }}
    >
      {(index, place) => <IndexLine index={index} rows={rows} place={place} onChoose={() => onChoose(index.name)} />}
    </ListTable>
  )
}

interface IndexLineProps {
  readonly index: IndexEntry
  readonly rows: number
  readonly place: RowPlace
  readonly onChoose: () => void
}

function IndexLine({ index, rows, place, onChoose }: IndexLineProps) {
  const { name, type, columns, metric, segments, bytes, createdAt } = index
  return (
    <TableRow place={place} aria-selected={place.isActive} onClick={onChoose}>
      <span role="gridcell" title={name}>
        {name}
      </span>
      <span role="gridcell">{type}</span>
      <span role="gridcell" title={columns.join(', ')}>
        {columns.join(', ')}
      </span>
      <span role="gridcell">{metric ?? '–'}</span>
      <span role="gridcell" className={styles.coverage}>
        <Coverage index={index} rows={rows} />
      </span>
      <span role="gridcell" className={styles.figure}>
        {formatCount(segments.length)}
      </span>
      <span role="gridcell" className={styles.figure} title={formatExactBytes(bytes)}>
        {formatBytes(bytes)}
      </span>
      <span role="gridcell">{createdAt === undefined ? 'not recorded' : formatAbsoluteTime(createdAt)}</span>
    </TableRow>
  )
}

function Coverage({ index: { kind, indexedRows, unindexedRows }, rows }: Pick<IndexLineProps, 'index' | 'rows'>) {
  if (kind === 'system') return '–'
  if (indexedRows === null || unindexedRows === null) return 'not recorded'
  const share = rows === 0 ? 1 : indexedRows / rows
  return (
    <>
      <svg className={styles.bar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden>
        <rect className={styles.barOutside} width="100" height="8" />
        <rect className={styles.barInside} width={share * 100} height="8" />
      </svg>
      {unindexedRows === 0
        ? `all ${formatCount(indexedRows)}`
        : `${formatCount(indexedRows)} · ${formatShare(unindexedRows, rows)} outside`}
    </>
  )
}
