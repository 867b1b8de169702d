import { ListTree } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatRef } from '#shared/model/ref.ts'
import { backToLatest, useApi, type ViewProps } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { IndexDetails } from './index-details.tsx'
import { IndexTable } from './index-table.tsx'
import styles from './indices.module.css'

/** The indices of the version shown: what they cover, what they cost, what they are good for. */
export function IndicesView({ tab, at, summary }: ViewProps) {
  const api = useApi()
  const { dataset } = tab
  const indices = useQuery({
    queryKey: ['indices.list', dataset, formatRef(at)],
    queryFn: ({ signal }) => api.call('indices.list', { dataset, ref: at }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [chosen, setChosen] = useState<string | null>(null)
  if (indices.isError) {
    return (
      <ErrorNotice
        title="The indices could not be read"
        error={toErrorValue(indices.error)}
        onRetry={() => void indices.refetch()}
        onLatest={() => backToLatest(dataset)}
      />
    )
  }
  if (indices.data === undefined) return <LoadingState label="Reading the indices" />
  if (indices.data.length === 0) {
    return (
      <EmptyState icon={<ListTree aria-hidden />} title="This version has no indices">
        Searches and filters read every row. That is fast for some thousand rows; beyond, an index on the vector column,
        on columns of text, or on columns often filtered by pays.
      </EmptyState>
    )
  }
  const index = indices.data.find(({ name }) => name === chosen) ?? indices.data[0]
  return (
    <div className={styles.view}>
      <IndexTable indices={indices.data} rows={summary.rows} chosen={index?.name} onChoose={setChosen} />
      {index !== undefined && <IndexDetails index={index} fragments={summary.fragments} />}
    </div>
  )
}
