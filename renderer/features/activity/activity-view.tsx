import { History } from 'lucide-react'
import { useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { LedgerEntry } from '#shared/model/ledger.ts'
import { askUndo } from '#renderer/features/history/index.ts'
import { useRefusal, WriteButton } from '#renderer/features/versions/index.ts'
import { type DatasetTab, SplitPane, type ViewProps } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { FilterField } from '#renderer/ui/filter-field.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import frame from '#renderer/ui/view.module.css'
import styles from './activity.module.css'
import { EntryDetails } from './entry-details.tsx'
import { EntryTable } from './entry-table.tsx'
import { useLedger, useUndoable } from './queries.ts'
import { exportEntries } from './steps.ts'
import { filterEntries } from './words.ts'

/** What Tiltyard wrote to a dataset, or tried to, and taking it back. */
export function ActivityView({ tab }: ViewProps) {
  const ledger = useLedger(tab)
  const undoable = useUndoable(tab)
  const [filter, setFilter] = useState('')
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  if (ledger.isError) {
    const retry = (): void => void ledger.refetch()
    return <ErrorNotice title="The ledger could not be read" error={toErrorValue(ledger.error)} onRetry={retry} />
  }
  if (ledger.data === undefined) return <LoadingState label="Reading the ledger" />
  const { entries, unreadableLines } = ledger.data
  if (entries.length === 0) {
    return (
      <EmptyState icon={<History aria-hidden />} title="Tiltyard has written nothing to this dataset">
        Whatever it writes is listed here: who, when, which versions, what came of it, and the way back. Commits of
        other programs are in Versions.
      </EmptyState>
    )
  }
  const shown = filterEntries(entries, filter)
  const entry = shown.find(({ id }) => id === chosen) ?? shown[0]
  return (
    <div className={frame.view}>
      <Bar tab={tab} entries={shown} all={entries.length} filter={filter} onFilter={setFilter} />
      {unreadableLines > 0 && (
        <p className={styles.unreadable} role="note">
          {formatNoun(unreadableLines, 'line')} of the ledger cannot be read: torn by a crash or damaged. The rest is
          complete.
        </p>
      )}
      {undoable.isError && (
        <ErrorNotice layout="line" title="What can be undone is not known" error={toErrorValue(undoable.error)} />
      )}
      <SplitPane
        id="activity"
        orientation="vertical"
        label="Height of details"
        first={<EntryTable entries={shown} chosen={entry?.id} onChoose={setChosen} />}
        second={
          entry === undefined ? null : (
            <EntryDetails
              key={entry.id}
              tab={tab}
              entry={entry}
              item={undoable.data?.find((one) => one.entry.id === entry.id)}
            />
          )
        }
        secondSize={45}
      />
    </div>
  )
}

interface BarProps {
  readonly tab: DatasetTab
  readonly entries: readonly LedgerEntry[]
  /** How many there are without the filter. */
  readonly all: number
  readonly filter: string
  readonly onFilter: (text: string) => void
}

function Bar({ tab, entries, all, filter, onFilter }: BarProps) {
  const refusal = useRefusal(tab)
  return (
    <div className={frame.bar}>
      <FilterField label="Filter activity" placeholder="Filter" value={filter} onChange={onFilter} />
      <span className={frame.about}>
        {entries.length === all ? formatNoun(all, 'write') : `${entries.length} of ${formatNoun(all, 'write')}`}
      </span>
      <Button kind="ghost" onClick={() => exportEntries(tab.name, entries)}>
        Export as JSON
      </Button>
      <WriteButton refusal={refusal} onClick={() => askUndo({ dataset: tab.dataset })}>
        Undo last write…
      </WriteButton>
    </div>
  )
}
