import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { getApi } from '#renderer/features/workspace/index.ts'
import { AppError } from '#shared/errors.ts'
import type { CompareSummary, KeyCandidate } from '#shared/model/compare.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import { formatRef, type Ref } from '#shared/model/ref.ts'
import type { CompareSide, OpenCompare } from './compare-store.ts'

/** How long an answer about a state that may move is taken for true. */
const MOVING_MS = 10_000

/** What differs between the two states, from their manifests alone. */
export function useCompareSummary(dataset: string, sides: OpenCompare): UseQueryResult<CompareSummary> {
  return useQuery({
    queryKey: ['compare', dataset, ...sidesKey(sides)],
    queryFn: async ({ signal }) => {
      for await (const item of getApi().stream('versions.compare', toInput(sides), { signal })) {
        if (item.kind === 'summary') return item.summary
      }
      throw new AppError({ code: 'internal', message: 'The comparison ended before it said what differs.' })
    },
    staleTime: isFixed(sides.from.at) && isFixed(sides.to.at) ? Infinity : MOVING_MS,
    structuralSharing: false,
  })
}

/** Schema and capabilities of one side. */
export function useSideSummary({ dataset, at }: CompareSide): UseQueryResult<DatasetSummary> {
  return useQuery({
    queryKey: ['side-summary', dataset, formatRef(at)],
    queryFn: ({ signal }) => getApi().call('datasets.summary', { dataset, ref: at }, { signal }),
    staleTime: isFixed(at) ? Infinity : MOVING_MS,
    structuralSharing: false,
  })
}

/** Columns that may tell the rows of both sides apart. Reads a bounded number of rows. */
export function useKeyCandidates(
  dataset: string,
  sides: OpenCompare,
  isWanted: boolean,
): UseQueryResult<readonly KeyCandidate[]> {
  return useQuery({
    queryKey: ['key-candidates', dataset, ...sidesKey(sides)],
    queryFn: ({ signal }) => getApi().call('versions.keyCandidates', toInput(sides), { signal }),
    enabled: isWanted,
    structuralSharing: false,
  })
}

function toInput({ from, to }: OpenCompare) {
  return { from: { dataset: from.dataset, ref: from.at }, to: { dataset: to.dataset, ref: to.at } }
}

function sidesKey({ from, to }: OpenCompare): readonly string[] {
  return [from.dataset, formatRef(from.at), to.dataset, formatRef(to.at)]
}

/** A version stays what it is; tags move and branches grow. */
function isFixed(at: Ref): boolean {
  return !('tag' in at) && at.version !== undefined
}
