import { ArrowDownToLine } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { gridColumnOf } from '#renderer/features/data/index.ts'
import { useApi, useStatus } from '#renderer/features/workspace/index.ts'
import { DataGrid, type GridColumn, type GridHandle } from '#renderer/grid/index.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { type ErrorValue, toErrorValue } from '#shared/errors.ts'
import { formatCompact, formatCount } from '#shared/model/format.ts'
import type { QueueTopic } from '#shared/model/queue.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { BUCKET_COLUMN, type QueueSource } from './queue-source.ts'
import styles from './queue.module.css'
import { useReadUpTo, useTopicLog } from './use-topic-log.ts'

export interface TopicRecordsProps {
  readonly topic: QueueTopic
  /** Of the dataset the view belongs to. */
  readonly schema: readonly SchemaField[]
  /** True when that dataset is of this topic, so that its schema is this topic's. */
  readonly isOwn: boolean
  readonly title: string
}

/** The records of a topic across its buckets, those nobody has seen yet marked. */
export function TopicRecords({ topic, schema, isOwn, title }: TopicRecordsProps) {
  const known = useTopicSchema(topic, isOwn ? schema : null)
  if (known === null) return <LoadingState label={`Reading the schema of ${title}`} />
  if ('code' in known) return <ErrorNotice title={`The records of ${title} cannot be shown`} error={known} />
  return <Records topic={topic} schema={known} title={title} />
}

function Records({ topic, schema, title }: Omit<TopicRecordsProps, 'isOwn'>) {
  const source = useTopicLog(topic.path, schema)
  if (source === null) return <LoadingState label={`Opening ${title}`} />
  return <RecordsGrid key={topic.path} source={source} topic={topic} schema={schema} title={title} />
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

function RecordsGrid({
  source,
  topic,
  schema,
  title,
}: Omit<TopicRecordsProps, 'isOwn'> & { readonly source: QueueSource }) {
  const grid = useRef<GridHandle>(null)
  const box = useRef<HTMLDivElement>(null)
  const [isFollowing, setFollowing] = useState(true)
  const readUpTo = useReadUpTo(topic.path, source)
  const rows = useRows(source)
  const columns = useMemo(
    () => [BUCKET, ...schema.map((field) => ({ ...gridColumnOf(field), sortable: false }))],
    [schema],
  )
  const { firstNew } = source.log
  useStatus(`${formatCount(rows)} records · ${formatCount(rows - firstNew)} new`)

  // Above the others: they look at the rows there are.
  useEffect(() => source.update(topic.buckets), [source, topic.buckets])
  // Opens where reading ended, then stays at the end while following.
  useEffect(() => {
    if (source.log.firstNew < source.log.rows) grid.current?.scrollToRow(Math.max(0, source.log.firstNew - 2))
  }, [source])
  useEffect(() => {
    if (isFollowing && rows > 0) grid.current?.scrollToRow(rows - 1)
  }, [isFollowing, rows])
  useEffect(() => {
    if (!isFollowing || box.current === null) return
    const observer = new ResizeObserver(() => {
      if (source.rowCount > 0) grid.current?.scrollToRow(source.rowCount - 1)
    })
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [isFollowing, source])
  useEffect(
    () =>
      source.subscribe(() => {
        const rowEnd = grid.current?.visibleRows().rowEnd
        if (rowEnd !== undefined) readUpTo(Math.min(rowEnd, source.rowCount))
      }),
    [source, readUpTo],
  )
  const leaveEnd = ({ row }: { readonly row: number }): void => {
    if (row < source.rowCount - 1) setFollowing(false)
  }
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.title}>{title}</span>
        <span className={styles.figure}>{formatCount(rows)} records</span>
        {firstNew < rows && (
          <span className={styles.figure}>{formatCount(rows - firstNew)} new since you last looked</span>
        )}
        <span className={styles.space} />
        {firstNew < rows && (
          <Button
            kind="ghost"
            onClick={() => {
              setFollowing(false)
              grid.current?.goTo(firstNew)
            }}
          >
            First new
          </Button>
        )}
        <Button
          aria-pressed={isFollowing}
          kind="ghost"
          className={cx(isFollowing && styles.following)}
          onClick={() => setFollowing(!isFollowing)}
        >
          <ArrowDownToLine aria-hidden /> Follow
        </Button>
      </div>
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
          onActiveChange={leaveEnd}
          corner={formatCompact(rows)}
          empty={<EmptyState title="No records yet">They appear here as they land.</EmptyState>}
        />
      </div>
    </>
  )
}

function useRows(source: QueueSource): number {
  const [, setRows] = useState(source.rowCount)
  useEffect(() => source.subscribe(() => setRows(source.rowCount)), [source])
  return source.rowCount
}

/** The schema of a topic: of the first of its buckets that reads. */
function useTopicSchema(
  topic: QueueTopic,
  own: readonly SchemaField[] | null,
): readonly SchemaField[] | ErrorValue | null {
  const api = useApi()
  const location = topic.buckets.find(({ rows }) => rows !== null)?.location
  const [read, setRead] = useState<readonly SchemaField[] | ErrorValue | null>(own)
  useEffect(() => {
    if (own !== null || location === undefined) return undefined
    let isOver = false
    const settle = (value: readonly SchemaField[] | ErrorValue): void => {
      if (!isOver) setRead(value)
    }
    api.call('datasets.open', { location }).then(
      ({ schema }) => settle(schema),
      (error: unknown) => settle(toErrorValue(error)),
    )
    return () => {
      isOver = true
    }
  }, [api, own, location])
  return own ?? read
}
