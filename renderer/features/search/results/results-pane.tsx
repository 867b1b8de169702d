import { TriangleAlert } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatRef } from '#shared/model/ref.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import type { SearchResult, SearchWarning } from '#shared/model/search.ts'
import { ColumnsPopover, type LayoutControl } from '#renderer/features/data/index.ts'
import { FoldInOffer } from '#renderer/features/indices/index.ts'
import { backToLatest, type DatasetTab, useStatus } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { showToast } from '#renderer/ui/toasts.ts'
import { useHits } from '../hits/use-hits.ts'
import { PlanPane } from '../plan/plan-pane.tsx'
import { goBack, keepShown, useShown } from '../query/store.ts'
import { CodeMenu } from '../snippet/code-menu.tsx'
import { wordsOf } from '../tokens/segments.ts'
import { TokensPane } from '../tokens/tokens-pane.tsx'
import { answeredParts, embeddedParts } from './answered.ts'
import { ReadsMeter } from './reads-meter.tsx'
import { ResultGrid } from './result-grid.tsx'
import { useWantedColumns } from './result-layout.ts'
import { ResultSource } from './result-source.ts'
import styles from './results.module.css'
import { Searching } from './searching.tsx'
import { type AskedSearch, useSearch } from './use-search.ts'

export interface ResultsPaneProps extends Omit<AskedSearch, 'dataset' | 'columns'> {
  readonly tab: DatasetTab
  readonly summary: DatasetSummary
  /** The columns shown, as a person chose them. */
  readonly columns: LayoutControl
}

const PARTS = [
  { id: 'rows', label: 'Rows' },
  { id: 'plan', label: 'Plan' },
  { id: 'words', label: 'Words' },
] as const

/** What a search found, and how. */
export function ResultsPane({ tab, at, summary, columns, query, turn }: ResultsPaneProps) {
  const { schema } = summary
  const wanted = useWantedColumns(columns.layout)
  const asked = useMemo(
    () => ({ dataset: tab.dataset, at, query, turn, columns: wanted ?? undefined }),
    [tab.dataset, at, query, turn, wanted],
  )
  const search = useSearch(asked, wanted !== null)
  const [part, setPart] = useState<(typeof PARTS)[number]['id']>('rows')
  const result = search.data
  const source = useMemo(() => (result === undefined ? null : new ResultSource(result, schema)), [result, schema])
  useStatus(result === undefined ? null : (answeredParts(result.hits.length, result.answeredBy)[0] ?? null))
  const [hitsError, retryHits] = useHits(asked, source)
  const cancel = useCancel(asked, result !== undefined)
  if (search.isFetching && result === undefined) return <Searching onCancel={cancel} />
  if (search.isError) {
    return (
      <div className={styles.notice}>
        <ErrorNotice
          title="The search could not be run"
          error={toErrorValue(search.error)}
          onRetry={() => void search.refetch()}
          onLatest={() => backToLatest(tab.dataset)}
        />
      </div>
    )
  }
  if (result === undefined || source === null) return null
  return (
    <div className={styles.pane}>
      <div className={styles.answered}>
        <div className={styles.sentence}>
          <span role="status">
            {[...answeredParts(result.hits.length, result.answeredBy), ...embeddedParts(result.embedded)].join(' · ')}
          </span>
          <ReadsMeter asked={asked} />
        </div>
        <Segmented
          label="Part of the answer"
          options={query.text === undefined ? PARTS.slice(0, 2) : PARTS}
          value={part}
          onChange={setPart}
        />
        {columns.layout !== null && (
          <ColumnsPopover schema={schema} layout={columns.layout} onChange={columns.change} onReset={columns.reset} />
        )}
        <CodeMenu location={tab.location} at={at} query={result.asked} result={result} embedded={result.embedded} />
      </div>
      <Warnings tab={tab} result={result} />
      {hitsError !== null && (
        <ErrorNotice layout="line" title="The words found could not be marked" error={hitsError} onRetry={retryHits} />
      )}
      {part === 'plan' && <PlanPane asked={asked} />}
      {part === 'words' && query.text !== undefined && (
        <TokensPane
          tab={tab}
          at={at}
          summary={summary}
          initialText={wordsOf(query.text)}
          column={result.textColumns?.[0]}
        />
      )}
      {part === 'rows' && result.hits.length === 0 && <NothingFound query={query} />}
      {part === 'rows' && result.hits.length > 0 && (
        <ResultGrid tab={tab} at={at} schema={schema} chosen={columns} result={result} source={source} />
      )}
    </div>
  )
}

/** Gives a search up at once, and goes back to the answer before it when there was one for this state. */
function useCancel(asked: AskedSearch, isAnswered: boolean): () => void {
  const { dataset, at, query, turn } = asked
  const place = formatRef(at)
  const shown = useShown(dataset)
  const before = shown?.place === place && shown.turn !== turn ? shown : undefined
  // Held while the next search runs, so that it need not be run again.
  const held = useSearch(before === undefined ? asked : { ...asked, query: before.query, turn: before.turn }, false)
  const back = held.data === undefined ? undefined : before
  useEffect(() => {
    if (isAnswered) keepShown(dataset, { query, turn, place })
  }, [dataset, isAnswered, place, query, turn])
  return useCallback(() => {
    goBack(dataset, back)
    showToast({
      title: 'Search cancelled',
      ...(back === undefined ? {} : { text: 'The answer before it is shown again.' }),
    })
  }, [dataset, back])
}

interface WarningsProps {
  readonly tab: DatasetTab
  readonly result: SearchResult
}

function Warnings({ tab, result }: WarningsProps) {
  if (result.warnings.length === 0) return null
  // Folding in is for all indices at once: offered once.
  const outside = result.warnings.find(({ code, index }) => OUTSIDE.has(code) && index !== undefined)
  return (
    <ul className={styles.warnings} aria-label="Worth knowing">
      {result.warnings.map((warning) => (
        <li key={keyOf(warning)}>
          <TriangleAlert aria-hidden />
          <span>
            {warning.message}{' '}
            {warning === outside ? (
              <FoldInOffer tab={tab} rows={warning.rows ?? result.answeredBy.unindexedRows} />
            ) : (
              warning.hint !== undefined && <span className={styles.hint}>{warning.hint}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Warnings about rows an index does not cover. */
const OUTSIDE: ReadonlySet<SearchWarning['code']> = new Set(['unindexed-rows', 'unindexed-rows-skipped'])

function keyOf({ code, parameter = '', index = '', column = '' }: SearchWarning): string {
  return `${code} ${parameter} ${index} ${column}`
}

function NothingFound({ query }: Pick<AskedSearch, 'query'>) {
  return (
    <EmptyState title="No rows found">
      {query.filter === undefined
        ? 'No row matches. Try other words, or a wider range of distances.'
        : 'No row that passes the filter matches. Try without the filter.'}
    </EmptyState>
  )
}
