import { useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { formatCount } from '#shared/model/format.ts'
import type { QueueTopic } from '#shared/model/queue.ts'
import styles from './queue.module.css'
import { useAppender } from './use-appender.ts'

/** Appends records to a bucket of a topic: buffered, and committed when there are enough, in time, or when asked. */
export function AppendRecords({ topic }: { readonly topic: QueueTopic }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <section className={styles.append} aria-label="Append records">
      <button type="button" className={styles.disclosure} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        Append records
      </button>
      {isOpen && <Appender topic={topic} />}
    </section>
  )
}

function Appender({ topic }: { readonly topic: QueueTopic }) {
  const usable = topic.buckets.filter(({ rows }) => rows !== null)
  const [bucket, setBucket] = useState(usable[0]?.location ?? '')
  const [flushRows, setFlushRows] = useState('1000')
  const [text, setText] = useState('')
  const threshold = Number(flushRows)
  const isThreshold = /^\d{1,6}$/.test(flushRows) && threshold >= 1 && threshold <= 100_000
  const appender = useAppender(bucket, isThreshold ? threshold : 1000)
  const { counts, refused, error, isWorking } = appender
  const push = async (): Promise<void> => {
    const kept = await appender.push(text.split('\n'))
    setText(kept.join('\n'))
  }
  return (
    <div className={styles.form}>
      <div className={styles.fields}>
        <label>
          Bucket{' '}
          <select value={bucket} onChange={(event) => setBucket(event.target.value)} disabled={counts.buffered > 0}>
            {usable.map(({ name, location }) => (
              <option key={location} value={location}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.threshold}>
          Commit every{' '}
          <TextField
            label="Records per commit"
            value={flushRows}
            invalid={!isThreshold}
            disabled={appender.isOpen}
            onChange={(event) => setFlushRows(event.target.value)}
          />{' '}
          records
        </label>
        <span className={styles.space} />
        <dl className={styles.counts} aria-label="Appended so far">
          <Figure name="total" value={counts.total} />
          <Figure name="buffered" value={counts.buffered} />
          <Figure name="persisted" value={counts.persisted} />
          <Figure name="refused" value={counts.refused} />
        </dl>
      </div>
      <textarea
        className={styles.text}
        aria-label="Records, one JSON object a line"
        placeholder={'{"id": 1, "text": "one JSON object a line"}'}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {error !== null && <ErrorNotice layout="line" title="The records were not appended" error={error} />}
      {refused.length > 0 && (
        <ul className={styles.refused} aria-label="Records that do not fit">
          {refused.slice(0, 20).map(({ line, reason }) => (
            <li key={line}>{reason}</li>
          ))}
        </ul>
      )}
      <div className={styles.buttons}>
        <Button
          kind="primary"
          disabled={isWorking || text.trim() === '' || bucket === '' || !isThreshold}
          onClick={() => void push()}
        >
          Append
        </Button>
        <Button disabled={isWorking || counts.buffered === 0} onClick={() => void appender.flush()}>
          Commit now
        </Button>
        <span className={styles.note}>Records that do not fit the schema stay here, with the reason.</span>
      </div>
    </div>
  )
}

function Figure({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{formatCount(value)}</dd>
    </div>
  )
}
