import { type DatasetTab, findTab, inspect, switchBranch, travelTo } from '#renderer/features/workspace/index.ts'
import type { CompareSummary, RowChangeKind } from '#shared/model/compare.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { OpenCompare } from '../compare-store.ts'
import type { RowRun } from '../rows/run-store.ts'
import { rowsOutlook } from '../rows/rows-outlook.ts'
import { SideFacts } from '../sides/side-facts.tsx'
import { DifferenceList } from './difference-list.tsx'
import { FragmentsSection } from './fragments-section.tsx'
import { RowsSection } from './rows-section.tsx'
import { Section } from './section.tsx'
import styles from './summary.module.css'
import { type Difference, entryDifferences, indexDifferences, schemaDifferences } from './wording.ts'

export interface SummaryPaneProps {
  readonly tab: DatasetTab
  readonly sides: OpenCompare
  readonly summary: CompareSummary
  readonly run: RowRun | undefined
  readonly onRows: (kind: RowChangeKind | null) => void
}

/** Everything the manifests tell of two states. */
export function SummaryPane({ sides, summary, run, onRows }: SummaryPaneProps) {
  const { from, to, indices } = summary
  return (
    <div className={styles.pane}>
      <div className={styles.content}>
        <SideFacts from={from} to={to} />
        <RowsSection outlook={rowsOutlook(summary)} run={run} onRows={onRows} />
        <Lines
          title="Schema"
          same={`the same ${formatNoun(to.columns, 'column')}`}
          rest={summary.areColumnsByName === true ? 'overwritten in between: columns are told by name' : ''}
          items={schemaDifferences(summary.schema)}
        />
        <Lines
          title="Indices"
          same={
            indices.unchanged === 0
              ? 'none on either side'
              : `the same ${formatNoun(indices.unchanged, 'index', 'indices')}`
          }
          rest={indices.unchanged === 0 ? '' : `${indices.unchanged} unchanged`}
          items={indexDifferences(indices)}
        />
        <FragmentsSection
          fragments={summary.fragments}
          onShow={(side, id) => showFragment(sides[side].dataset, summary[side], id)}
        />
        <Lines title="Configuration" same="the same" items={entryDifferences(summary.config)} />
        <Lines title="Table metadata" same="the same" items={entryDifferences(summary.tableMetadata)} />
        <Lines title="Schema metadata" same="the same" items={entryDifferences(summary.schemaMetadata)} />
      </div>
    </div>
  )
}

interface LinesProps {
  readonly title: string
  /** Said when nothing differs. */
  readonly same: string
  /** Said beside what differs. */
  readonly rest?: string
  readonly items: readonly Difference[]
}

function Lines({ title, same, rest = '', items }: LinesProps) {
  if (items.length === 0) return <Section title={title} result={same} />
  return (
    <Section title={title} result={rest}>
      <DifferenceList label={`Differences: ${title}`} items={items} />
    </Section>
  )
}

/** A fragment belongs to its version: the window goes there when it shows another one. */
function showFragment(dataset: string, { branch, version }: CompareSummary['from'], fragmentId: number): void {
  const show = (): void => {
    if (findTab(dataset)?.version !== version) travelTo(dataset, version)
    inspect(dataset, { kind: 'fragment', fragmentId })
  }
  if (findTab(dataset)?.branch === branch) show()
  else void switchBranch(dataset, branch).then(show)
}
