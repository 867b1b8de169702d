import { CircleAlert } from 'lucide-react'
import { Button } from '#renderer/ui/button.tsx'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import { offerFor } from '#renderer/ui/error-offer.ts'
import type { ErrorValue } from '#shared/errors.ts'
import { formatCount, formatDuration, formatNoun, formatShare } from '#shared/model/format.ts'
import type { ChosenQuery } from '../rows/query-store.ts'
import type { RowsQuery } from '../rows/rows-source.ts'
import type { ViewState } from '../rows/use-rows-view.ts'
import styles from './data-view.module.css'
import type { CopyProgress } from './use-copy.ts'

export interface ResultLineProps {
  readonly state: ViewState
  readonly query: ChosenQuery
  readonly allRows: number
  /** Rows still on screen of an earlier query, and their number; null when there are none. */
  readonly kept: { readonly query: RowsQuery; readonly rows: number } | null
  readonly copy: CopyProgress | null
  readonly onCancelView: () => void
  readonly onCancelCopy: () => void
  /** Chooses the query of the rows on screen again. */
  readonly onBack: () => void
  readonly onRetry: () => void
  readonly onClearSort: () => void
}

/** One line under the filter: what is being computed, or what came of it. */
export function ResultLine(props: ResultLineProps) {
  const { state, query, allRows, kept, copy, onCancelView, onCancelCopy, onClearSort } = props
  if (copy !== null) {
    return (
      <span className={styles.working}>
        <ProgressBar label="Copying" value={copy.cellsDone / Math.max(1, copy.cells)} />
        Copying {formatCount(copy.cellsDone)} of {formatNoun(copy.cells, 'cell')}
        <Button kind="link" onClick={onCancelCopy}>
          Cancel
        </Button>
      </span>
    )
  }
  if (state.kind === 'preparing' && isComputed(query)) {
    return (
      <span className={styles.working}>
        <ProgressBar label={workName(query)} />
        {workName(query)}: {formatNoun(state.matched, 'row')} · {formatDuration(state.elapsedMs)}
        <Button kind="link" onClick={onCancelView}>
          Cancel
        </Button>
      </span>
    )
  }
  if (state.kind === 'failed') return kept === null ? null : <Failure {...props} kept={kept} error={state.error} />
  return (
    <>
      {state.kind === 'ready' && <span>{resultText(state.total, state.elapsedMs, query, allRows)}</span>}
      {query.sort.length > 0 && (
        <span className={styles.sort}>
          sorted by {query.sort.map((key) => `${key.columnId} ${key.descending ? '↓' : '↑'}`).join(', ')}
          <Button kind="link" onClick={onClearSort}>
            Clear sort
          </Button>
        </span>
      )}
    </>
  )
}

/** Why the query did not run, and which rows are on screen instead. */
function Failure({
  query,
  kept,
  error,
  onBack,
  onRetry,
}: Omit<ResultLineProps, 'kept'> & {
  readonly kept: NonNullable<ResultLineProps['kept']>
  readonly error: ErrorValue
}) {
  const what = query.filter === kept.query.filter ? 'Sorting failed' : 'The filter did not run'
  const reason = error.hint === undefined ? error.message : `${error.message} ${error.hint}`
  return (
    <span className={styles.failure} role="alert">
      <CircleAlert aria-hidden />
      <span className={styles.reason} title={reason}>
        {what}: {reason}
      </span>
      {offerFor(error.code) === 'retry' && (
        <Button kind="link" onClick={onRetry}>
          Try again
        </Button>
      )}
      <Button kind="link" onClick={onBack}>
        {isComputed(kept.query) ? 'Back to' : 'Show'} the {formatNoun(kept.rows, 'row')} below
      </Button>
    </span>
  )
}

/** Facts of a ready view, also for the status bar. */
export function resultText(total: number, elapsedMs: number | null, query: ChosenQuery, allRows: number): string {
  const time = elapsedMs === null ? '' : ` · ${formatDuration(elapsedMs)}`
  if (query.filter === '') return `${formatNoun(total, 'row')}${time}`
  return `${formatNoun(total, 'matching row')} of ${formatCount(allRows)} (${formatShare(total, allRows)})${time}`
}

export function isComputed(query: ChosenQuery): boolean {
  return query.filter !== '' || query.sort.length > 0
}

function workName({ filter, sort }: ChosenQuery): string {
  if (filter !== '' && sort.length > 0) return 'Filtering and sorting'
  return filter === '' ? 'Sorting' : 'Filtering'
}
