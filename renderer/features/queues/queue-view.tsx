import { useState } from 'react'
import { baseName, type DatasetTab, queuePlace, type ViewProps } from '#renderer/features/workspace/index.ts'
import { Caution } from '#renderer/ui/caution.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import type { QueueTopic } from '#shared/model/queue.ts'
import { AppendRecords } from './append-records.tsx'
import styles from './queue.module.css'
import { differencesOf } from './topic-columns.ts'
import { TopicRecords } from './topic-records.tsx'
import { TopicTree } from './topic-tree.tsx'
import { useQueue } from './use-queue.ts'

/** The queue a bucket belongs to: its topics, and the records of one of them across buckets. */
export function QueueView({ tab }: ViewProps) {
  const place = queuePlace(tab.location)
  if (place === null) return <EmptyState title="This dataset is no bucket of a queue" />
  return <Queue key={place.queue} place={place} tab={tab} />
}

interface QueueProps {
  readonly place: { readonly topic: string; readonly queue: string }
  readonly tab: DatasetTab
}

function Queue({ place, tab }: QueueProps) {
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
        <Notices tab={tab} topic={topic} />
        <TopicRecords key={topic.path} dataset={tab.dataset} topic={topic} title={baseName(topic.path)} />
        <AppendRecords key={`append to ${topic.path}`} topic={topic} own={tab.location} />
      </div>
    </div>
  )
}

/** What is not as one would take it to be. */
function Notices({ tab, topic }: { readonly tab: DatasetTab; readonly topic: QueueTopic }) {
  const differences = differencesOf(topic)
  const isElsewhere = tab.timeTravel || tab.branch !== undefined
  if (differences.length === 0 && !isElsewhere) return null
  return (
    <div className={styles.notices}>
      {isElsewhere && (
        <Caution role="note">
          A queue is always shown as it is now, on main. The other views show{' '}
          {tab.branch === undefined ? `version ${tab.version}` : `branch ${tab.branch}, version ${tab.version}`}.
        </Caution>
      )}
      {differences.length > 0 && (
        <Caution role="note">
          Not all buckets have the same columns. {differences.slice(0, 3).join(' ')}
          {differences.length > 3 && ` ${differences.length - 3} more kinds of columns.`}
        </Caution>
      )}
    </div>
  )
}
