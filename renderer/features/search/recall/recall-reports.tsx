import { useState } from 'react'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import type { RecallPoint, RecallReport } from '#shared/model/search.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Picker } from '../query/picker.tsx'
import { comparableReports, type KeptReport } from './kept-reports.ts'
import { RecallResult } from './recall-result.tsx'
import styles from './recall.module.css'
import { showReport, useShownReport } from './runs.ts'

export interface RecallReportsProps {
  readonly dataset: string
  /** Newest first, at least one. */
  readonly reports: readonly KeptReport[]
  readonly latestVersion: number
  readonly isRunning: boolean
  readonly onRepeat: (kept: KeptReport) => void
  readonly onUse: (report: RecallReport, point: RecallPoint) => void
  readonly onCompare: (report: RecallReport, point: RecallPoint, rowId: string) => void
}

/** One of the measurements kept, beside an older one of the same. */
export function RecallReports(props: RecallReportsProps) {
  const { dataset, reports, latestVersion, isRunning, onRepeat, onUse, onCompare } = props
  const shownAt = useShownReport(dataset)
  const [beforeAt, setBeforeAt] = useState<string | null>(null)
  const kept = reports.find(({ report }) => report.at === shownAt) ?? reports[0]
  if (kept === undefined) return null
  const { report } = kept
  const others = comparableReports(reports, report)
  const before = beforeAt === null ? others.find(({ at }) => at < report.at) : others.find(({ at }) => at === beforeAt)
  return (
    <>
      <div className={styles.reports}>
        <label className={styles.inline}>
          Measurement
          <Picker
            label="Measurement shown"
            value={report.at}
            options={reports.map((one) => ({ id: one.report.at, label: titleOf(one.report) }))}
            onChange={(at) => {
              setBeforeAt(null)
              showReport(dataset, at)
            }}
          />
        </label>
        {others.length > 0 && (
          <label className={styles.inline}>
            compared with
            <Picker
              label="Measurement to compare with"
              value={before?.at ?? ''}
              options={[{ id: '', label: 'none' }, ...others.map((one) => ({ id: one.at, label: titleOf(one) }))]}
              onChange={setBeforeAt}
            />
          </label>
        )}
        {kept.query !== undefined && (
          <Button disabled={isRunning} onClick={() => onRepeat(kept)}>
            Measure the same again on version {latestVersion}
          </Button>
        )}
      </div>
      <RecallResult
        key={report.at}
        dataset={dataset}
        report={report}
        before={before}
        onUse={(point) => onUse(report, point)}
        onCompare={(point, rowId) => onCompare(report, point, rowId)}
      />
    </>
  )
}

function titleOf({ column, k, version, at, filter }: RecallReport): string {
  return `${formatAbsoluteTime(at)} · version ${version} · ${column}, recall@${k}${filter === undefined ? '' : ', filtered'}`
}
