import { Boxes } from 'lucide-react'
import { useMemo, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { backToLatest, inspect, SplitPane, useWorkspace, type ViewProps } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Segmented, type SegmentedOption } from '#renderer/ui/segmented.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { ColumnsView } from './columns/columns-view.tsx'
import { choose, type FragmentsPlace, useChoices } from './choices.ts'
import { FragmentDetails } from './details/fragment-details.tsx'
import { FragmentTable } from './fragment-table.tsx'
import { MarksBar } from './marks/marks-bar.tsx'
import { useMarks } from './marks/use-marks.ts'
import { FragmentMap } from './map/fragment-map.tsx'
import { type FragmentSort, nextSort, sortFragments } from './sorting.ts'
import { TotalsLine } from './totals-line.tsx'
import { toTotals } from './totals.ts'
import { useFragments } from './use-fragments.ts'
import styles from './fragments-view.module.css'

const PLACES: readonly SegmentedOption<FragmentsPlace>[] = [
  { id: 'map', label: 'Map' },
  { id: 'table', label: 'Table' },
  { id: 'columns', label: 'Columns' },
]

/** What the dataset consists of at this version. */
export function FragmentsView({ tab, summary }: ViewProps) {
  const fragments = useFragments(tab)
  const choices = useChoices()
  const [sort, setSort] = useState<FragmentSort>({ column: 'id', descending: false })
  const target = useWorkspace((state) => state.inspected[tab.dataset])
  const rows = useMemo(() => sortFragments(fragments.data ?? [], sort), [fragments.data, sort])
  const totals = useMemo(() => toTotals(fragments.data ?? []), [fragments.data])
  const marks = useMarks(tab, fragments.data)
  const selectedId = target?.kind === 'fragment' ? target.fragmentId : undefined
  const selected = useMemo(() => rows.find((fragment) => fragment.id === selectedId), [rows, selectedId])

  if (fragments.isError) {
    return (
      <ErrorNotice
        title="The fragments could not be read"
        error={toErrorValue(fragments.error)}
        onRetry={() => void fragments.refetch()}
        onLatest={() => backToLatest(tab.dataset)}
      />
    )
  }
  if (fragments.data === undefined) return <LoadingState label="Reading fragments" />
  if (rows.length === 0) {
    return (
      <EmptyState icon={<Boxes aria-hidden />} title="No fragments">
        Version {tab.version} of {tab.name} holds no data: a schema and no rows.
      </EmptyState>
    )
  }
  const select = (fragmentId: number): void => inspect(tab.dataset, { kind: 'fragment', fragmentId })
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <Segmented
          label="Ways to look at fragments"
          options={PLACES}
          value={choices.place}
          onChange={(place) => choose({ place })}
        />
        <TotalsLine totals={totals} />
        {choices.place === 'table' && <MarksBar tab={tab} marks={marks} />}
      </div>
      <SplitPane
        id="fragments"
        orientation="vertical"
        label="Height of details"
        first={
          <>
            {choices.place === 'map' && (
              <FragmentMap
                fragments={fragments.data}
                summary={summary}
                choices={choices}
                selectedId={selectedId}
                onSelect={select}
              />
            )}
            {choices.place === 'table' && (
              <FragmentTable
                fragments={rows}
                indexCount={summary.indices.length}
                sort={sort}
                onSort={(column) => setSort((before) => nextSort(before, column))}
                selectedId={selectedId}
                onSelect={select}
                marks={marks}
              />
            )}
            {choices.place === 'columns' && (
              <ColumnsView tab={tab} selectedFragment={selectedId} onFragment={select} fileBytes={totals.bytes} />
            )}
          </>
        }
        second={selected === undefined ? null : <FragmentDetails tab={tab} fragment={selected} />}
        secondSize={46}
      />
    </div>
  )
}
