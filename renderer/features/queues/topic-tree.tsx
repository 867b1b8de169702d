import { Layers, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { openLocation } from '#renderer/features/workspace/index.ts'
import { cx } from '#renderer/ui/cx.ts'
import { formatCount } from '#shared/model/format.ts'
import type { QueueBucket, QueueTopic } from '#shared/model/queue.ts'
import styles from './queue.module.css'

export interface TopicTreeProps {
  readonly topics: readonly QueueTopic[]
  /** Path of the topic whose records are shown. */
  readonly chosen: string
  readonly onChoose: (path: string) => void
}

/** Topics with their buckets and counts. A topic shows its records, a bucket opens as a dataset. */
export function TopicTree({ topics, chosen, onChoose }: TopicTreeProps) {
  return (
    <nav aria-label="Topics" className={styles.tree}>
      {topics.map((topic) => (
        <section key={topic.path} aria-label={`Topic ${topic.name}`}>
          <button
            type="button"
            aria-current={topic.path === chosen}
            className={cx(styles.topic, topic.path === chosen && styles.chosen)}
            title={topic.path}
            onClick={() => onChoose(topic.path)}
          >
            <Layers aria-hidden />
            <span className={styles.name}>{topic.name}</span>
            <span className={styles.count}>{countOf(topic.buckets)}</span>
          </button>
          {topic.path === chosen && (
            <ul className={styles.buckets} aria-label={`Buckets of ${topic.name}`}>
              {topic.buckets.map((bucket) => (
                <Bucket key={bucket.number} {...bucket} />
              ))}
            </ul>
          )}
        </section>
      ))}
    </nav>
  )
}

type BucketProps = Pick<QueueBucket, 'name' | 'location' | 'rows' | 'version' | 'problem'>

/** A queue may have thousands, of which few have changed between two looks. */
const Bucket = memo(function Bucket({ name, location, rows, version, problem }: BucketProps) {
  return (
    <li>
      <button
        type="button"
        className={styles.bucket}
        title={problem ?? `${location}${version === null ? '' : ` · v${version}`}`}
        onClick={() => void openLocation(location)}
      >
        <span className={styles.name}>{name}</span>
        {problem === undefined ? (
          <span className={styles.count}>{rows === null ? '?' : formatCount(rows)}</span>
        ) : (
          <span className={styles.broken}>
            <TriangleAlert aria-hidden /> unreadable
          </span>
        )}
      </button>
    </li>
  )
})

/** Rows of all buckets; with one unreadable it is known only that there are at least so many. */
function countOf(buckets: readonly QueueBucket[]): string {
  const rows = buckets.reduce((sum, bucket) => sum + (bucket.rows ?? 0), 0)
  return `${buckets.some((bucket) => bucket.rows === null) ? '≥ ' : ''}${formatCount(rows)}`
}
