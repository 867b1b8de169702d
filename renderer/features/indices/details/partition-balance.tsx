import { useMemo } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Histogram } from '#renderer/ui/histogram.tsx'
import { toBins } from '#renderer/ui/histogram-bins.ts'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { usePartitions } from '../state/queries.ts'
import { balanceAdvice, balanceOf, balanceText, sizesOf } from './balance.ts'
import styles from './index-details.module.css'

export interface PartitionBalanceProps {
  readonly tab: DatasetTab
  readonly name: string
}

const BINS = 40

/** How evenly the rows of an IVF index are spread over its partitions, from its files. */
export function PartitionBalance({ tab, name }: PartitionBalanceProps) {
  const partitions = usePartitions(tab, name)
  const sizes = useMemo(() => (partitions.data === undefined ? [] : sizesOf(partitions.data)), [partitions.data])
  const bins = useMemo(() => toBins(sizes, 'linear', BINS), [sizes])
  const balance = balanceOf(sizes)
  const advice = balance === null ? undefined : balanceAdvice(balance)
  const problems = (partitions.data?.segments ?? []).flatMap(({ uuid, problem }) =>
    problem === undefined ? [] : [{ uuid, problem }],
  )
  return (
    <>
      <h4 className={styles.heading}>Balance of partitions</h4>
      {partitions.isError && (
        <ErrorNotice
          layout="line"
          title="The partitions could not be read"
          error={toErrorValue(partitions.error)}
          onRetry={() => void partitions.refetch()}
        />
      )}
      {partitions.isPending && <Spinner label="Reading the partitions" />}
      {balance !== null && (
        <>
          <p className={styles.figures}>{balanceText(balance)}</p>
          {advice !== undefined && <p className={styles.warning}>{advice}</p>}
          <div className={styles.chart}>
            <Histogram
              label={`Partitions of ${name} by rows`}
              bins={bins}
              format={formatCount}
              describe={({ from, to, count }) =>
                `${formatNoun(count, 'partition')} of ${from === to ? formatNoun(from, 'row') : `${formatCount(from)} to ${formatCount(to)} rows`}`
              }
              caption="rows in a partition"
              markers={[{ value: balance.median, label: 'median' }]}
            />
          </div>
        </>
      )}
      {problems.map(({ uuid, problem }) => (
        <p key={uuid} className={styles.problem}>
          Segment {uuid}: {problem}
        </p>
      ))}
    </>
  )
}
