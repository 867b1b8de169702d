import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react'
import {
  ColumnsPopover,
  type LayoutControl,
  settleSimilar,
  useLayout,
  useSimilarRequest,
} from '#renderer/features/data/index.ts'
import { useStatus, type ViewProps } from '#renderer/features/workspace/index.ts'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { formatNoun } from '#shared/model/format.ts'
import { formatRef } from '#shared/model/ref.ts'
import { HistoryMenu } from '../history/history-menu.tsx'
import { useLog } from '../history/use-log.ts'
import { formatMs } from '../results/answered-words.ts'
import { columnsToRead } from '../results/result-grid.tsx'
import { ResultsArea } from '../results/results-area.tsx'
import { capabilityOf } from './capability.ts'
import { type DraftResult, emptyDraft, toQuery } from './form.ts'
import { keepDraft, useKeptDraft } from './query-store.ts'
import { QueryBar } from './query-bar.tsx'
import styles from './query.module.css'
import type { SearchDraft } from './search-draft.ts'
import { useSearch } from './use-search.ts'

/** One search: the form, how it was answered, and the rows found. */
export function QueryView(props: ViewProps) {
  const layout = useLayout(props.tab.dataset, props.summary.schema)
  // Another dataset is another form: nothing of the one before may shine through.
  if (layout.layout === null) return <LoadingState label="Opening" />
  return <QueryViewOf key={props.tab.dataset} {...props} layout={layout} shown={layout.layout} />
}

interface LaidOut extends ViewProps {
  readonly layout: LayoutControl
  readonly shown: NonNullable<LayoutControl['layout']>
}

function QueryViewOf({ tab, at, summary, layout, shown }: LaidOut) {
  const { dataset } = tab
  const { schema, indices } = summary
  const capability = useMemo(() => capabilityOf(schema, indices), [schema, indices])
  const empty = useMemo(() => emptyDraft(capability), [capability])
  const draft = useKeptDraft(dataset) ?? empty
  const search = useSearch(dataset)
  const [problem, setProblem] = useState<(DraftResult & { readonly ok: false }) | null>(null)
  const log = useLog(dataset, empty)
  const columns = useMemo(() => columnsToRead(shown), [shown])
  const { run, state } = search

  const change = useCallback(
    (part: Partial<SearchDraft>) => {
      setProblem(null)
      keepDraft(dataset, { ...draft, ...part })
    },
    [dataset, draft],
  )
  const runDraft = useCallback(
    (next: SearchDraft) => {
      keepDraft(dataset, next)
      const made = toQuery(next, capability)
      setProblem(made.ok ? null : made)
      if (!made.ok) return
      log.remember(next)
      run({ dataset, at, query: made.query, columns })
    },
    [dataset, at, capability, columns, log, run],
  )
  useSimilar(dataset, (rowId, column) =>
    runDraft({ ...draft, mode: 'vector', source: 'row', rowId, ...(column === undefined ? {} : { column }) }),
  )
  useFollowState(state.answer?.sent.at, formatRef(at), state.answer?.sent.columns, columns, () => {
    // The same question, asked of what is on screen now.
    if (state.answer !== null) run({ ...state.answer.sent, at, columns })
  })
  const { answer } = state
  useStatus(
    answer === null
      ? null
      : `${formatNoun(answer.result.hits.length, 'result')} · ${formatMs(answer.result.answeredBy.elapsedMs)}`,
  )
  return (
    <div className={styles.view}>
      <QueryBar
        {...{ tab, at, schema, draft, capability, problem }}
        isRunning={state.running !== null}
        onChange={change}
        onRun={() => runDraft(draft)}
        onRunWith={(part) => runDraft({ ...draft, ...part })}
        onCancel={search.cancel}
      >
        <HistoryMenu log={log} draft={draft} onRecall={runDraft} />
        <ColumnsPopover schema={schema} layout={shown} onChange={layout.change} onReset={layout.reset} />
      </QueryBar>
      <ResultsArea
        {...{ tab, at, summary, search, layout, capability, draft }}
        onExample={(part) => runDraft({ ...draft, ...part })}
      />
    </div>
  )
}

/** Answers wishes for similar rows that came from another view. */
function useSimilar(dataset: string, find: (rowId: string, column: string | undefined) => void): void {
  const request = useSimilarRequest(dataset)
  const answer = useEffectEvent(find)
  useEffect(() => {
    if (request === undefined) return
    settleSimilar(dataset)
    answer(request.rowId, request.column)
  }, [dataset, request])
}

/** Asks again when another version came on screen, or a column was shown that the answer does not hold. */
function useFollowState(
  answeredAt: Parameters<typeof formatRef>[0] | undefined,
  at: string,
  read: readonly string[] | undefined,
  wanted: readonly string[],
  ask: () => void,
): void {
  const isOther = answeredAt !== undefined && formatRef(answeredAt) !== at
  const isShort = read !== undefined && wanted.some((name) => !read.includes(name))
  const again = useEffectEvent(ask)
  useEffect(() => {
    if (isOther || isShort) again()
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each further change of either is asked about anew
  }, [isOther, isShort, at, wanted])
}
