import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useRowRequest, useStatus, type ViewProps } from '#renderer/features/workspace/index.ts'
import type { GridHandle } from '#renderer/grid/types.ts'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { formatRef } from '#shared/model/ref.ts'
import { visibleColumns } from '../columns/layout.ts'
import { ColumnsPopover } from '../columns/columns-popover.tsx'
import { useLayout } from '../columns/use-layout.ts'
import { useDeletion } from '../delete/use-deletion.ts'
import { FilterBar, type FilterBarHandle } from '../filter/filter-bar.tsx'
import { useFilterHelp, useFilterHistory } from '../filter/use-filter-help.ts'
import { announceRows } from '../rows/current-rows.ts'
import { chooseQuery, type ChosenQuery, useChosenQuery } from '../rows/query-store.ts'
import { isSameQuery, isSameState, type RowsQuery } from '../rows/rows-source.ts'
import { useRowsView } from '../rows/use-rows-view.ts'
import { CodeMenu } from './code-menu.tsx'
import styles from './data-view.module.css'
import { JumpBox } from './jump-box.tsx'
import { isComputed, ResultLine, resultText } from './result-line.tsx'
import { RowsArea } from './rows-area.tsx'
import { useCopy } from './use-copy.ts'
import { useDataCommands } from './use-data-commands.ts'
import { useMenus } from './use-menus.tsx'

/** Rows a copied query asks for. */
const SNIPPET_LIMIT = 100

/** The rows of a dataset: filter, grid, and everything that can be done to what is seen. */
export function DataView(props: ViewProps) {
  // Another dataset is another view: nothing of the one before may shine through.
  return <DataViewOf key={props.tab.dataset} {...props} />
}

function DataViewOf({ tab, at, summary }: ViewProps) {
  const { dataset } = tab
  const { schema } = summary
  const chosen = useChosenQuery(dataset)
  const query = useStableQuery(dataset, at, chosen.filter, chosen.sort)
  const view = useRowsView(query, summary)
  const { source, state } = view
  const layout = useLayout(dataset, schema)
  const help = useFilterHelp(query, schema)
  const [history, remember] = useFilterHistory(dataset)
  const kept =
    source !== null && isSameState(source.query, query) ? { query: source.query, rows: source.rowCount } : null
  // What the grid's menus and headers build on: a query that did not run is no ground.
  const base = state.kind === 'failed' && kept !== null ? kept.query : chosen
  const choose = useCallback(
    (change: Partial<ChosenQuery>) => chooseQuery(dataset, { filter: base.filter, sort: base.sort, ...change }),
    [dataset, base],
  )
  const copier = useCopy(source, schema)
  const grid = useRef<GridHandle>(null)
  const filterBar = useRef<FilterBarHandle>(null)
  const jumpBox = useRef<HTMLInputElement>(null)
  const deletion = useDeletion(tab, summary, source, grid)
  const menus = useMenus({ dataset, schema, source, chosen: base, choose, layout, copier, deletion, grid })

  // Only filters that could be run are worth coming back to.
  const isShown = state.kind === 'ready' && source !== null && isSameQuery(source.query, query)
  useEffect(() => {
    if (isShown) remember(query.filter)
  }, [isShown, query, remember])
  const jump = useCallback((row: number) => {
    grid.current?.goTo(row)
    grid.current?.focus()
  }, [])
  // Back to what is on screen, or to everything when nothing is yet.
  const backToShown = (): void =>
    chooseQuery(dataset, { filter: source?.query.filter ?? '', sort: source?.query.sort ?? [] })
  // The button pressed goes away; without this the focus would be nowhere.
  const cancel = (): void => {
    view.cancel()
    backToShown()
    grid.current?.focus()
  }
  const goBack = (): void => {
    backToShown()
    grid.current?.focus()
  }

  useRowRequest(dataset, useJumpRequest(dataset, isComputed(chosen), isShown && layout.layout !== null, jump))
  useEffect(() => {
    // Whoever follows the rows keeps the focus: the next press of its button is as likely as anything.
    const goTo = (row: number): void => grid.current?.goTo(row)
    return source === null ? undefined : announceRows(dataset, { source, goTo })
  }, [dataset, source])
  useStatus(state.kind === 'ready' ? resultText(state.total, state.elapsedMs, chosen, summary.rows) : null)
  const snippet = useMemo(() => {
    const hidesSome = layout.layout !== null && layout.layout.hidden.length > 0
    const columns = hidesSome && layout.layout !== null ? { columns: visibleColumns(layout.layout) } : {}
    return {
      location: tab.location,
      ref: query.at,
      filter: query.filter,
      sort: query.sort,
      limit: SNIPPET_LIMIT,
      ...columns,
    }
  }, [tab.location, query, layout.layout])
  useDataCommands({ dataset, snippet, deletion, filterBar, jumpBox })

  if (layout.layout === null) return <LoadingState label="Opening" />
  return (
    <div className={styles.view}>
      <FilterBar
        ref={filterBar}
        schema={schema}
        help={help}
        applied={chosen.filter}
        onApply={(filter) => chooseQuery(dataset, { filter })}
        history={history}
        result={
          <ResultLine
            state={state}
            query={chosen}
            allRows={summary.rows}
            kept={kept}
            copy={copier.progress}
            onCancelView={cancel}
            onBack={goBack}
            onRetry={view.retry}
            onCancelCopy={copier.cancel}
            onClearSort={() => chooseQuery(dataset, { sort: [] })}
          />
        }
      >
        <JumpBox ref={jumpBox} rowCount={source?.rowCount ?? 0} onJump={jump} />
        <ColumnsPopover schema={schema} layout={layout.layout} onChange={layout.change} onReset={layout.reset} />
        <CodeMenu query={snippet} />
      </FilterBar>
      <RowsArea
        {...{ tab, schema, view, choose, layout, copier, deletion, menus, grid }}
        chosen={base}
        isKept={kept !== null}
      />
      {menus.element}
    </div>
  )
}

/** One query object per content: references of refs and empty lists change between renders, their meaning does not. */
function useStableQuery(dataset: string, at: ViewProps['at'], filter: string, sort: RowsQuery['sort']): RowsQuery {
  const atText = formatRef(at)
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `atText` stands for `at`
  return useMemo(() => ({ dataset, at, filter, sort }), [dataset, atText, filter, sort])
}

/**
 * Answers requests to show a row of the whole dataset. A filter or sort in the way is cleared first, and the jump waits
 * for the rows to be there.
 */
function useJumpRequest(
  dataset: string,
  isInTheWay: boolean,
  isReady: boolean,
  jump: (row: number) => void,
): (row: number) => void {
  const waiting = useRef<number | null>(null)
  useEffect(() => {
    if (waiting.current === null || isInTheWay || !isReady) return
    const row = waiting.current
    waiting.current = null
    jump(row)
  }, [isInTheWay, isReady, jump])
  return useCallback(
    (row) => {
      if (isReady && !isInTheWay) return jump(row)
      waiting.current = row
      if (isInTheWay) chooseQuery(dataset, { filter: '', sort: [] })
    },
    [dataset, isInTheWay, isReady, jump],
  )
}
