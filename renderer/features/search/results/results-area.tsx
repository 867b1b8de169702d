import { FilterX, ScanSearch } from 'lucide-react'
import { useMemo, useState } from 'react'
import { COLUMNS_READ, ResultGrid } from './result-grid.tsx'
import { visibleColumns } from '#renderer/features/data/index.ts'
import { backToLatest, refOf, SplitPane } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { formatCount } from '#shared/model/format.ts'
import { formatRef } from '#shared/model/ref.ts'
import type { SearchState, SentSearch } from '../query/query-store.ts'
import styles from '../query/query.module.css'
import { AnsweredLine } from './answered-line.tsx'
import type { ResultsAreaProps } from './area-props.ts'
import { EmptySearch } from './empty-search.tsx'
import { LowerPane } from './lower-pane.tsx'
import { ResultSource } from './result-source.ts'

/** What came of the search: rows, or why there are none. */
export function ResultsArea(props: ResultsAreaProps) {
  const { tab, search } = props
  const { answer, failure, running } = search.state
  if (failure !== null) {
    return (
      <div className={styles.notice}>
        <ErrorNotice
          error={failure.error}
          title="The search could not be run"
          onRetry={() => search.run(failure.sent)}
          onLatest={() => backToLatest(tab.dataset)}
        />
      </div>
    )
  }
  if (answer !== null) return <Answer {...props} answer={answer} isStale={running !== null} />
  return running === null ? <EmptySearch {...props} /> : <LoadingState label="Searching" />
}

interface AnswerProps extends ResultsAreaProps {
  readonly answer: NonNullable<SearchState['answer']>
  readonly isStale: boolean
}

function Answer(props: AnswerProps) {
  const { tab, summary, layout, capability, answer, isStale } = props
  const { result, sent } = answer
  const [active, setActive] = useState(0)
  const source = useMemo(() => new ResultSource(result, summary.schema), [result, summary.schema])
  const { dataset, at } = sent
  const place = useMemo(() => ({ dataset, at, schema: summary.schema }), [dataset, at, summary.schema])
  const shown = layout.layout === null ? 0 : visibleColumns(layout.layout).length
  const isCurrent = formatRef(sent.at) === formatRef(refOf(tab))
  const grid =
    source.rowCount === 0 ? (
      <NoResults {...props} sent={sent} />
    ) : (
      <ResultGrid
        {...{ tab, place, source, layout }}
        label={`Results in ${tab.name}`}
        vectorColumns={capability.vectors.map(({ name }) => name)}
        canInspect={isCurrent}
        onActive={setActive}
      />
    )
  return (
    <div className={cx(styles.results, isStale && styles.stale)}>
      <AnsweredLine result={result} onFoldIn={null} />
      {shown > COLUMNS_READ && (
        <p className={styles.hint}>
          The first {formatCount(COLUMNS_READ)} of {formatCount(shown)} columns are read: hide others to see more.
        </p>
      )}
      <SplitPane
        id="search-results"
        orientation="vertical"
        label="Border between results and details"
        first={grid}
        second={<LowerPane {...{ tab, answer, place }} hit={source.hits[active] ?? source.hits[0]} />}
        secondSize={30}
      />
    </div>
  )
}

function NoResults({ sent, onExample }: AnswerProps & { readonly sent: SentSearch }) {
  const { query } = sent
  const isFiltered = query.filter !== undefined
  const range = query.params?.distanceRange
  return (
    <EmptyState
      icon={isFiltered ? <FilterX aria-hidden /> : <ScanSearch aria-hidden />}
      title="Nothing was found"
      actions={isFiltered ? <Button onClick={() => onExample({ filter: '' })}>Search without the filter</Button> : null}
    >
      {reasonWords(isFiltered, range !== undefined, query.text !== undefined, query.params?.postfilter === true)}
    </EmptyState>
  )
}

function reasonWords(isFiltered: boolean, hasRange: boolean, hasText: boolean, isPostfiltered: boolean): string {
  if (isFiltered && isPostfiltered) return 'None of the nearest rows passes the filter, which was applied afterwards.'
  if (hasRange) return 'No row lies in the range of distances asked for.'
  if (isFiltered) return 'No row that passes the filter matches.'
  return hasText ? 'No row has these words.' : 'No row has a vector that can be compared.'
}
