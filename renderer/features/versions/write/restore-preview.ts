import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { type DatasetTab, getApi } from '#renderer/features/workspace/index.ts'
import { AppError } from '#shared/errors.ts'
import type { CompareSummary } from '#shared/model/compare.ts'
import { formatBytes, formatBytesDelta, formatCount, formatDelta } from '#shared/model/format.ts'
import { refOfPlace, type VersionPlace } from './requests.ts'

/** From the newest version of the branch to the one to be restored. */
export function useRestorePreview(tab: DatasetTab, at: VersionPlace): UseQueryResult<CompareSummary> {
  const { dataset } = tab
  return useQuery({
    // The newest version moves: what was previewed once says nothing about the next time.
    queryKey: ['restore-preview', dataset, at.branch ?? '', String(at.version)],
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) => fetchPreview(dataset, at, signal),
  })
}

async function fetchPreview(dataset: string, at: VersionPlace, signal: AbortSignal): Promise<CompareSummary> {
  const input = {
    from: { dataset, ...(at.branch === undefined ? {} : { ref: { branch: at.branch } }) },
    to: { dataset, ref: refOfPlace(at) },
  }
  for await (const item of getApi().stream('versions.compare', input, { signal })) {
    if (item.kind === 'summary') return item.summary
  }
  throw new AppError({ code: 'internal', message: 'The comparison ended before it said anything.' })
}

export interface PreviewLine {
  readonly name: string
  readonly before: string
  readonly after: string
  /** `+3`, empty when nothing changes. */
  readonly delta: string
  /** Colours the change. */
  readonly sign: -1 | 0 | 1
}

/** The figures of both states, one line each. */
export function previewLines({ from, to }: Pick<CompareSummary, 'from' | 'to'>): readonly PreviewLine[] {
  const line = (
    name: string,
    before: number,
    after: number,
    format: (value: number) => string,
    delta: (value: number) => string,
  ): PreviewLine => ({
    name,
    before: format(before),
    after: format(after),
    delta: before === after ? '' : delta(after - before),
    sign: before === after ? 0 : after > before ? 1 : -1,
  })
  return [
    line('Rows', from.rows, to.rows, formatCount, formatDelta),
    line('Columns', from.columns, to.columns, formatCount, formatDelta),
    line('Fragments', from.fragments, to.fragments, formatCount, formatDelta),
    // More of them is neither better nor worse.
    { ...line('Deleted rows', from.deletedRows, to.deletedRows, formatCount, formatDelta), sign: 0 },
    line('Data files', from.dataBytes, to.dataBytes, formatBytes, formatBytesDelta),
  ]
}
