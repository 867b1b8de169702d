import { useState } from 'react'
import { useNow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip, type ChipProps } from '#renderer/ui/chip.tsx'
import { cx } from '#renderer/ui/cx.ts'
import type { BlameEvent } from '#shared/model/compare.ts'
import { formatAbsoluteTime, formatRelativeTime } from '#shared/model/time.ts'
import type { RowHistoryProps } from './row-history.tsx'
import styles from './row-history.module.css'
import { showEvent } from './show-event.ts'
import { EVENT_WORDS, eventNote } from './wording.ts'

const TONES: Readonly<Record<BlameEvent['kind'], NonNullable<ChipProps['tone']>>> = {
  inserted: 'ok',
  changed: 'warn',
  moved: 'quiet',
  'columns-added': 'accent',
  restored: 'accent',
}

export interface EventListProps extends RowHistoryProps {
  readonly events: readonly BlameEvent[]
}

/** What happened to a row, newest first; choosing an event shows the row as that version left it. */
export function EventList({ tab, target, events }: EventListProps) {
  const now = useNow()
  return (
    <ol className={styles.events} aria-label="What happened to this row">
      {events.map((event) => {
        const { version, branch, timestamp, kind, sentence, cells } = event
        const isShown = tab.version === version && tab.branch === branch
        const note = eventNote(event)
        return (
          <li key={`${branch ?? ''} ${version} ${kind}`} className={cx(styles.event, isShown && styles.current)}>
            <button
              type="button"
              className={styles.when}
              aria-current={isShown}
              title={`Show the row in version ${version}`}
              onClick={() => void showEvent(tab.dataset, event, target)}
            >
              <b>
                {branch !== undefined && `${branch} `}v{version}
              </b>
              <Chip tone={TONES[kind]}>{EVENT_WORDS[kind]}</Chip>
              <time dateTime={timestamp} title={formatAbsoluteTime(timestamp)}>
                {formatRelativeTime(timestamp, now)}
              </time>
            </button>
            <p className={styles.sentence}>{sentence}</p>
            {note !== undefined && <p className={styles.note}>{note}</p>}
            {cells.length > 0 && <Cells event={event} />}
          </li>
        )
      })}
    </ol>
  )
}

/** Values a row was born with are shown below as well; those that changed are not, so more of them are shown at once. */
const FIRST_VALUES = 3
const CHANGED_VALUES = 50

function Cells({ event: { kind, cells } }: { readonly event: BlameEvent }) {
  const hadValues = kind !== 'inserted' && kind !== 'columns-added'
  const [isOpen, setOpen] = useState(false)
  const most = hadValues ? CHANGED_VALUES : FIRST_VALUES
  // A line that says `1 more` would take the room of the one.
  const limit = isOpen || cells.length <= most + 1 ? cells.length : most
  return (
    <ul className={styles.cells}>
      {cells.slice(0, limit).map(({ column, before, after }) => (
        <li key={column}>
          <span className={styles.column}>{column}</span>
          {hadValues && <Value text={before} className={styles.before} />}
          {hadValues && (
            <span className={styles.arrow} role="img" aria-label="became">
              →
            </span>
          )}
          <Value text={after} className={styles.after} />
        </li>
      ))}
      {cells.length > limit && (
        <li>
          <Button kind="link" onClick={() => setOpen(true)}>
            {cells.length - limit} more
          </Button>
        </li>
      )}
    </ul>
  )
}

function Value({ text, className }: { readonly text: string | null; readonly className: string | undefined }) {
  return <span className={cx(className, text === null && styles.null)}>{text ?? 'NULL'}</span>
}
