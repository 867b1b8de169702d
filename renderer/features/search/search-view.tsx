import { SearchX } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { requestEmbed, settleSimilar, SqlFilter, useLayout, useSimilarRequest } from '#renderer/features/data/index.ts'
import type { ViewProps } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { formatRef, type Ref } from '#shared/model/ref.ts'
import { compareVersions } from './compare/bench-store.ts'
import { CompareView } from './compare/compare-view.tsx'
import { OtherVersionButton } from './compare/version-picker.tsx'
import { HistoryMenu } from './history/history-menu.tsx'
import { useLog } from './history/use-log.ts'
import { textFields, vectorFields } from './query/columns.ts'
import { type Draft, type Mode, MODES, toQuery } from './query/draft.ts'
import { chooseEmbedder, type EmbedderChoice } from './query/embedder-choice.ts'
import { firstDraft } from './query/first-draft.ts'
import { SearchForm } from './query/search-form.tsx'
import { ask, changeDraft, findSimilar, useAsked, useDraft } from './query/store.ts'
import { useChoice } from './query/use-choice.ts'
import { RecallView } from './recall/recall-view.tsx'
import { ResultsPane } from './results/results-pane.tsx'
import { showSubView, SUB_VIEW_TITLES, SUB_VIEWS, useSubView } from './sub-views.ts'
import styles from './search-view.module.css'

const PARTS = SUB_VIEWS.map((id) => ({ id, label: SUB_VIEW_TITLES[id] }))

/** Searching one dataset at the version shown, and measuring how well its indices search. */
export function SearchView(props: ViewProps) {
  const subView = useSubView()
  useSimilar(props.tab.dataset)
  return (
    <div className={styles.view}>
      <div className={styles.parts}>
        <Segmented label="Part of the search view" options={PARTS} value={subView} onChange={showSubView} />
      </div>
      {/* Another dataset is another form. */}
      {subView === 'query' && <SearchOf key={props.tab.dataset} {...props} />}
      {subView === 'compare' && <CompareView key={props.tab.dataset} {...props} />}
      {subView === 'recall' && <RecallView key={props.tab.dataset} {...props} />}
    </div>
  )
}

function SearchOf({ tab, at, summary }: ViewProps) {
  const { dataset } = tab
  const { schema } = summary
  const modes = useMemo(() => modesFor(vectorFields(schema).length > 0, textFields(schema).length > 0), [schema])
  const kept = useDraft(dataset)
  const draft = kept ?? firstDraft(dataset, modes[0] ?? 'text')
  const asked = useAsked(dataset)
  const [problem, setProblem] = useState<string | null>(null)
  const log = useLog(dataset)
  const columns = useLayout(dataset, schema, 'search-columns')
  const choice = useChoice(tab, draft)
  if (modes.length === 0) {
    return (
      <EmptyState icon={<SearchX aria-hidden />} title="Nothing here can be searched">
        This version has no vector column and no text column. Filter its rows in the Data view.
      </EmptyState>
    )
  }
  const shown: Draft = modes.includes(draft.mode) ? draft : { ...draft, mode: modes[0] ?? 'text' }
  const change = (part: Partial<Draft>): void => {
    setProblem(null)
    changeDraft(dataset, { ...shown, ...part })
  }
  const run = (next: Draft): void => {
    const whole = withChoice(next, next === shown ? choice : chooseEmbedder(next, choice.embedders, choice.columns))
    const result = toQuery(whole)
    setProblem(result.ok ? null : result.problem)
    if (!result.ok) return
    log.remember(whole)
    ask(dataset, result.query)
  }
  const recall = (next: Draft): void => {
    changeDraft(dataset, next)
    run(next)
  }
  const onOtherVersion = (other: Ref): void => {
    const result = toQuery(shown)
    setProblem(result.ok ? null : result.problem)
    if (!result.ok) return
    compareVersions(dataset, { draft: shown, at, other, schema, stableRowIds: summary.stableRowIds })
    showSubView('compare')
  }
  return (
    <div className={styles.view}>
      <SearchForm
        tab={tab}
        isReadOnly={summary.readOnly}
        choice={choice}
        schema={schema}
        modes={modes}
        draft={shown}
        problem={problem}
        onChange={change}
        onSearch={() => run(shown)}
        filter={
          <SqlFilter
            dataset={dataset}
            at={at}
            schema={schema}
            text={shown.filter}
            onChange={(filter) => change({ filter })}
            onSubmit={(filter) => recall({ ...shown, filter })}
          />
        }
      >
        <HistoryMenu log={log} draft={shown} onRecall={recall} />
        <OtherVersionButton dataset={dataset} onScreen={at} onChoose={onOtherVersion} />
      </SearchForm>
      {asked === undefined ? (
        <EmptyState
          title="Search this version"
          actions={
            modes.includes('vector') ? undefined : (
              <Button onClick={() => requestEmbed({ kind: 'embed', dataset })}>Embed a text column…</Button>
            )
          }
        >
          {modes.includes('vector')
            ? 'Start from a row to find those most like it, paste a vector, or type a text to make one of. '
            : 'Type words to look for. '}
          Each answer says which index found it, and what was searched without one.
        </EmptyState>
      ) : (
        <ResultsPane
          key={`${asked.turn} ${formatRef(at)}`}
          tab={tab}
          at={at}
          summary={summary}
          columns={columns}
          query={asked.query}
          turn={asked.turn}
        />
      )}
    </div>
  )
}

/** Answers wishes for similar rows that came from another view. */
function useSimilar(dataset: string): void {
  const request = useSimilarRequest(dataset)
  useEffect(() => {
    if (request === undefined) return
    settleSimilar(dataset)
    findSimilar(dataset, request.rowId, request.column)
  }, [dataset, request])
}

/** The form with the embedder and the column it has come to mean, so that it means the same later. */
function withChoice(draft: Draft, { embedder, column }: EmbedderChoice): Draft {
  if (draft.source !== 'text' || draft.mode === 'text') return draft
  return { ...draft, embedder: draft.embedder || (embedder?.id ?? ''), column: draft.column || (column?.column ?? '') }
}

function modesFor(hasVectors: boolean, hasTexts: boolean): readonly Mode[] {
  return MODES.filter((mode) => (mode === 'text' || hasVectors) && (mode === 'vector' || hasTexts))
}
