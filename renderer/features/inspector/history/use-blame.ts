import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import {
  getApi,
  queryClient,
  refOf,
  type RowAt,
  type RowHistoryTarget,
  versionKey,
} from '#renderer/features/workspace/index.ts'
import type { Blame, KeyCandidate } from '#shared/model/compare.ts'
import type { Follow } from './follow-store.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'

/** The life of a row; asks once it is known how to follow it. */
export function useBlame(
  { row, column }: RowHistoryTarget,
  follow: Follow | null,
): UseQueryResult<Blame> & { cancel(): void } {
  const queryKey = [...versionKey('blame', row), row.rowId, column ?? '', follow?.key?.join('\n') ?? '']
  const key = follow?.key ?? null
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      getApi().call(
        'versions.blame',
        {
          dataset: row.dataset,
          ref: refOf(row),
          rowId: row.rowId,
          ...(key === null ? {} : { key: [...key] }),
          ...(column === undefined ? {} : { column }),
        },
        { signal },
      ),
    enabled: follow !== null,
    structuralSharing: false,
  })
  return { ...query, cancel: () => void queryClient.cancelQueries({ queryKey }) }
}

/** Whether rows of that version keep their ids. */
export function useRowSummary(row: RowAt): UseQueryResult<DatasetSummary> {
  return useQuery({
    queryKey: versionKey('summary', row),
    queryFn: ({ signal }) => getApi().call('datasets.summary', { dataset: row.dataset, ref: refOf(row) }, { signal }),
    structuralSharing: false,
  })
}

/** Columns that may recognise a row of that version. */
export function useRowKeys(row: RowAt, isWanted: boolean): UseQueryResult<readonly KeyCandidate[]> {
  return useQuery({
    queryKey: versionKey('row-keys', row),
    queryFn: ({ signal }) => {
      const side = { dataset: row.dataset, ref: refOf(row) }
      return getApi().call('versions.keyCandidates', { from: side, to: side }, { signal })
    },
    enabled: isWanted,
    structuralSharing: false,
  })
}
