import { useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { LedgerEntry, UndoItem } from '#shared/model/ledger.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import { openCompare } from '#renderer/features/compare/index.ts'
import { closeUndo, takeBack, type UndoRequest } from '#renderer/features/history/index.ts'
import { useRefusal } from '#renderer/features/versions/index.ts'
import { type DatasetTab, useTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Caution } from '#renderer/ui/caution.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { useWork } from '#renderer/ui/use-work.ts'
import styles from './activity.module.css'
import { useUndoable } from './queries.ts'
import { refOfEntry } from './steps.ts'
import { lastWrite, makerText, versionsText } from './words.ts'

/** Asks before a write is undone or done again, and names what else would go. */
export function UndoDialog({ request }: { readonly request: UndoRequest }) {
  const tab = useTab(request.dataset)
  return tab === undefined ? null : <OfTab tab={tab} entry={request.entry} />
}

function OfTab({ tab, entry }: { readonly tab: DatasetTab; readonly entry: string | undefined }) {
  const reading = useUndoable(tab)
  if (reading.isError) {
    const retry = (): void => void reading.refetch()
    return (
      <Dialog isOpen onClose={closeUndo} title="Undo">
        <ErrorNotice title="What can be undone is not known" error={toErrorValue(reading.error)} onRetry={retry} />
      </Dialog>
    )
  }
  if (reading.data === undefined || reading.isPlaceholderData) {
    return (
      <Dialog isOpen onClose={closeUndo} title="Undo">
        <Spinner label="Looking what was committed since" />
      </Dialog>
    )
  }
  const items = reading.data
  const item = entry === undefined ? lastWrite(items, tab.branch) : items.find((one) => one.entry.id === entry)
  if (item !== undefined) return <OfItem tab={tab} item={item} />
  return (
    <Dialog isOpen onClose={closeUndo} title="Undo" actions={<Button onClick={closeUndo}>Close</Button>}>
      <p className={styles.text}>
        Tiltyard wrote no version to {tab.branch ?? 'main'} of {tab.name} that is not undone yet. Tags and branches are
        changed back where they are listed.
      </p>
    </Dialog>
  )
}

function OfItem({ tab, item }: { readonly tab: DatasetTab; readonly item: UndoItem }) {
  const { entry, kind, laterCount, newest, problem } = item
  const refusal = useRefusal(tab)
  // Agreed to what was in sight: another commit asks anew.
  const [agreedTo, setAgreedTo] = useState<number | null>(null)
  const { isWorking, error, run } = useWork()
  const isAgreed = laterCount === 0 || agreedTo === newest
  const target = kind === 'undo' ? entry.versionBefore : entry.versionAfter
  const start = (): void =>
    run(async () => {
      await takeBack(tab.dataset, item, laterCount > 0)
      closeUndo()
    })
  const verb = kind === 'undo' ? 'Undo' : 'Redo'
  const isReady = problem === undefined && refusal === undefined && isAgreed && !isWorking
  return (
    <Dialog
      isOpen
      onClose={closeUndo}
      title={`${verb}: ${entry.title}`}
      description={`Written ${formatAbsoluteTime(entry.at)}, ${versionsText(entry)}${entry.branch === undefined ? '' : ` of ${entry.branch}`}. The state ${kind === 'undo' ? 'before' : 'after'} it is committed as a new version; nothing is deleted.`}
      actions={
        <>
          <Button onClick={closeUndo}>Cancel</Button>
          <Button kind="primary" disabled={!isReady} onClick={start}>
            {isWorking ? 'Writing…' : verb}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {problem !== undefined && <ErrorNotice layout="line" error={problem} />}
        {problem === undefined && (
          <>
            {laterCount > 0 ? (
              <Later item={item} entry={entry} />
            ) : (
              <p className={styles.text}>Nothing else was committed since that would be taken back with it.</p>
            )}
            {target !== undefined && (
              <Button
                onClick={() => {
                  closeUndo()
                  openCompare(tab.dataset, refOfEntry(entry, target), refOfEntry(entry, newest))
                }}
              >
                Compare v{formatCount(target)} with v{formatCount(newest)}, the newest
              </Button>
            )}
          </>
        )}
        {problem === undefined && laterCount > 0 && (
          <label className={styles.agree}>
            <input
              type="checkbox"
              checked={isAgreed}
              onChange={(event) => setAgreedTo(event.target.checked ? newest : null)}
            />
            {verb} this and take back {laterCount === 1 ? 'that commit' : 'those commits'} too
          </label>
        )}
        {refusal !== undefined && <Caution>{refusal}</Caution>}
        {error !== null && <ErrorNotice layout="line" title="Nothing was written" error={error} />}
      </div>
    </Dialog>
  )
}

function Later({ item: { later, laterCount }, entry }: { readonly item: UndoItem; readonly entry: LedgerEntry }) {
  const isOpen = entry.versionAfter === undefined
  return (
    <div>
      <Caution>
        {isOpen
          ? `Tiltyard ended before “${entry.title}” did. Undoing goes back to before it and takes back what was committed since:`
          : `${formatNoun(laterCount, 'commit')} made since “${entry.title}” would be taken back with it:`}
      </Caution>
      <ul className={styles.later} aria-label="Commits made since">
        {later.map((commit) => (
          <li key={commit.version}>
            <b>v{formatCount(commit.version)}</b> {commit.sentence} · {formatAbsoluteTime(commit.timestamp)} ·{' '}
            {makerText(commit, entry)}
          </li>
        ))}
        {laterCount > later.length && <li>and {formatNoun(laterCount - later.length, 'more commit')}</li>}
      </ul>
    </div>
  )
}
