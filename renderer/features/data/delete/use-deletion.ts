import { type RefObject, useMemo } from 'react'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import { formatNoun } from '#shared/model/format.ts'
import { CHOSEN_ROWS_MAX } from '#shared/model/maintenance.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import type { GridHandle, GridSelection } from '#renderer/grid/types.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import type { RowsSource } from '../rows/rows-source.ts'
import { askDelete } from './delete-request.ts'
import { deleteRefusal, mainVersion, planDelete } from './plan-delete.ts'

/** Rows whose ids are asked for at a time: the most a page has. */
const ROWS_PER_READ = 1000

/** Deleting rows from the grid. Each way asks first. */
export interface Deletion {
  /** Why not here, in a few words; undefined when rows can be deleted. */
  readonly refusal: string | undefined
  /** Rows that match the filter of the rows shown; undefined without a filter. */
  readonly matching: number | undefined
  /** Rows the selection is in. */
  count(selection: GridSelection): number
  deleteSelected(): void
  deleteMatching(): void
}

export function useDeletion(
  { dataset, branch, timeTravel }: DatasetTab,
  { readOnly }: DatasetSummary,
  source: RowsSource | null,
  grid: RefObject<GridHandle | null>,
): Deletion {
  return useMemo(() => {
    const rowCount = source?.rowCount ?? 0
    // Of the rows on screen: the tab may be ahead of them while newer ones are computed, and ids are of a version.
    const version = source === null ? undefined : mainVersion(source.query.at)
    const filter = source?.query.filter ?? ''
    const notYet = version === undefined ? 'the rows of main are not there yet' : undefined
    const refusal = rowCount === 0 ? 'there are no rows' : (deleteRefusal({ branch, timeTravel, readOnly }) ?? notYet)
    return {
      refusal,
      matching: filter === '' ? undefined : rowCount,
      count: (selection) => planDelete(selection, rowCount, filter).count,
      deleteSelected: () => {
        const selection = grid.current?.selection()
        if (refusal !== undefined) {
          const text = 'Rows are deleted from the newest version of main.'
          return showToast({ title: `Rows cannot be deleted here: ${refusal}`, text })
        }
        if (selection === undefined || source === null || version === undefined) return
        const plan = planDelete(selection, rowCount, filter)
        if (plan.kind === 'too-many') {
          const text = `The selection has ${formatNoun(plan.count, 'row')}; at most ${formatNoun(CHOSEN_ROWS_MAX, 'row')} are deleted one by one. Filter to the rows that are to go and delete all that match.`
          return showToast({ title: 'Too many rows chosen', text })
        }
        const { count } = plan
        const rows =
          plan.kind === 'filter'
            ? plan
            : ({
                kind: 'chosen',
                count,
                fetchIds: (signal: AbortSignal) => fetchIds(source, plan.runs, signal),
              } as const)
        if (count > 0) askDelete({ dataset, version, rows })
      },
      deleteMatching: () => {
        if (refusal !== undefined || version === undefined || filter === '') return
        askDelete({ dataset, version, rows: { kind: 'filter', filter } })
      },
    }
  }, [dataset, branch, timeTravel, readOnly, source, grid])
}

async function fetchIds(
  source: RowsSource,
  runs: readonly { readonly start: number; readonly end: number }[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ids: string[] = []
  for (const { start, end } of runs) {
    for (let offset = start; offset < end; offset += ROWS_PER_READ) {
      signal.throwIfAborted()
      const page = await source.fetchRows(offset, Math.min(ROWS_PER_READ, end - offset), [], signal)
      for (let row = 0; row < page.rowCount; row++) ids.push(page.rowId(row))
    }
  }
  return ids
}
