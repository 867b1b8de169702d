import { Columns3 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatNoun } from '#shared/model/format.ts'
import type { ColumnStorage } from '#shared/model/fragment-details.ts'
import { backToLatest, type DatasetTab } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { Treemap } from '#renderer/ui/treemap.tsx'
import { useColumnStorage } from '../details/use-fragment-details.ts'
import { ColumnFacts } from './column-facts.tsx'
import { type ColumnSort, nextColumnSort, sortColumns } from './column-sorting.ts'
import { ColumnTable } from './column-table.tsx'
import { describeTotals, fieldOfTile, toColumnNodes, toColumnTotals } from './column-text.ts'
import styles from './columns-view.module.css'

export interface ColumnsViewProps {
  readonly tab: DatasetTab
  readonly selectedFragment: number | undefined
  readonly onFragment: (fragmentId: number) => void
  /** Of all data files; null when a manifest does not say. */
  readonly fileBytes: number | null
}

/** What each column costs on disk over all fragments. */
export function ColumnsView({ tab, ...shared }: ColumnsViewProps) {
  const columns = useColumnStorage(tab)
  if (columns.isError) {
    return (
      <ErrorNotice
        title="The columns could not be read"
        error={toErrorValue(columns.error)}
        onRetry={() => void columns.refetch()}
        onLatest={() => backToLatest(tab.dataset)}
      />
    )
  }
  if (columns.data === undefined) return <LoadingState label="Reading the ends of all data files" />
  if (columns.data.length === 0) {
    return (
      <EmptyState icon={<Columns3 aria-hidden />} title="No columns on disk">
        Version {tab.version} of {tab.name} has no data files.
      </EmptyState>
    )
  }
  return <ColumnsFound columns={columns.data} {...shared} />
}

interface ColumnsFoundProps extends Omit<ColumnsViewProps, 'tab'> {
  readonly columns: readonly ColumnStorage[]
}

function ColumnsFound({ columns, selectedFragment, onFragment, fileBytes }: ColumnsFoundProps) {
  const [sort, setSort] = useState<ColumnSort>({ column: 'bytes', descending: true })
  const [chosen, setChosen] = useState<number | undefined>(undefined)
  const sorted = useMemo(() => sortColumns(columns, sort), [columns, sort])
  const nodes = useMemo(() => toColumnNodes(columns), [columns])
  const totals = useMemo(() => toColumnTotals(columns), [columns])
  const caption = describeTotals(totals, fileBytes)
  const column = columns.find(({ fieldId }) => fieldId === chosen)
  return (
    <div className={styles.view}>
      {totals.unreadableFiles > 0 && (
        <p className={styles.incomplete} role="alert">
          {formatNoun(totals.unreadableFiles, 'data file')} could not be read: the bytes of their columns are missing
          here. A fragment’s details say which and why.
        </p>
      )}
      {totals.bytes + totals.blobBytes === 0 ? (
        <p className={styles.constant}>{caption}. Constant values take no bytes of their own: the footers hold them.</p>
      ) : (
        <div className={styles.map}>
          <Treemap
            label="Bytes of columns"
            nodes={nodes}
            caption={caption}
            limit={MOST_TILES}
            describeRest={describeRest}
            selected={chosen === undefined ? undefined : String(chosen)}
            onSelect={(id) => setChosen(fieldOfTile(id))}
          />
        </div>
      )}
      <ColumnTable
        columns={sorted}
        sort={sort}
        onSort={(key) => setSort((before) => nextColumnSort(before, key))}
        selected={chosen}
        onSelect={setChosen}
      />
      {column !== undefined && (
        <ColumnFacts column={column} selectedFragment={selectedFragment} onFragment={onFragment} />
      )}
    </div>
  )
}

const MOST_TILES = 900

function describeRest(count: number, bytes: number): string {
  return `${formatNoun(count, 'smaller column')}, together ${formatBytes(bytes)}; the table has them one by one`
}
