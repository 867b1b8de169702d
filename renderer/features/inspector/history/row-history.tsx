import { X } from 'lucide-react'
import { useState } from 'react'
import { type DatasetTab, getWorkspace, inspect, type RowHistoryTarget } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import type { Blame } from '#shared/model/compare.ts'
import { EventList } from './event-list.tsx'
import { KeyForm } from './key-form.tsx'
import styles from './row-history.module.css'
import { chooseFollow, useFollow } from './follow-store.ts'
import { useBlame, useRowSummary } from './use-blame.ts'
import { effortText, noEventsText } from './wording.ts'

export interface RowHistoryProps {
  readonly tab: Pick<DatasetTab, 'dataset' | 'branch' | 'version'>
  readonly target: RowHistoryTarget
}

/** The versions that made a row what it is, newest first. Mount it anew for another row or column. */
export function RowHistory({ tab, target }: RowHistoryProps) {
  const { row, column } = target
  const summary = useRowSummary(row)
  const chosen = useFollow(row.dataset)
  const [isAsking, setAsking] = useState(false)
  // Rows that keep their ids need no key to be recognised.
  const follow = chosen ?? (summary.data?.stableRowIds === true ? { key: null } : null)
  const blame = useBlame(target, follow)
  const isKeyForm = isAsking || (summary.data !== undefined && follow === null)
  return (
    <section className={styles.history} aria-label="Row history">
      <header className={styles.header}>
        <h3>{column === undefined ? 'History' : `Who changed “${column}”?`}</h3>
        {column !== undefined && (
          <Button kind="link" onClick={() => show(tab.dataset, { row })}>
            Whole row
          </Button>
        )}
        <span className={styles.grow} />
        <IconButton label="Close the history" onClick={() => show(tab.dataset, null)}>
          <X aria-hidden />
        </IconButton>
      </header>
      <div className={styles.body}>
        {summary.isError && (
          <ErrorNotice layout="line" error={toErrorValue(summary.error)} onRetry={() => void summary.refetch()} />
        )}
        {isKeyForm && (
          <KeyForm
            row={row}
            onChoose={(key) => {
              chooseFollow(row.dataset, { key })
              setAsking(false)
            }}
          />
        )}
        {!isKeyForm && follow !== null && (
          <Followed tab={tab} target={target} blame={blame} onKey={() => setAsking(true)} />
        )}
      </div>
    </section>
  )
}

interface FollowedProps extends RowHistoryProps {
  readonly blame: ReturnType<typeof useBlame>
  readonly onKey: () => void
}

function Followed({ tab, target, blame, onKey }: FollowedProps) {
  if (blame.isFetching) {
    return (
      <div className={styles.working}>
        <Spinner label="Looking through the versions" />
        <Button kind="link" onClick={() => blame.cancel()}>
          Cancel
        </Button>
      </div>
    )
  }
  if (blame.isError) {
    return (
      <>
        <ErrorNotice
          layout="line"
          title="The history could not be read"
          error={toErrorValue(blame.error)}
          onRetry={() => void blame.refetch()}
        />
        <Button kind="link" onClick={onKey}>
          Follow by a key
        </Button>
      </>
    )
  }
  if (blame.data === undefined) {
    return (
      <div className={styles.working}>
        Cancelled.
        <Button kind="link" onClick={() => void blame.refetch()}>
          Start again
        </Button>
      </div>
    )
  }
  return <Events tab={tab} target={target} blame={blame.data} onKey={onKey} />
}

function Events({
  tab,
  target,
  blame,
  onKey,
}: RowHistoryProps & { readonly blame: Blame; readonly onKey: () => void }) {
  return (
    <>
      {blame.events.length === 0 ? (
        <p className={styles.none}>{noEventsText(target.column)}</p>
      ) : (
        <EventList tab={tab} target={target} events={blame.events} />
      )}
      {!blame.isComplete && (
        <p className={styles.problem} role="note">
          {blame.problem ?? 'The row could not be followed to its insertion.'}
        </p>
      )}
      <p className={styles.effort}>
        {effortText(blame)}
        {(!blame.isComplete || blame.identity.kind === 'key') && (
          <Button kind="link" onClick={onKey}>
            {blame.identity.kind === 'key' ? 'Another key' : 'Follow by a key'}
          </Button>
        )}
      </p>
    </>
  )
}

/** Shows another history of the row in the inspector, or none. */
function show(dataset: string, history: RowHistoryTarget | null): void {
  const target = getWorkspace().inspected[dataset]
  if (target?.kind !== 'row') return
  const { history: _former, ...rest } = target
  inspect(dataset, history === null ? rest : { ...rest, history })
}
