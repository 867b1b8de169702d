import { formatCount } from '#shared/model/format.ts'
import type { LedgerEntry, UndoItem } from '#shared/model/ledger.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import { openCompare } from '#renderer/features/compare/index.ts'
import { askUndo } from '#renderer/features/history/index.ts'
import { useRefusal, WriteButton } from '#renderer/features/versions/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Caution } from '#renderer/ui/caution.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import styles from './activity.module.css'
import { goTo, refOfEntry } from './steps.ts'
import { outcomeText, unfinishedText, whoText } from './words.ts'

export interface EntryDetailsProps {
  readonly tab: DatasetTab
  readonly entry: LedgerEntry
  /** What undoing it means now; absent for writes without a version. */
  readonly item: UndoItem | undefined
}

/** One write: its versions, what was foretold and what came of it, and the way back. */
export function EntryDetails({ tab, entry, item }: EntryDetailsProps) {
  const { title, at, endedAt, operation, versionBefore, versionAfter, error, outcome } = entry
  const refusal = useRefusal(tab)
  const { dataset } = tab
  return (
    <section className={styles.details} aria-label={`Write: ${title}`}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {versionBefore !== undefined && versionAfter !== undefined && versionAfter > versionBefore && (
          <Button
            kind="ghost"
            onClick={() => openCompare(dataset, refOfEntry(entry, versionBefore), refOfEntry(entry, versionAfter))}
          >
            Compare before and after
          </Button>
        )}
        {item !== undefined && (
          <WriteButton refusal={refusal ?? item.problem?.message} onClick={() => askUndo({ dataset, entry: entry.id })}>
            {item.kind === 'undo' ? 'Undo…' : 'Redo…'}
          </WriteButton>
        )}
      </header>
      <p className={styles.text}>
        {operation} by {whoText(entry)}, {formatAbsoluteTime(at)}
        {endedAt === undefined ? '' : ` to ${formatAbsoluteTime(endedAt)}`} · {outcomeText(entry)}
      </p>
      <p className={styles.links}>
        <VersionLink dataset={dataset} entry={entry} label="Before" version={versionBefore} />
        <VersionLink dataset={dataset} entry={entry} label="After" version={versionAfter} />
      </p>
      {outcome === 'unfinished' && <Caution role="note">{unfinishedText(entry, item)}</Caution>}
      {error !== undefined && <ErrorNotice layout="line" error={error} />}
      <div className={styles.values}>
        <Value label="Forecast" value={entry.forecast} />
        <Value label="Result" value={entry.result} />
      </div>
    </section>
  )
}

interface VersionLinkProps {
  readonly dataset: string
  readonly entry: LedgerEntry
  readonly label: string
  readonly version: number | undefined
}

function VersionLink({ dataset, entry, label, version }: VersionLinkProps) {
  if (version === undefined) return null
  return (
    <span>
      {label}:{' '}
      <Button kind="link" onClick={() => void goTo(dataset, entry, version)}>
        version {formatCount(version)}
      </Button>
    </span>
  )
}

function Value({ label, value }: { readonly label: string; readonly value: unknown }) {
  if (value === undefined) return null
  return (
    <div className={styles.value}>
      <h3 className={styles.heading}>{label}</h3>
      <pre className={styles.json}>{JSON.stringify(value, null, 2)}</pre>
    </div>
  )
}
