import { useEffect, useMemo, useRef, useState } from 'react'
import { announceRows, gridColumnOf, useCopy } from '#renderer/features/data/index.ts'
import { getWorkspace, onRecovered, togglePanel, useStatus } from '#renderer/features/workspace/index.ts'
import { DataGrid, type GridColumn, type GridHandle, type GridMenuRequest } from '#renderer/grid/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { formatCompact, formatCount, formatNoun } from '#shared/model/format.ts'
import type { QueueTopic } from '#shared/model/queue.ts'
import { BUCKET_COLUMN } from './log-page.ts'
import type { QueueSource } from './queue-source.ts'
import styles from './queue.module.css'
import { RecordMenu } from './record-menu.tsx'
import { CopyLine, RecordsBar } from './records-bar.tsx'
import { columnsOf } from './topic-columns.ts'
import { useEnd } from './use-end.ts'
import { useFollowRecord } from './use-follow-record.ts'
import { useReadUpTo, useTopicLog } from './use-topic-log.ts'

export interface TopicRecordsProps {
  /** The tab whose inspector shows what is chosen. */
  readonly dataset: string
  readonly topic: QueueTopic
  readonly title: string
}

/** The records of a topic across its buckets, those nobody has seen yet marked. */
export function TopicRecords({ dataset, topic, title }: TopicRecordsProps) {
  const source = useTopicLog(topic.path)
  if (topic.schemas.length === 0) {
    return (
      <EmptyState title={`No bucket of ${title} can be read`}>
        Its records appear here when one can. The buckets on the left say why they cannot.
      </EmptyState>
    )
  }
  if (source === null) return <LoadingState label={`Opening ${title}`} />
  return <RecordsGrid source={source} dataset={dataset} topic={topic} title={title} />
}

const BUCKET: GridColumn = {
  id: BUCKET_COLUMN,
  title: 'bucket',
  subtitle: 'queue',
  description: 'The bucket the record is in',
  align: 'end',
  defaultWidth: 72,
  sortable: false,
}

/** Which bucket a record is in stays in sight. */
const PINNED = { order: [], hidden: [], pinned: [BUCKET_COLUMN], widths: {} } as const

function RecordsGrid({ source, dataset, topic, title }: TopicRecordsProps & { readonly source: QueueSource }) {
  const grid = useRef<GridHandle>(null)
  const box = useRef<HTMLDivElement>(null)
  const [menu, setMenu] = useState<GridMenuRequest | null>(null)
  const rows = useRows(source)
  const columns = useColumns(topic)
  const fields = useMemo(() => columnsOf(topic).map(({ field }) => field), [topic])
  const copier = useCopy(source, fields)
  const fresh = rows - source.log.firstNew
  useStatus(`${formatNoun(rows, 'record')} · ${formatCount(fresh)} new`)

  // Above the others: they look at the rows there are.
  useEffect(() => source.update(topic), [source, topic])
  useReadUpTo(topic.path, source)
  useEffect(() => onRecovered(() => source.recover()), [source])
  const { isFollowing, setFollowing } = useEnd(source, rows, grid, box)
  const view = `records of ${topic.path}`
  useEffect(
    () => announceRows(view, { source, goTo: (row) => grid.current?.goTo(row), find: (row) => source.find(row) }),
    [source, view],
  )
  const follow = useFollowRecord(dataset, source, view)
  const inspect = (row: number, column: string): void => {
    if (!getWorkspace().panels.inspector) togglePanel('inspector')
    follow(row, column)
  }
  return (
    <>
      <RecordsBar
        title={title}
        rows={rows}
        fresh={fresh}
        isFollowing={isFollowing}
        onFollow={setFollowing}
        onFirstNew={() => {
          setFollowing(false)
          grid.current?.goTo(source.log.firstNew)
        }}
      />
      <CopyLine copier={copier} />
      <div
        ref={box}
        className={styles.grid}
        onWheel={(event) => {
          if (event.deltaY < 0) setFollowing(false)
        }}
      >
        <DataGrid
          ref={grid}
          label={`Records of ${title}`}
          columns={columns}
          source={source}
          layout={PINNED}
          onActiveChange={({ row }, column) => {
            if (row < source.rowCount - 1) setFollowing(false)
            follow(row, column)
          }}
          onOpen={({ row }, column) => inspect(row, column)}
          onContextMenu={setMenu}
          onCopy={(selection, columnIds) => copier.copy(selection, columnIds, 'tsv', false)}
          corner={formatCompact(rows)}
          empty={<EmptyState title="No records yet">They appear here as they land.</EmptyState>}
        />
      </div>
      {menu !== null && (
        <RecordMenu
          grid={grid}
          menu={menu}
          place={source.place(menu.position.row)}
          copier={copier}
          isVector={fields.some(({ name, kind }) => name === menu.columnId && kind === 'vector')}
          onInspect={inspect}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  )
}

/** The same array while the topic has the same columns: a look at the queue is no reason to lay out the grid anew. */
function useColumns(topic: QueueTopic): readonly GridColumn[] {
  const text = JSON.stringify(columnsOf(topic))
  return useMemo(
    () => [
      BUCKET,
      ...(JSON.parse(text) as ReturnType<typeof columnsOf>).map(({ field, types }) => ({
        ...gridColumnOf(field),
        sortable: false,
        subtitle: types.join(' / '),
      })),
    ],
    [text],
  )
}

function useRows(source: QueueSource): number {
  const [, setRows] = useState(source.rowCount)
  useEffect(() => source.subscribe(() => setRows(source.rowCount)), [source])
  return source.rowCount
}
