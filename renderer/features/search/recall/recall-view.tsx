import { FlaskConical } from 'lucide-react'
import { useState } from 'react'
import { formatDuration } from '#shared/model/format.ts'
import type { RecallPoint } from '#shared/model/search.ts'
import type { ViewProps } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import { NO_SETTINGS } from '../query/draft.ts'
import { firstDraft } from '../query/first-draft.ts'
import { changeDraft, getDraft } from '../query/store.ts'
import { showSubView } from '../sub-views.ts'
import { newForm, toRecall } from './form.ts'
import { RecallFields } from './recall-fields.tsx'
import { RecallResult } from './recall-result.tsx'
import styles from './recall.module.css'
import { cancelRecall, changeForm, startRecall, useForm, useRun } from './runs.ts'

/** How much of what exact search finds an index finds, and how long it takes, over many settings. */
export function RecallView({ tab, at, summary }: ViewProps) {
  const { dataset } = tab
  const fields = summary.schema.filter(({ kind }) => kind === 'vector')
  const form = useForm(dataset) ?? newForm(fields[0]?.name ?? '')
  const run = useRun(dataset)
  const [problem, setProblem] = useState<string | null>(null)
  if (fields.length === 0) {
    return (
      <EmptyState icon={<FlaskConical aria-hidden />} title="No vector column to measure">
        Recall is measured on a column of vectors, and this version has none.
      </EmptyState>
    )
  }
  const start = (): void => {
    const result = toRecall(form)
    setProblem(result.ok ? null : result.problem)
    if (result.ok) void startRecall(dataset, at, result.query)
  }
  const applySettings = ({ params }: RecallPoint): void => {
    const probes = params.nprobes === undefined ? '' : String(params.nprobes)
    const settings = {
      ...NO_SETTINGS,
      nprobesMin: probes,
      nprobesMax: probes,
      refine: String(params.refine ?? ''),
      ef: String(params.ef ?? ''),
    }
    changeDraft(dataset, {
      ...(getDraft(dataset) ?? firstDraft(dataset, 'vector')),
      mode: 'vector',
      column: form.column,
      settings,
    })
    showSubView('query')
  }
  const isRunning = run !== undefined && run.report === undefined && run.error === undefined && run.job !== undefined
  return (
    <div className={styles.view}>
      <RecallFields
        fields={fields.map(({ name }) => name)}
        form={form}
        problem={problem}
        isRunning={isRunning}
        onChange={(part) => {
          setProblem(null)
          changeForm(dataset, { ...form, ...part })
        }}
        onStart={start}
      />
      {isRunning && run.job !== undefined && <Progress job={run.job} />}
      {run?.error !== undefined && (
        <ErrorNotice title="Recall could not be measured" error={run.error} onRetry={start} layout="line" />
      )}
      {run?.report !== undefined ? (
        <RecallResult
          dataset={dataset}
          report={run.report}
          before={run.before}
          latestVersion={tab.latestVersion}
          onUse={applySettings}
        />
      ) : (
        !isRunning &&
        run?.error === undefined && (
          <EmptyState icon={<FlaskConical aria-hidden />} title="Measure an index before you trust it">
            Rows drawn by chance are searched exactly and by the index, with many settings. You see what each setting
            finds and what it costs, and where more time buys little.
          </EmptyState>
        )
      )}
    </div>
  )
}

function Progress({ job }: { readonly job: NonNullable<NonNullable<ReturnType<typeof useRun>>['job']> }) {
  const { progress } = job
  const share = progress === undefined || progress.total === null ? undefined : progress.done / progress.total
  return (
    <div className={styles.progress} role="status">
      <ProgressBar label="Measuring" {...(share === undefined ? {} : { value: share })} />
      <span>
        {job.state === 'queued' ? 'Waiting for its turn' : (progress?.note ?? 'Starting')}
        {progress !== undefined && progress.total !== null && ` · ${progress.done} of ${progress.total} queries`}
        {` · ${formatDuration(job.elapsedMs)}`}
      </span>
      <Button onClick={() => void cancelRecall(job.id)}>Cancel</Button>
    </div>
  )
}
