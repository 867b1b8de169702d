import { useState } from 'react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { type TabItem, Tabs } from '#renderer/ui/tabs.tsx'
import type { CompareSummary, RowChangeKind, RowTotals } from '#shared/model/compare.ts'
import { formatCount } from '#shared/model/format.ts'
import type { OpenCompare } from './compare-store.ts'
import { RowsPane } from './rows/rows-pane.tsx'
import { type RowRun, useRowRun } from './rows/run-store.ts'
import { SummaryPane } from './summary/summary-pane.tsx'

export interface CompareBodyProps {
  readonly tab: DatasetTab
  readonly sides: OpenCompare
  readonly summary: CompareSummary
}

const KINDS: readonly { readonly id: RowChangeKind; readonly title: string }[] = [
  { id: 'changed', title: 'Changed' },
  { id: 'added', title: 'Added' },
  { id: 'removed', title: 'Removed' },
]

/** The summary, and the rows once they were compared, as tabs. */
export function CompareBody({ tab, sides, summary }: CompareBodyProps) {
  const run = useRowRun(tab.dataset, sides)
  const [chosen, choose] = useState<string>(run === undefined ? 'summary' : 'rows')
  const items = tabItems(run)
  // `rows` stands for whichever kind of change there is once that is known, and a kind for `rows` when it is lost.
  const active = items.some(({ id }) => id === chosen) ? chosen : (firstKind(run) ?? 'rows')
  return (
    <Tabs label="Comparison" items={items} active={active} onChange={choose}>
      {active === 'summary' ? (
        <SummaryPane tab={tab} sides={sides} summary={summary} run={run} onRows={(kind) => choose(kind ?? 'rows')} />
      ) : (
        <RowsPane tab={tab} sides={sides} summary={summary} run={run} kind={kindOf(active)} />
      )}
    </Tabs>
  )
}

function tabItems(run: RowRun | undefined): readonly TabItem[] {
  const summary = { id: 'summary', title: 'Summary' }
  if (run?.kind !== 'done' || isSame(run.totals)) return [summary, { id: 'rows', title: 'Rows' }]
  const { totals } = run
  const kinds = KINDS.filter(({ id }) => id !== 'changed' || totals.identity.kind !== 'content')
  return [summary, ...kinds.map(({ id, title }) => ({ id, title, badge: formatCount(totals[id]) }))]
}

function firstKind(run: RowRun | undefined): RowChangeKind | undefined {
  if (run?.kind !== 'done') return undefined
  return KINDS.find(({ id }) => run.totals[id] > 0)?.id
}

function kindOf(active: string): RowChangeKind | null {
  return KINDS.find(({ id }) => id === active)?.id ?? null
}

function isSame({ added, removed, changed }: RowTotals): boolean {
  return added + removed + changed === 0
}
