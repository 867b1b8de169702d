import { useMemo, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatCount, formatShortDuration } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import { cx } from '#renderer/ui/cx.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { type AskedSearch, usePlan } from '../results/use-search.ts'
import { type PlanLine, planLines } from './plan-lines.ts'
import styles from './plan.module.css'

const FORMS = [
  { id: 'tree', label: 'Tree' },
  { id: 'text', label: 'Raw text' },
] as const

/** How Lance runs the search: planned, or measured by running it again. */
export function PlanPane({ asked }: { readonly asked: AskedSearch }) {
  const [analyze, setAnalyze] = useState(true)
  const [form, setForm] = useState<(typeof FORMS)[number]['id']>('tree')
  const plan = usePlan(asked, analyze)
  const lines = useMemo(() => (plan.data === undefined ? [] : planLines(plan.data.tree)), [plan.data])
  return (
    <div className={styles.pane}>
      <div className={styles.bar}>
        <Segmented label="Form of the plan" options={FORMS} value={form} onChange={setForm} />
        <label className={styles.measure}>
          <input type="checkbox" checked={analyze} onChange={(event) => setAnalyze(event.target.checked)} />
          Run it and measure
        </label>
        <span className={styles.about}>
          The search for row ids; fetching the rows comes after it. Read it from the bottom up.
        </span>
        {plan.data !== undefined && <Button onClick={() => void copyText(plan.data.text, 'Plan')}>Copy text</Button>}
      </div>
      {plan.isError && (
        <ErrorNotice
          title="The plan could not be read"
          error={toErrorValue(plan.error)}
          onRetry={() => void plan.refetch()}
        />
      )}
      {plan.isPending && <LoadingState label="Planning" />}
      {plan.data !== undefined && form === 'text' && (
        <pre className={styles.text} tabIndex={0} aria-label="Plan as Lance prints it">
          {plan.data.text}
        </pre>
      )}
      {plan.data !== undefined && form === 'tree' && <PlanTable lines={lines} isMeasured={analyze} />}
    </div>
  )
}

function PlanTable({ lines, isMeasured }: { readonly lines: readonly PlanLine[]; readonly isMeasured: boolean }) {
  return (
    <div className={styles.scroller} tabIndex={0} aria-label="Plan">
      <table className={styles.table} role="treegrid" aria-label="Plan of the search">
        <thead>
          <tr>
            <th scope="col">Step</th>
            {isMeasured && (
              <>
                <th scope="col" className={styles.figure}>
                  Rows
                </th>
                <th scope="col" className={styles.figure}>
                  Read
                </th>
                <th scope="col" className={styles.figure}>
                  Requests
                </th>
                <th scope="col" className={styles.figure}>
                  Partitions
                </th>
                <th scope="col">Time of its own</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <PlanRow key={line.path} line={line} isMeasured={isMeasured} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PlanRow({
  line: { depth, node, share },
  isMeasured,
}: {
  readonly line: PlanLine
  readonly isMeasured: boolean
}) {
  const { name, about, detail, isIndex, index, rows, bytes, requests, partitions, computeMs } = node
  return (
    <tr aria-level={depth + 1} className={cx(isIndex && styles.index)}>
      <td style={{ paddingLeft: 10 + depth * 14 }}>
        <span className={styles.name}>{name}</span>
        {index !== undefined && <span className={styles.chip}>{index}</span>}
        {about !== undefined && <span className={styles.words}>{about}</span>}
        {detail !== '' && <div className={styles.detail}>{detail}</div>}
      </td>
      {isMeasured && (
        <>
          <td className={styles.figure}>{rows === undefined ? '' : formatCount(rows)}</td>
          <td className={styles.figure}>{bytes === undefined ? '' : formatBytes(bytes)}</td>
          <td className={styles.figure}>{requests === undefined ? '' : formatCount(requests)}</td>
          <td className={styles.figure}>{partitions === undefined ? '' : formatCount(partitions)}</td>
          <td className={styles.time}>
            {computeMs !== undefined && formatShortDuration(computeMs)}
            {share !== undefined && (
              <span className={styles.share} style={{ width: `${Math.max(1, share * 100)}px` }} />
            )}
          </td>
        </>
      )}
    </tr>
  )
}
