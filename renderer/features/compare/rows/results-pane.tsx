import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type DatasetTab, useApi, useStatus } from '#renderer/features/workspace/index.ts'
import type { GridHandle } from '#renderer/grid/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import type { CompareSummary, RowChangeKind, RowTotals } from '#shared/model/compare.ts'
import type { OpenCompare } from '../compare-store.ts'
import { useSideSummary } from '../use-summary.ts'
import { ChangeGrid } from './change-grid.tsx'
import { ChangedColumns } from './changed-columns.tsx'
import { alignSchemas, areFieldsById, type SideSchemas } from './change-page.ts'
import { ChangeSource } from './change-source.ts'
import { changeColumns, shownColumns } from './grid-columns.ts'
import { ResultBar } from './result-bar.tsx'
import styles from './rows.module.css'
import { expireRun, type RowRun } from './run-store.ts'
import { resultText } from './wording.ts'

export interface ResultsPaneProps {
  readonly tab: DatasetTab
  readonly sides: OpenCompare
  readonly summary: CompareSummary
  readonly run: Extract<RowRun, { kind: 'done' }>
  readonly kind: RowChangeKind
}

/** Rows of one kind of change, with what a person must know to trust them. Mount it anew for another result or kind. */
export function ResultsPane(props: ResultsPaneProps) {
  const { tab, sides, summary, run, kind } = props
  const from = useSideSummary(sides.from)
  const to = useSideSummary(sides.to)
  const schemas = useMemo(
    () =>
      from.data === undefined || to.data === undefined
        ? null
        : alignSchemas(from.data.schema, to.data.schema, areFieldsById(summary)),
    [from.data, to.data, summary],
  )
  useStatus(resultText(run.totals, kind))
  const error = from.error ?? to.error
  if (error !== null) {
    return (
      <ErrorNotice
        title="The rows could not be shown"
        error={toErrorValue(error)}
        onRetry={() => void Promise.all([from.refetch(), to.refetch()])}
      />
    )
  }
  if (schemas === null) return <LoadingState label="Opening rows" />
  return (
    <div className={styles.results}>
      <ResultBar tab={tab} totals={run.totals} kind={kind} />
      {run.totals[kind] === 0 ? (
        <EmptyState title={`No row was ${kind}`} />
      ) : (
        <ResultRows {...props} schemas={schemas} />
      )}
    </div>
  )
}

function ResultRows(props: ResultsPaneProps & { readonly schemas: SideSchemas }) {
  const { tab, run, kind, schemas } = props
  const { comparison, totals } = run
  const api = useApi()
  const [only, setOnly] = useState<string | null>(null)
  const source = useMemo(
    () =>
      new ChangeSource({
        api,
        comparison,
        kind,
        changedColumn: only,
        rowCount: rowsShown(totals, kind, only),
        schemas,
        onExpired: () => expireRun(tab.dataset, comparison),
      }),
    [api, tab.dataset, comparison, totals, kind, only, schemas],
  )
  useEffect(() => () => source.close(), [source])
  const compared = useQuery({
    queryKey: ['compared-columns', tab.dataset, comparison, kind],
    queryFn: async ({ signal }) => (await source.fetch(0, 0, undefined, signal)).columns,
    structuralSharing: false,
  })
  const [isOnlyChanged, setOnlyChanged] = useState(false)
  const grid = useRef<GridHandle>(null)
  const columns = useMemo(() => {
    const all = changeColumns(kind === 'removed' ? schemas.from : schemas.to, compared.data ?? [], totals, kind)
    return shownColumns(all, totals, { isOnlyChanged, only })
  }, [schemas, kind, compared.data, totals, isOnlyChanged, only])
  const jump = (column: string): void => {
    const { active } = grid.current?.selection() ?? { active: { row: 0 } }
    grid.current?.goTo(active.row, column)
    grid.current?.focus()
  }
  if (compared.isError) {
    return (
      <ErrorNotice
        title="The rows could not be read"
        error={toErrorValue(compared.error)}
        onRetry={() => void compared.refetch()}
      />
    )
  }
  if (compared.data === undefined) return <LoadingState label="Opening rows" />
  return (
    <div className={styles.area}>
      <ChangeGrid
        key={only}
        {...props}
        grid={grid}
        source={source}
        columns={columns}
        pinned={totals.identity.kind === 'key' ? totals.identity.columns : NO_COLUMNS}
      />
      {kind === 'changed' && (
        <ChangedColumns
          totals={totals}
          only={only}
          isOnlyChanged={isOnlyChanged}
          onOnlyChanged={setOnlyChanged}
          onOnly={setOnly}
          onJump={jump}
        />
      )}
    </div>
  )
}

function rowsShown(totals: RowTotals, kind: RowChangeKind, only: string | null): number {
  return only === null ? totals[kind] : (totals.changedCells.find(({ column }) => column === only)?.cells ?? 0)
}

const NO_COLUMNS: readonly string[] = []
