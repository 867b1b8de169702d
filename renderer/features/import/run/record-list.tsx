import { toErrorValue } from '#shared/errors.ts'
import type { ImportRecord, ImportState } from '#shared/model/import/result.ts'
import { formatRelativeTime, formatAbsoluteTime } from '#shared/model/time.ts'
import { baseName, getApi, openLocation, queryClient, useNow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip, type ChipProps } from '#renderer/ui/chip.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { showToast } from '#renderer/ui/toasts.ts'
import { useRecords } from '../state/queries.ts'
import { resumeImport, showRecord } from '../state/runs.ts'
import { closeImport, importStore } from '../state/store.ts'
import { endingText, recordText, STATE_WORDS } from '../words.ts'
import styles from './run.module.css'

const TONES: Readonly<Record<ImportState, NonNullable<ChipProps['tone']>>> = {
  running: 'accent',
  paused: 'warn',
  unfinished: 'warn',
  failed: 'bad',
  cancelled: 'quiet',
  done: 'ok',
}
const MOST_SHOWN = 50

export interface RecordListProps {
  readonly title: string
  /** Only imports into this dataset; absent = all of this machine. */
  readonly location?: string
}

/** Imports of this machine, and going on with those that stopped. */
export function RecordList({ title, location }: RecordListProps) {
  const records = useRecords()
  const now = useNow()
  if (records.isError) {
    return (
      <ErrorNotice
        layout="line"
        title="The imports of this machine could not be listed"
        error={toErrorValue(records.error)}
        onRetry={() => void records.refetch()}
      />
    )
  }
  const shown = (records.data ?? []).filter(({ spec }) => location === undefined || spec.target.location === location)
  if (shown.length === 0) return null
  return (
    <section aria-label={title} className={styles.records}>
      <h3 className={styles.recordsTitle}>{title}</h3>
      <ul className={styles.recordList} aria-label={title}>
        {shown.slice(0, MOST_SHOWN).map((record) => (
          <RecordLine key={record.id} record={record} now={now} isOpen={location !== undefined} />
        ))}
      </ul>
    </section>
  )
}

interface RecordLineProps {
  readonly record: ImportRecord
  readonly now: number
  /** True where the list stands in the dataset itself. */
  readonly isOpen: boolean
}

function RecordLine({ record, now, isOpen }: RecordLineProps) {
  const { state, spec, startedAt, result, reason } = record
  const { location } = spec.target
  const canResume = state === 'paused' || state === 'unfinished' || state === 'failed'
  return (
    <li className={styles.record}>
      <Chip tone={TONES[state]}>{STATE_WORDS[state]}</Chip>
      <div className={styles.recordText}>
        <span title={location}>
          <b>{baseName(location).replace(/\.lance$/, '')}</b>{' '}
          <span className={styles.quiet}>
            {spec.rows.kind} · <span title={formatAbsoluteTime(startedAt)}>{formatRelativeTime(startedAt, now)}</span>
          </span>
        </span>
        <span className={styles.quiet}>
          {result === undefined ? recordText(record) : endingText(result)}
          {reason !== undefined && ` · ${reason}`}
        </span>
      </div>
      {canResume && <Button onClick={() => resumeImport(record)}>Resume</Button>}
      {state === 'running' ? (
        <ShowRun record={record} />
      ) : (
        <Button aria-label={`Details of the import into ${baseName(location)}`} onClick={() => showRecord(record)}>
          Details
        </Button>
      )}
      {state === 'done' && !isOpen && (
        <Button
          onClick={() => {
            closeImport()
            void openLocation(location)
          }}
        >
          Open
        </Button>
      )}
      {state !== 'running' && (
        <Button
          kind="ghost"
          title="Removes the journal and the log. Rows it wrote stay."
          aria-label={`Forget the import into ${baseName(location)}`}
          onClick={() => void forget(record.id)}
        >
          Forget
        </Button>
      )}
    </li>
  )
}

/** The run of this window that a journal belongs to, if it was started here. */
function ShowRun({ record }: { readonly record: ImportRecord }) {
  const run = Object.values(importStore.getState().runs).find(({ importId }) => importId === record.id)
  if (run === undefined) return null
  return (
    <Button onClick={() => importStore.setState({ isOpen: true, stage: { kind: 'run', run: run.key } })}>Show</Button>
  )
}

async function forget(id: string): Promise<void> {
  try {
    await getApi().call('import.forget', { import: id })
  } catch (error) {
    showToast({ kind: 'bad', title: 'The import could not be forgotten', text: toErrorValue(error).message })
  } finally {
    void queryClient.invalidateQueries({ queryKey: ['import.list'] })
  }
}
