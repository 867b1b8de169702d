import { ListTree } from 'lucide-react'
import { toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatNoun } from '#shared/model/format.ts'
import type { IndexEntry } from '#shared/model/index-entry.ts'
import { requestEmbed } from '#renderer/features/data/index.ts'
import { JobProgress, useActiveJobs } from '#renderer/features/jobs/index.ts'
import { WriteButton } from '#renderer/features/versions/index.ts'
import { backToLatest, type DatasetTab, SplitPane, type ViewProps } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import styles from '#renderer/ui/view.module.css'
import { IndexDetails } from './details/index-details.tsx'
import { OutcomeCard } from './details/outcome-card.tsx'
import { IndexTable } from './list/index-table.tsx'
import { useIndices } from './state/queries.ts'
import { choose, request, useChosen, useOutcome } from './state/store.ts'
import { outsideOf } from './write/fold-in.ts'
import { placeRefusal, useIndexRefusal } from './write/refusal.ts'

/** The indices of the version shown: what they cover and cost, building, extending and dropping them. */
export function IndicesView({ tab, summary }: ViewProps) {
  const { dataset } = tab
  const indices = useIndices(tab)
  const chosen = useChosen(dataset)
  const outcome = useOutcome(dataset)
  const jobs = useActiveJobs(dataset)
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
  const index = indices.data.find(({ name }) => name === chosen) ?? indices.data[0]
  return (
    <div className={styles.view}>
      <Bar tab={tab} indices={indices.data} />
      {jobs
        .filter(({ writes }) => writes)
        .map((job) => (
          <JobProgress key={job.id} job={job} />
        ))}
      {outcome !== undefined && <OutcomeCard dataset={dataset} outcome={outcome} />}
      {index === undefined ? (
        <NoIndices tab={tab} rows={summary.rows} />
      ) : (
        <SplitPane
          id="indices"
          orientation="vertical"
          label="Height of details"
          first={
            <IndexTable
              indices={indices.data}
              rows={summary.rows}
              chosen={index.name}
              onChoose={(name) => choose(dataset, name)}
            />
          }
          second={<IndexDetails tab={tab} index={index} fragments={summary.fragments} />}
          secondSize={56}
        />
      )}
    </div>
  )
}

function Bar({ tab, indices }: { readonly tab: DatasetTab; readonly indices: readonly IndexEntry[] }) {
  const { dataset } = tab
  const refusal = useIndexRefusal(tab)
  if (tab.timeTravel) {
    return (
      <div className={styles.bar}>
        <span className={styles.refusal} role="note">
          {placeRefusal(tab)}
        </span>
      </div>
    )
  }
  // Without any, the way to the first one is in the middle.
  if (indices.length === 0) return null
  const bytes = indices.reduce((sum, index) => sum + index.bytes, 0)
  return (
    <div className={styles.bar}>
      <span className={styles.about}>
        {formatNoun(indices.length, 'index', 'indices')} · {formatBytes(bytes)}
      </span>
      {outsideOf(indices).length > 0 && (
        <WriteButton refusal={refusal} onClick={() => request({ kind: 'fold-in', dataset })}>
          Fold in unindexed rows…
        </WriteButton>
      )}
      <WriteButton kind="primary" refusal={refusal} onClick={() => request({ kind: 'create', dataset })}>
        New index…
      </WriteButton>
    </div>
  )
}

function NoIndices({ tab, rows }: { readonly tab: DatasetTab; readonly rows: number }) {
  const refusal = useIndexRefusal(tab)
  return (
    <EmptyState
      icon={<ListTree aria-hidden />}
      title="This version has no indices"
      actions={
        tab.timeTravel ? undefined : (
          <>
            <WriteButton
              kind="primary"
              refusal={refusal}
              onClick={() => request({ kind: 'create', dataset: tab.dataset })}
            >
              New index…
            </WriteButton>
            <WriteButton refusal={refusal} onClick={() => requestEmbed({ kind: 'embed', dataset: tab.dataset })}>
              Embed a text column…
            </WriteButton>
          </>
        )
      }
    >
      Every search and filter reads all {formatNoun(rows, 'row')}. That is fast for some thousand; beyond, an index on
      the vector column finds neighbours without comparing them all, one on text finds words, and one on a column often
      filtered by finds its values.
    </EmptyState>
  )
}
