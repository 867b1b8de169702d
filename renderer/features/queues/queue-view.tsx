import { useState } from 'react'
import { baseName, queuePlace, type ViewProps } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { AppendRecords } from './append-records.tsx'
import styles from './queue.module.css'
import { TopicRecords } from './topic-records.tsx'
import { TopicTree } from './topic-tree.tsx'
import { useQueue } from './use-queue.ts'

/** The queue a bucket belongs to: its topics, and the records of one of them across buckets. */
export function QueueView({ tab, summary }: ViewProps) {
  const place = queuePlace(tab.location)
  if (place === null) return <EmptyState title="This dataset is no bucket of a queue" />
  return <Queue key={place.queue} place={place} schema={summary.schema} />
}

function Queue({
  place,
  schema,
}: {
  readonly place: { readonly topic: string; readonly queue: string }
  readonly schema: ViewProps['summary']['schema']
}) {
  const state = useQueue(place)
  const [chosen, setChosen] = useState(place.topic)
  if (state.kind === 'reading') return <LoadingState label="Looking at the queue" />
  if (state.kind === 'failed') {
    return <ErrorNotice title="The queue could not be read" error={state.error} onRetry={state.retry} />
  }
  const { topics, truncated } = state.queue
  const topic = topics.find(({ path }) => path === chosen) ?? topics[0]
  if (topic === undefined) return <EmptyState title="This queue has no topics any more" />
  return (
    <div className={styles.view}>
      <div className={styles.side}>
        <TopicTree topics={topics} chosen={topic.path} onChoose={setChosen} />
        {truncated && <p className={styles.note}>Only the first 10,000 buckets are shown.</p>}
      </div>
      <div className={styles.main}>
        <TopicRecords
          key={topic.path}
          topic={topic}
          schema={schema}
          isOwn={topic.path === place.topic}
          title={baseName(topic.path)}
        />
        <AppendRecords key={`append to ${topic.path}`} topic={topic} />
      </div>
    </div>
  )
}
