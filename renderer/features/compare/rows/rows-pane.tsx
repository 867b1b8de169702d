import { Equal, TimerReset } from 'lucide-react'
import { type DatasetTab, useApi } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { CompareSummary, RowChangeKind } from '#shared/model/compare.ts'
import type { OpenCompare } from '../compare-store.ts'
import { IdentityForm } from './identity-form.tsx'
import { ResultsPane } from './results-pane.tsx'
import { rowsOutlook } from './rows-outlook.ts'
import styles from './rows.module.css'
import { RunProgress } from './run-progress.tsx'
import { dropRun, repeatRun, type RowRun } from './run-store.ts'
import { costText, identityText, sameRowsText } from './wording.ts'

export interface RowsPaneProps {
  readonly tab: DatasetTab
  readonly sides: OpenCompare
  readonly summary: CompareSummary
  readonly run: RowRun | undefined
  /** Which rows are shown; null before there are any. */
  readonly kind: RowChangeKind | null
}

/** The rows of two states: how to tell them apart, the work, and what came of it. */
export function RowsPane({ tab, sides, summary, run, kind }: RowsPaneProps) {
  const api = useApi()
  const { dataset } = tab
  const outlook = rowsOutlook(summary)
  const repeat = (): void => repeatRun(api, dataset, sides)
  const chooseAgain = (
    <Button kind="link" onClick={() => dropRun(dataset)}>
      Tell rows apart another way
    </Button>
  )
  if (outlook.kind === 'same') {
    return (
      <EmptyState
        icon={<Equal aria-hidden />}
        title={outlook.isWholeRow ? 'The rows are the same' : 'The rows are the same in the columns both sides have'}
      >
        {outlook.isWholeRow
          ? 'Both states are made of the same fragments with the same deletions: no row had to be read.'
          : 'Every column both states have lies in the same files with the same deletions: no row had to be read.'}
      </EmptyState>
    )
  }
  if (run === undefined) return <IdentityForm tab={tab} sides={sides} summary={summary} outlook={outlook} />
  switch (run.kind) {
    case 'running':
      return <RunProgress run={run} onCancel={() => dropRun(dataset)} />
    case 'failed':
      return (
        <div className={styles.notice}>
          <ErrorNotice title="The rows could not be compared" error={run.error} onRetry={repeat} />
          {chooseAgain}
        </div>
      )
    case 'expired':
      return (
        <EmptyState
          icon={<TimerReset aria-hidden />}
          title="This result is no longer kept"
          actions={<Button onClick={repeat}>Compare again</Button>}
        >
          Only the newest comparisons are kept, and none survives a restart of the engine.
        </EmptyState>
      )
    case 'done':
      return kind === null ? (
        <EmptyState icon={<Equal aria-hidden />} title="The rows are the same" actions={chooseAgain}>
          {sameRowsText(run.totals)}, {identityText(run.totals.identity)} · {costText(run.totals)}
        </EmptyState>
      ) : (
        <ResultsPane
          key={`${run.comparison} ${kind}`}
          tab={tab}
          sides={sides}
          summary={summary}
          run={run}
          kind={kind}
        />
      )
  }
}
