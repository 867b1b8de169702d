import { ArrowLeft, ArrowLeftRight, Equal } from 'lucide-react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import { formatRef } from '#shared/model/ref.ts'
import { CompareBody } from './compare-body.tsx'
import { changeCompare, closeCompare, type OpenCompare, useOpenCompare } from './compare-store.ts'
import styles from './compare-view.module.css'
import { isSameState, stateLabel } from './sides/side-label.ts'
import { SidePicker } from './sides/side-picker.tsx'
import { useCompareSummary } from './use-summary.ts'

export interface CompareViewProps {
  readonly tab: DatasetTab
}

/** Two states side by side, and everything that differs between them. Shows nothing while the tab compares nothing. */
export function CompareView({ tab }: CompareViewProps) {
  const sides = useOpenCompare(tab.dataset)
  return sides === undefined ? null : <OpenView tab={tab} sides={sides} />
}

function OpenView({ tab, sides }: CompareViewProps & { readonly sides: OpenCompare }) {
  const { dataset } = tab
  const { from, to } = sides
  const withName = from.dataset !== to.dataset || from.dataset !== dataset
  return (
    <section className={styles.view} aria-label="Comparison">
      <header className={styles.bar}>
        <IconButton label="Back to the versions" onClick={() => closeCompare(dataset)}>
          <ArrowLeft aria-hidden />
        </IconButton>
        <span className={styles.word}>Compare</span>
        <SidePicker
          label="From"
          side={from}
          withName={withName}
          onChange={(side) => changeCompare(dataset, { from: side, to })}
        />
        <IconButton label="Swap the sides" onClick={() => changeCompare(dataset, { from: to, to: from })}>
          <ArrowLeftRight aria-hidden />
        </IconButton>
        <SidePicker
          label="To"
          side={to}
          withName={withName}
          onChange={(side) => changeCompare(dataset, { from, to: side })}
        />
      </header>
      <Compared tab={tab} sides={sides} />
    </section>
  )
}

function Compared({ tab, sides }: CompareViewProps & { readonly sides: OpenCompare }) {
  const summary = useCompareSummary(tab.dataset, sides)
  if (summary.isError) {
    return (
      <ErrorNotice
        title="The two states could not be compared"
        error={toErrorValue(summary.error)}
        onRetry={() => void summary.refetch()}
      />
    )
  }
  if (summary.data === undefined) return <LoadingState label="Comparing" />
  const { from, to } = summary.data
  if (isSameState(from, to)) {
    return (
      <EmptyState icon={<Equal aria-hidden />} title={`Both sides are ${stateLabel(from, true)}`}>
        There is nothing to compare. Choose another state above.
      </EmptyState>
    )
  }
  const key = [sides.from, sides.to].map(({ dataset, at }) => `${dataset} ${formatRef(at)}`).join(' ')
  return <CompareBody key={key} tab={tab} sides={sides} summary={summary.data} />
}
