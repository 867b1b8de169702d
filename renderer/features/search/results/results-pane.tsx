import { TriangleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { SearchResult } from '#shared/model/search.ts'
import { backToLatest, type DatasetTab, useStatus } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { PlanPane } from '../plan/plan-pane.tsx'
import { CodeMenu } from '../snippet/code-menu.tsx'
import { wordsOf } from '../tokens/segments.ts'
import { TokensPane } from '../tokens/tokens-pane.tsx'
import { answeredParts, embeddedParts } from './answered.ts'
import { ResultGrid } from './result-grid.tsx'
import { ResultSource } from './result-source.ts'
import styles from './results.module.css'
import { type AskedSearch, useSearch } from './use-search.ts'

export interface ResultsPaneProps extends Omit<AskedSearch, 'dataset'> {
  readonly tab: DatasetTab
  readonly schema: readonly SchemaField[]
}

const PARTS = [
  { id: 'rows', label: 'Rows' },
  { id: 'plan', label: 'Plan' },
  { id: 'words', label: 'Words' },
] as const

/** What a search found, and how. */
export function ResultsPane({ tab, at, schema, query, turn }: ResultsPaneProps) {
  const asked = useMemo(() => ({ dataset: tab.dataset, at, query, turn }), [tab.dataset, at, query, turn])
  const search = useSearch(asked)
  const [part, setPart] = useState<(typeof PARTS)[number]['id']>('rows')
  const result = search.data
  const source = useMemo(() => (result === undefined ? null : new ResultSource(result, schema)), [result, schema])
  useStatus(result === undefined ? null : (answeredParts(result.hits.length, result.answeredBy)[0] ?? null))
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
  if (result === undefined || source === null) return <LoadingState label="Searching" />
  return (
    <div className={styles.pane}>
      <div className={styles.answered}>
        <span role="status" className={styles.sentence}>
          {[...answeredParts(result.hits.length, result.answeredBy), ...embeddedParts(result.embedded)].join(' · ')}
        </span>
        <Segmented
          label="Part of the answer"
          options={query.text === undefined ? PARTS.slice(0, 2) : PARTS}
          value={part}
          onChange={setPart}
        />
        <CodeMenu location={tab.location} at={at} query={result.asked} result={result} embedded={result.embedded} />
      </div>
      <Warnings result={result} />
      {part === 'plan' && <PlanPane asked={asked} />}
      {part === 'words' && query.text !== undefined && (
        <TokensPane
          tab={tab}
          at={at}
          schema={schema}
          initialText={wordsOf(query.text)}
          column={result.textColumns?.[0]}
        />
      )}
      {part === 'rows' && result.hits.length === 0 && <NothingFound query={query} />}
      {part === 'rows' && result.hits.length > 0 && (
        <ResultGrid tab={tab} schema={schema} result={result} source={source} />
      )}
    </div>
  )
}

function Warnings({ result }: { readonly result: SearchResult }) {
  if (result.warnings.length === 0) return null
  return (
    <ul className={styles.warnings} aria-label="Worth knowing">
      {result.warnings.map(({ code, message, hint, parameter, index, column }) => (
        <li key={`${code} ${parameter ?? ''} ${index ?? ''} ${column ?? ''}`}>
          <TriangleAlert aria-hidden />
          <span>
            {message} {hint !== undefined && <span className={styles.hint}>{hint}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
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
