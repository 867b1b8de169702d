import { formatShortDuration } from '#shared/model/format.ts'
import type { RecallPoint, RecallReport } from '#shared/model/search.ts'
import { cx } from '#renderer/ui/cx.ts'
import { frontier, logTicks, onLogAxis, paramsText, recallLevels } from './points.ts'
import styles from './recall.module.css'

export interface RecallChartProps {
  readonly report: RecallReport
  readonly before: RecallReport | undefined
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

const WIDTH = 640
const HEIGHT = 300
const EDGE = { left: 46, right: 14, top: 12, bottom: 38 }

/** Recall over time a query, time on a logarithmic axis. The line joins the points worth their time; all can be chosen. */
export function RecallChart({ report, before, chosen, onChoose }: RecallChartProps) {
  const times = [...report.points, ...(before?.points ?? [])].map(({ p50Ms }) => p50Ms)
  const least = Math.min(...times, report.exactP50Ms) * 0.9
  const most = Math.max(...times, report.exactP50Ms) * 1.1
  const floor = Math.max(0, Math.floor(Math.min(...report.points.map(({ lowerBound }) => lowerBound)) * 10) / 10 - 0.1)
  const x = (ms: number): number => EDGE.left + onLogAxis(ms, least, most) * (WIDTH - EDGE.left - EDGE.right)
  const y = (recall: number): number =>
    HEIGHT - EDGE.bottom - ((recall - floor) / (1 - floor)) * (HEIGHT - EDGE.top - EDGE.bottom)
  const lineOf = (points: readonly RecallPoint[]): string =>
    frontier(points)
      .map(({ p50Ms, recall }) => `${x(p50Ms)},${y(recall)}`)
      .join(' ')
  const levels = recallLevels(floor)
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label="Recall over time a query">
      {levels.map((level) => (
        <g key={level}>
          <line className={styles.rule} x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(level)} y2={y(level)} />
          <text className={styles.label} x={EDGE.left - 6} y={y(level) + 4} textAnchor="end">
            {(level * 100).toFixed(0)}%
          </text>
        </g>
      ))}
      {logTicks(least, most).map((ms) => (
        <text key={ms} className={styles.label} x={x(ms)} y={HEIGHT - 23} textAnchor="middle">
          {formatShortDuration(ms)}
        </text>
      ))}
      <line
        className={styles.exact}
        x1={x(report.exactP50Ms)}
        x2={x(report.exactP50Ms)}
        y1={EDGE.top}
        y2={HEIGHT - EDGE.bottom}
      />
      <text className={styles.label} x={WIDTH - EDGE.right} y={HEIGHT - 5} textAnchor="end">
        median time of a query, logarithmic
      </text>
      <text className={styles.label} x={x(report.exactP50Ms) - 4} y={EDGE.top + 10} textAnchor="end">
        exact
      </text>
      {before !== undefined && <polyline className={styles.older} points={lineOf(before.points)} />}
      <polyline className={styles.curve} points={lineOf(report.points)} />
      {report.points.map((point, index) => (
        <g key={paramsText(point.params)}>
          <line
            className={styles.interval}
            x1={x(point.p50Ms)}
            x2={x(point.p50Ms)}
            y1={y(Math.max(floor, point.lowerBound))}
            y2={y(point.upperBound)}
          />
          <circle
            className={cx(styles.dot, index === report.knee && styles.knee, index === chosen && styles.chosenDot)}
            cx={x(point.p50Ms)}
            cy={y(point.recall)}
            r={index === chosen ? 6 : 4.5}
            role="button"
            tabIndex={0}
            aria-pressed={index === chosen}
            aria-label={`${paramsText(point.params)}: recall ${(point.recall * 100).toFixed(1)}%, ${formatShortDuration(point.p50Ms)}${index === report.knee ? ', the knee' : ''}`}
            onClick={() => onChoose(index)}
            onFocus={() => onChoose(index)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== ' ') return
              event.preventDefault()
              onChoose(index)
            }}
          >
            <title>{`${paramsText(point.params)} · ${(point.recall * 100).toFixed(1)}% · ${formatShortDuration(point.p50Ms)}`}</title>
          </circle>
          {index === report.knee && (
            <text className={styles.label} x={x(point.p50Ms)} y={y(point.recall) + 18} textAnchor="middle">
              knee
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}
