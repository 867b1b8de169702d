import { useState } from 'react'
import { formatCount, formatDuration, formatNoun, formatShortDuration } from '#shared/model/format.ts'
import type { RecallPoint, RecallReport } from '#shared/model/search.ts'
import { showView } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import { cx } from '#renderer/ui/cx.ts'
import { byRecall, deltaText, paramsText, pointBefore, worstQueries } from './points.ts'
import { RecallChart } from './recall-chart.tsx'
import styles from './recall.module.css'

export interface RecallResultProps {
  readonly dataset: string
  readonly report: RecallReport
  readonly before: RecallReport | undefined
  readonly onUse: (point: RecallPoint) => void
  /** Shows what the index and exact search answer to one query. */
  readonly onCompare: (point: RecallPoint, rowId: string) => void
}

const WORST = 8

/** The curve, every point, and where the chosen point fails. */
export function RecallResult({ dataset, report, before, onUse, onCompare }: RecallResultProps) {
  const [chosen, setChosen] = useState(report.knee ?? 0)
  const at = Math.min(chosen, report.points.length - 1)
  const point = report.points[at]
  if (point === undefined) return null
  const worst = worstQueries(report, point, WORST)
  return (
    <div className={styles.result}>
      <p className={styles.statement}>{statement(report)}</p>
      {report.index === null && (
        <p className={styles.statement}>
          {report.column} has no index that answers: every search is exact and recall is 1.{' '}
          <Button kind="link" onClick={() => showView(dataset, 'indices')}>
            See Indices
          </Button>
        </p>
      )}
      <div className={styles.halves}>
        <RecallChart report={report} before={before} chosen={at} onChoose={setChosen} />
        <section className={styles.point} aria-label="Chosen point">
          <h3>{paramsText(point.params)}</h3>
          <p>
            recall@{report.k} <b>{percent(point.recall)}</b> ({percent(point.lowerBound)} to {percent(point.upperBound)}
            , 95 % of samples) in {formatShortDuration(point.p50Ms)}, {factor(report.exactP50Ms / point.p50Ms)} of exact
            search.
            {at === report.knee && ' This is the knee: beyond it more recall costs ever more time.'}
          </p>
          <div className={styles.actions}>
            <Button onClick={() => onUse(point)}>Use in Search</Button>
            <Button onClick={() => void copyText(JSON.stringify(point.params), 'Settings')}>Copy settings</Button>
          </div>
          <h4>Worst answered queries</h4>
          {worst.length === 0 && (
            <p>
              {point.perQuery.length === 0
                ? 'The recall of every query was too long to be remembered. Measure again to see it.'
                : `Every query found all of its ${report.k} rows.`}
            </p>
          )}
          <ul className={styles.worst}>
            {worst.map(({ query, recall, rowId }) => (
              <li key={query}>
                {percent(recall)} · {rowId === undefined ? `vector ${query + 1}` : `row ${rowId}`}
                {rowId !== undefined && (
                  <Button
                    kind="link"
                    aria-label={`Index against exact search for row ${rowId}`}
                    onClick={() => onCompare(point, rowId)}
                  >
                    index against exact
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      </div>
      <PointsTable report={report} before={before} chosen={at} onChoose={setChosen} />
    </div>
  )
}

function PointsTable({
  report,
  before,
  chosen,
  onChoose,
}: Pick<RecallResultProps, 'report' | 'before'> & {
  readonly chosen: number
  readonly onChoose: (index: number) => void
}) {
  return (
    <table className={styles.table} aria-label="Points of the sweep">
      <thead>
        <tr>
          <th scope="col">Settings</th>
          <th scope="col">recall@{report.k}</th>
          <th scope="col">95 % interval</th>
          {before !== undefined && <th scope="col">before (version {before.version})</th>}
          <th scope="col">median</th>
          <th scope="col">95th percentile</th>
          <th scope="col">against exact</th>
        </tr>
      </thead>
      <tbody>
        {byRecall(report.points).map((index) => {
          const point = report.points[index]
          if (point === undefined) return null
          const older = pointBefore(point, before)
          return (
            <tr key={paramsText(point.params)} className={cx(index === chosen && styles.chosen)}>
              <td>
                <Button kind="link" onClick={() => onChoose(index)}>
                  {paramsText(point.params)}
                </Button>
                {index === report.knee && ' · knee'}
              </td>
              <td>{percent(point.recall)}</td>
              <td>
                {percent(point.lowerBound)} – {percent(point.upperBound)}
              </td>
              {before !== undefined && (
                <td>
                  {older === undefined ? '–' : `${percent(older.recall)} (${deltaText(point.recall, older.recall)})`}
                </td>
              )}
              <td>{formatShortDuration(point.p50Ms)}</td>
              <td>{formatShortDuration(point.p95Ms)}</td>
              <td>{factor(report.exactP50Ms / point.p50Ms)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function statement({
  queries,
  queryRows,
  version,
  rows,
  unindexedRows,
  index,
  metric,
  filter,
  elapsedMs,
  column,
}: RecallReport): string {
  const source = queryRows === undefined ? 'vectors given' : 'rows drawn by chance'
  const by = index === null ? `no index on ${column}: every search is exact` : `${index}, ${metric} distance`
  const outside = unindexedRows > 0 ? `, ${formatCount(unindexedRows)} of them outside the index` : ''
  const where = filter === undefined ? '' : `, where ${filter}`
  return `${formatNoun(queries, 'query', 'queries')} from ${source} · ${by} · version ${version}, ${formatNoun(rows, 'row')}${outside}${where} · measured in ${formatDuration(elapsedMs)}.`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}

function factor(times: number): string {
  return times >= 1 ? `${times.toFixed(1)}× the speed` : `${(1 / times).toFixed(1)}× the time`
}
