import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useApi } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Caution } from '#renderer/ui/caution.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Kbd } from '#renderer/ui/kbd.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { QueueBucket, QueueTopic } from '#shared/model/queue.ts'
import { AppendCounts, MisfitList } from './append-result.tsx'
import { exampleRecord } from './example-record.ts'
import styles from './append.module.css'
import { useAppender } from './use-appender.ts'

const FLUSH_ROWS = 1000

export interface AppendRecordsProps {
  readonly topic: QueueTopic
  /** The bucket the tab is of: the one to append to unless another is chosen. */
  readonly own: string
}

/** Appends records to a bucket of a topic: buffered, and committed when there are enough, in time, or when asked. */
export function AppendRecords({ topic, own }: AppendRecordsProps) {
  const [isOpen, setOpen] = useState(false)
  const usable = topic.buckets.filter(({ rows }) => rows !== null)
  return (
    <section className={styles.append} aria-label="Append records">
      <button type="button" className={styles.disclosure} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />} Append records
      </button>
      {isOpen && usable.length > 0 && <Appender topic={topic} usable={usable} own={own} />}
      {isOpen && usable.length === 0 && (
        <div className={styles.form}>
          <Caution role="note">No bucket of this topic can be read, so nothing can be appended to it.</Caution>
        </div>
      )}
    </section>
  )
}

function Appender({ topic, usable, own }: AppendRecordsProps & { readonly usable: readonly QueueBucket[] }) {
  const [chosen, setChosen] = useState(own)
  const bucket = usable.find(({ location }) => location === chosen) ?? usable[0]
  const location = bucket?.location ?? ''
  const [flushRows, setFlushRows] = useState(String(FLUSH_ROWS))
  const [text, setText] = useState('')
  const box = useRef<HTMLTextAreaElement>(null)
  const threshold = Number(flushRows)
  const isThreshold = /^\d{1,6}$/.test(flushRows) && threshold >= 1 && threshold <= 100_000
  const appender = useAppender(location, isThreshold ? threshold : FLUSH_ROWS)
  const { counts, misfits, error, isWorking, isBuffering } = appender
  const isReadOnly = useIsReadOnly(location)
  const example = exampleRecord(topic.schemas[bucket?.schema ?? -1] ?? [])
  const canPush = !isWorking && text.trim() !== '' && isThreshold && !isReadOnly
  const push = async (): Promise<void> => {
    setText((await appender.push(text.split('\n'))).join('\n'))
    box.current?.focus()
  }
  const pushByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || (!event.ctrlKey && !event.metaKey)) return
    event.preventDefault()
    if (canPush) void push()
  }
  return (
    <div className={styles.form}>
      <div className={styles.fields}>
        <div className={styles.field}>
          <span className={styles.label}>Bucket</span>
          <select
            aria-label="Bucket"
            className={styles.choice}
            value={location}
            disabled={isBuffering}
            title={isBuffering ? 'Commit what is buffered to choose another' : undefined}
            onChange={(event) => setChosen(event.target.value)}
          >
            {usable.map(({ name, location: of }) => (
              <option key={of} value={of}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div className={styles.field}>
          <span className={styles.label}>Commit every</span>
          <span className={styles.inline}>
            <TextField
              label="Records per commit"
              className={styles.number}
              inputMode="numeric"
              value={flushRows}
              invalid={!isThreshold}
              disabled={isBuffering}
              onChange={(event) => setFlushRows(event.target.value)}
            />
            <span className={isThreshold ? styles.note : styles.wrong}>
              {isThreshold ? 'records, or after 5 seconds' : 'A number from 1 to 100,000'}
            </span>
          </span>
        </div>
      </div>
      {isReadOnly && <Caution role="note">This folder is read-only for Tiltyard, so nothing can be appended.</Caution>}
      <div className={styles.records}>
        <span className={styles.label}>
          Records
          <small>One JSON object a line</small>
        </span>
        <textarea
          ref={box}
          className={styles.text}
          aria-label="Records, one JSON object a line"
          aria-invalid={misfits.length > 0}
          placeholder={example}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={pushByKey}
        />
      </div>
      {error !== null && <ErrorNotice layout="line" title="Not all records were appended" error={error} />}
      <MisfitList misfits={misfits} />
      <div className={styles.buttons}>
        <Button kind="primary" disabled={!canPush} onClick={() => void push()}>
          Append <Kbd shortcut="Mod+Enter" />
        </Button>
        <Button disabled={isWorking || !isBuffering} onClick={() => void appender.flush()}>
          Commit now
        </Button>
        {text === '' && (
          <Button kind="link" onClick={() => (setText(example), box.current?.focus())}>
            Insert an example
          </Button>
        )}
        <AppendCounts counts={counts} />
      </div>
    </div>
  )
}

function useIsReadOnly(location: string): boolean {
  const api = useApi()
  const opened = useQuery({
    queryKey: ['queue-bucket', location],
    queryFn: ({ signal }) => api.call('datasets.open', { location }, { signal }),
    gcTime: 0,
  })
  return opened.data?.readOnly === true
}
