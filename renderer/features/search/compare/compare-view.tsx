import { GitCompareArrows, SearchX } from 'lucide-react'
import { useState } from 'react'
import type { ViewProps } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { textFields, vectorFields } from '../query/columns.ts'
import { type Mode, MODES } from '../query/draft.ts'
import { firstDraft } from '../query/first-draft.ts'
import { useDraft } from '../query/store.ts'
import { type Bench, newBench, toComparison } from './bench.ts'
import { setBench, useBench } from './bench-store.ts'
import { ComparisonPane } from './comparison-pane.tsx'
import { ConfigurationCards } from './configuration-cards.tsx'
import { QuestionForm } from './question-form.tsx'
import { firstKey, keyColumns, titleColumns } from './ranking.ts'
import { SetsBar } from './sets/sets-bar.tsx'
import styles from './compare.module.css'

/** One question asked in up to four ways side by side, and a person's judgment of the answers. */
export function CompareView(props: ViewProps) {
  const { tab, at, summary } = props
  const { dataset } = tab
  const { schema } = summary
  const [problem, setProblem] = useState<string | null>(null)
  const drafted = useDraft(dataset)
  const kept = useBench(dataset)
  const vectorColumns = vectorFields(schema).map(({ name }) => name)
  const modes = modesFor(vectorColumns.length > 0, textFields(schema).length > 0)
  if (modes.length === 0) {
    return (
      <EmptyState icon={<SearchX aria-hidden />} title="Nothing here can be searched">
        This version has no vector column and no text column, so there are no ways to search to compare.
      </EmptyState>
    )
  }
  const titles = titleColumns(schema)
  const keys = keyColumns(schema)
  const bench =
    kept ??
    newBench({
      question: drafted ?? firstDraft(dataset, modes[0] ?? 'text'),
      modes,
      keyColumn: summary.stableRowIds ? '' : (firstKey(schema) ?? ''),
      titleColumn: titles[0] ?? '',
    })
  const change = (part: Partial<Bench>): void => {
    setProblem(null)
    setBench(dataset, { ...bench, ...part })
  }
  const run = (): void => {
    const result = toComparison(bench)
    setProblem(result.ok ? null : result.problem)
    if (result.ok) setBench(dataset, { ...bench, asked: result.asked })
  }
  return (
    <div className={styles.view}>
      <QuestionForm
        bench={bench}
        modes={modes}
        titleColumns={titles}
        keyColumns={keys}
        problem={problem}
        onChange={change}
        onTakeQuery={drafted === undefined ? undefined : () => change({ question: drafted })}
        onRun={run}
      />
      <ConfigurationCards
        dataset={dataset}
        at={at}
        configurations={bench.configurations}
        question={bench.question}
        modes={modes}
        vectorColumns={vectorColumns}
        onChange={(configurations) => change({ configurations })}
      />
      <SetsBar {...props} bench={bench} onBench={(next) => setBench(dataset, next)} />
      {bench.asked === null ? (
        <EmptyState icon={<GitCompareArrows aria-hidden />} title="Put ways to search side by side">
          Every configuration answers the same question. Lines show which rows moved; thumbs say which are right, and
          nDCG, recall and reciprocal rank follow from them.
        </EmptyState>
      ) : (
        <ComparisonPane {...props} bench={bench} asked={bench.asked} onChange={change} />
      )}
    </div>
  )
}

function modesFor(hasVectors: boolean, hasTexts: boolean): readonly Mode[] {
  return MODES.filter((mode) => (mode === 'text' || hasVectors) && (mode === 'vector' || hasTexts))
}
