import { Download, ShieldCheck, Stethoscope } from 'lucide-react'
import { useState } from 'react'
import type { RepairOffer } from '#shared/model/doctor.ts'
import { formatDuration, formatNoun } from '#shared/model/format.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import { baseName } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { downloadText, fileNameOf } from '#renderer/ui/download.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import styles from './doctor.module.css'
import { FindingList } from './findings/finding-list.tsx'
import { RepairDialog } from './repair/repair-dialog.tsx'
import { RepairOutcome } from './repair/repair-outcome.tsx'
import { cancelCheck, type CheckRun, startCheck, useCheckRun } from './state/runs.ts'
import { COSTS, verdict } from './words.ts'

export interface DoctorPanelProps {
  readonly location: string
  /** Why nothing can be written to the dataset; undefined when it can, or when that is not known. */
  readonly refusal: string | undefined
  /** Said above the findings, where the tab shows something else than what is checked. */
  readonly note?: string | undefined
}

/** Check, findings and repairs of one dataset, open or not. */
export function DoctorPanel({ location, refusal, note }: DoctorPanelProps) {
  const run = useCheckRun(location)
  const [offer, setOffer] = useState<RepairOffer | null>(null)
  return (
    <div className={styles.panel}>
      <CheckBar location={location} run={run} />
      <div className={styles.body}>
        <RepairOutcome location={location} />
        {note !== undefined && <p className={styles.warn}>{note}</p>}
        {run === undefined && (
          <EmptyState icon={<Stethoscope aria-hidden />} title="Not checked in this window yet">
            A check only reads. It names what is broken, what to do about it, and what can be repaired from here.
          </EmptyState>
        )}
        {run?.kind === 'failed' && (
          <ErrorNotice
            layout="line"
            title="The check could not be finished"
            error={run.error}
            onRetry={() => void startCheck(location, run.deep)}
          />
        )}
        {run !== undefined && <Found run={run} location={location} refusal={refusal} onRepair={setOffer} />}
      </div>
      {offer !== null && (
        <RepairDialog location={location} offer={offer} refusal={refusal} onClose={() => setOffer(null)} />
      )}
    </div>
  )
}

function CheckBar({ location, run }: { readonly location: string; readonly run: CheckRun | undefined }) {
  const isRunning = run?.kind === 'running'
  return (
    <section className={styles.bar} aria-label="Check">
      <div className={styles.choice}>
        <Button
          kind={run === undefined ? 'primary' : 'plain'}
          disabled={isRunning}
          onClick={() => void startCheck(location, false)}
        >
          Quick check
        </Button>
        <p className={styles.cost}>{COSTS.quick}</p>
      </div>
      <div className={styles.choice}>
        <Button disabled={isRunning} onClick={() => void startCheck(location, true)}>
          Deep check
        </Button>
        <p className={styles.cost}>{COSTS.deep}</p>
      </div>
      {isRunning && <Running run={run} onCancel={() => cancelCheck(location)} />}
    </section>
  )
}

interface RunningProps {
  readonly run: Extract<CheckRun, { readonly kind: 'running' }>
  readonly onCancel: () => void
}

function Running({ run: { progress, deep, findings }, onCancel }: RunningProps) {
  const share = progress === undefined || progress.total <= 0 ? undefined : Math.min(1, progress.done / progress.total)
  return (
    <div className={styles.running}>
      <div className={styles.runningLine}>
        <span role="status" aria-label="Check in progress">
          <b>{deep ? 'Deep check' : 'Quick check'}</b> {progress?.note ?? 'Starting'}
          {findings.length > 0 && <span className={styles.quiet}> · so far: {verdict(findings).toLowerCase()}</span>}
        </span>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
      <ProgressBar label="Progress of the check" {...(share === undefined ? {} : { value: share })} />
    </div>
  )
}

interface FoundProps extends DoctorPanelProps {
  readonly run: CheckRun
  readonly onRepair: (offer: RepairOffer) => void
}

function Found({ run, location, refusal, onRepair }: FoundProps) {
  const isWell = run.kind === 'done' && run.report.status === 'pass'
  return (
    <>
      {run.kind !== 'running' && <Summary run={run} location={location} />}
      {refusal !== undefined && !isWell && (
        <p className={styles.warn}>{refusal} Repairs that change it are switched off.</p>
      )}
      {isWell && (
        <p className={styles.well}>
          <ShieldCheck aria-hidden />
          Nothing is broken
          {run.deep ? ', down to every page' : '. What only reading every value can tell, a deep check tells'}.
        </p>
      )}
      <FindingList findings={run.findings} location={location} refusal={refusal} onRepair={onRepair} />
    </>
  )
}

function Summary({
  run,
  location,
}: {
  readonly run: Exclude<CheckRun, { kind: 'running' }>
  readonly location: string
}) {
  if (run.kind !== 'done') {
    return (
      <div className={styles.summary}>
        <p role="status" aria-label="Result of the check">
          <b>{run.kind === 'cancelled' ? 'Cancelled' : 'Not finished'}</b>
          {' · '}
          {run.findings.length === 0
            ? 'Nothing was found so far.'
            : 'What was found until then is below; what was not looked at is not in it.'}
        </p>
      </div>
    )
  }
  const { report, endedAtMs } = run
  const { version, filesChecked, rowsRead, elapsedMs, deep } = report
  const facts = [
    version === undefined ? 'no version reads' : `v${version}`,
    `${formatNoun(filesChecked, 'file')} checked`,
    ...(deep ? [`${formatNoun(rowsRead, 'row')} read`] : []),
    formatDuration(elapsedMs),
    formatAbsoluteTime(new Date(endedAtMs).toISOString()),
  ]
  return (
    <div className={styles.summary}>
      <p role="status" aria-label="Result of the check">
        <b data-status={report.status}>{verdict(report.findings)}</b> · {deep ? 'deep' : 'quick'} check ·{' '}
        {facts.join(' · ')}
      </p>
      <Button kind="ghost" onClick={() => exportReport(location, report)}>
        <Download aria-hidden />
        Report as JSON
      </Button>
    </div>
  )
}

function exportReport(location: string, report: object): void {
  const name = `${fileNameOf(baseName(location), 'dataset')}-doctor.json`
  downloadText(`${JSON.stringify(report, null, 2)}\n`, name, 'application/json')
}
