import { Button } from '#renderer/ui/button.tsx'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import { formatCount, formatDuration, formatNoun, formatShare } from '#shared/model/format.ts'
import type { ChosenQuery } from '../rows/query-store.ts'
import type { ViewState } from '../rows/use-rows-view.ts'
import styles from './data-view.module.css'
import type { CopyProgress } from './use-copy.ts'

export interface ResultLineProps {
  readonly state: ViewState
  readonly query: ChosenQuery
  readonly allRows: number
  readonly copy: CopyProgress | null
  readonly onCancelView: () => void
  readonly onCancelCopy: () => void
  readonly onClearSort: () => void
}

/** One line under the filter: what is being computed, or what came of it. */
export function ResultLine({ state, query, allRows, copy, onCancelView, onCancelCopy, onClearSort }: ResultLineProps) {
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
