import { FlaskConical } from 'lucide-react'
import { useState } from 'react'
import { formatDuration } from '#shared/model/format.ts'
import { refOf, showView, type ViewProps } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import { compareWithExact } from '../compare/bench-store.ts'
import { firstDraft } from '../query/first-draft.ts'
import { changeDraft, getDraft } from '../query/store.ts'
import { showSubView } from '../sub-views.ts'
import { newForm, settingsOf, toRecall } from './form.ts'
import type { KeptReport } from './kept-reports.ts'
import { RecallFields } from './recall-fields.tsx'
import { RecallReports } from './recall-reports.tsx'
import styles from './recall.module.css'
import { cancelRecall, changeForm, type RecallRun, startRecall, useForm, useReports, useRun } from './runs.ts'

/** How much of what exact search finds an index finds, and how long it takes, over many settings. */
export function RecallView({ tab, at, summary }: ViewProps) {
  const { dataset } = tab
  const fields = summary.schema.filter(({ kind }) => kind === 'vector')
  const form = useForm(dataset) ?? newForm(fields[0]?.name ?? '')
  const run = useRun(dataset)
  const reports = useReports(dataset)
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
  const repeat = ({ query }: KeptReport): void => {
    if (query !== undefined) void startRecall(dataset, refOf({ ...tab, version: tab.latestVersion }), query)
  }
  const isRunning = run !== undefined && run.error === undefined && run.isCancelled === undefined
  const hasIndex = summary.indices.some(({ columns }) => columns.includes(form.column))
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
      {!hasIndex && (
        <p className={styles.note}>
          {form.column} has no index in this version: every search is exact, and recall is 1.{' '}
          <Button kind="link" onClick={() => showView(dataset, 'indices')}>
            See Indices
          </Button>
        </p>
      )}
      {isRunning && <Progress run={run} />}
      {run?.isCancelled === true && (
        <p role="status" className={styles.note}>
          The measurement was cancelled; nothing of it was kept.
        </p>
      )}
      {run?.error !== undefined && (
        <ErrorNotice title="Recall could not be measured" error={run.error} onRetry={start} layout="line" />
      )}
      {reports !== undefined && reports.length > 0 ? (
        <RecallReports
          dataset={dataset}
          reports={reports}
          latestVersion={tab.latestVersion}
          isRunning={isRunning}
          onRepeat={repeat}
          onUse={({ column }, { params }) => {
            changeDraft(dataset, {
              ...(getDraft(dataset) ?? firstDraft(dataset, 'vector')),
              mode: 'vector',
              column,
              settings: settingsOf(params),
            })
            showSubView('query')
          }}
          onCompare={({ column, k, filter = '' }, { params }, rowId) => {
            const settings = settingsOf(params)
            compareWithExact(dataset, { rowId, column, k, filter, settings, schema: summary.schema })
            showSubView('compare')
          }}
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

function Progress({ run: { job } }: { readonly run: RecallRun }) {
  const progress = job?.progress
  const share = progress === undefined || progress.total === null ? undefined : progress.done / progress.total
  return (
    <div className={styles.progress} role="status">
      <ProgressBar label="Measuring" {...(share === undefined ? {} : { value: share })} />
      <span>
        {job?.state === 'queued' ? 'Waiting for its turn' : (progress?.note ?? 'Starting')}
        {progress !== undefined && progress.total !== null && ` · ${progress.done} of ${progress.total} queries`}
        {job !== undefined && ` · ${formatDuration(job.elapsedMs)}`}
      </span>
      {job !== undefined && <Button onClick={() => void cancelRecall(job.id)}>Cancel</Button>}
    </div>
  )
}
