import { useMemo, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import type { Ref } from '#shared/model/ref.ts'
import { backToLatest, getWorkspace, inspect, togglePanel, type ViewProps } from '#renderer/features/workspace/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { showToast } from '#renderer/ui/toasts.ts'
import { Searching } from '../results/searching.tsx'
import { ResultSource } from '../results/result-source.ts'
import { type AskedComparison, type Bench, judgmentsOf, withJudgments } from './bench.ts'
import { OverlapTable } from './overlap-table.tsx'
import { gradesOf, type Outcome, type RankedRow, sharedKeys, toRanking, withJudgment } from './ranking.ts'
import { Rankings, type ShownRanking } from './rankings.tsx'
import { isOnScreen } from './states.ts'
import { useComparison } from './use-comparison.ts'
import styles from './compare.module.css'

export interface ComparisonPaneProps extends ViewProps {
  readonly bench: Bench
  readonly asked: AskedComparison
  readonly onChange: (part: Partial<Bench>) => void
}

/** What every way found, and what was judged of it. */
export function ComparisonPane({ tab, at, summary, bench, asked, onChange }: ComparisonPaneProps) {
  const { dataset } = tab
  const { schema } = summary
  const { titleColumn, keyColumn, judged } = bench
  const columns = useMemo(
    () => [...new Set([titleColumn, keyColumn].filter((name) => schema.some((field) => field.name === name)))],
    [titleColumn, keyColumn, schema],
  )
  const compared = { dataset, at, schema, columns }
  const comparison = useComparison(compared, asked)
  const outcomes = comparison.data
  // The answer before is held while the next is awaited, to go back to.
  const [answered, setAnswered] = useState<AskedComparison | null>(null)
  if (outcomes !== undefined && answered !== asked) setAnswered(asked)
  const held = useComparison(compared, answered, false)
  const rankings = useMemo(
    () => outcomes?.map((outcome, index) => toShown(outcome, asked, index, at, bench)),
    // The rest of the bench does not change what is shown.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [outcomes, asked, at, titleColumn, keyColumn],
  )
  if (comparison.isFetching && rankings === undefined) {
    const cancel = (): void => {
      onChange({ asked: held.data === undefined ? null : answered })
      showToast({ title: 'Comparison cancelled' })
    }
    return <Searching onCancel={cancel} />
  }
  if (comparison.isError) {
    return (
      <ErrorNotice
        title="The comparison could not be run"
        error={toErrorValue(comparison.error)}
        onRetry={() => void comparison.refetch()}
        onLatest={() => backToLatest(dataset)}
      />
    )
  }
  if (rankings === undefined) return null
  const judgments = judgmentsOf(judged, asked.queryId)
  const metrics = [...new Set(rankings.flatMap(({ answeredBy }) => answeredBy?.metric ?? []))]
  const judge = (row: RankedRow, grade: 0 | 1): void => {
    const query = { id: asked.queryId, label: asked.label, question: asked.question }
    onChange({ judged: withJudgments(judged, query, withJudgment(judgments, row, keyColumn, grade)) })
  }
  const open = ({ rowId }: RankedRow): void => {
    if (!getWorkspace().panels.inspector) togglePanel('inspector')
    inspect(dataset, { kind: 'row', rowId, rowNumber: null })
  }
  return (
    <div className={styles.pane}>
      {keyColumn !== '' && rankings.some(({ rows }) => sharedKeys(rows) > 0) && (
        <p role="status" className={styles.warned}>
          Several of these rows have the same {keyColumn}: it does not tell rows apart, and they are judged as one.
        </p>
      )}
      {keyColumn === '' && !summary.stableRowIds && rankings.some(({ isElsewhere }) => isElsewhere) && (
        <p role="status" className={styles.warned}>
          Row ids of this dataset change when it is compacted, so rows of two versions may be mistaken for each other:
          tell them apart by a column.
        </p>
      )}
      {metrics.length > 1 && (
        <p role="status" className={styles.warned}>
          These answers measure by different metrics ({metrics.join(', ')}): their distances do not compare. Choose the
          metric in the settings of each.
        </p>
      )}
      <Rankings
        rankings={rankings}
        k={asked.k}
        grades={gradesOf(judgments, keyColumn)}
        onJudge={judge}
        onInspect={open}
      />
      <OverlapTable rankings={rankings} k={asked.k} />
    </div>
  )
}

function toShown(
  outcome: Outcome,
  { ways }: AskedComparison,
  index: number,
  at: Ref,
  { titleColumn, keyColumn }: Pick<Bench, 'titleColumn' | 'keyColumn'>,
): ShownRanking {
  const configuration = ways[index]?.configuration
  const name = configuration?.name.trim() ?? ''
  const isElsewhere = !isOnScreen(configuration?.at, at)
  if (outcome.kind === 'failed') return { name, isElsewhere, rows: [], error: outcome.error }
  const { result, timing, fields } = outcome
  // A column that is not in the state searched was not asked for.
  const known = (column: string): string => (fields.some((field) => field.name === column) ? column : '')
  return {
    name,
    isElsewhere,
    rows: toRanking(new ResultSource(result, fields), known(titleColumn), known(keyColumn)),
    answeredBy: result.answeredBy,
    timing,
    warnings: result.warnings.map(({ message }) => message),
  }
}
