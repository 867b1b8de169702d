import type { RecallReport } from '#shared/model/search.ts'
import type { RecallQuery } from './form.ts'

/** A measurement that is remembered, with what was asked, so that it can be made again. */
export interface KeptReport {
  readonly report: RecallReport
  /** Absent where the vectors given were too long to keep. */
  readonly query?: RecallQuery
}

/** Reports remembered of a dataset. */
export const REPORTS_MAX = 10
/** Characters of all of them together; a setting may have 256 KiB. */
const KEPT_MAX = 200_000
/** One report gets no more than this: the recall of every query, then the question itself, are left out before. */
const ONE_MAX = 60_000

/** The list with a report in front, bounded in number and size; the oldest go. */
export function withReport(list: readonly KeptReport[], kept: KeptReport): readonly KeptReport[] {
  const others = list.filter(({ report }) => report.at !== kept.report.at)
  const next: KeptReport[] = []
  let length = 0
  for (const one of [shortened(kept), ...others].slice(0, REPORTS_MAX)) {
    length += JSON.stringify(one).length
    if (length > KEPT_MAX) break
    next.push(one)
  }
  return next
}

/** The other reports of what one measured: the same column, k and filter. Newest first. */
export function comparableReports(list: readonly KeptReport[], shown: RecallReport): readonly RecallReport[] {
  return list
    .map(({ report }) => report)
    .filter(
      (one) => one.at !== shown.at && one.column === shown.column && one.k === shown.k && one.filter === shown.filter,
    )
}

/** Reads what was saved; what is not a report is left out. Setting `recall:<handle>`. */
export function parseReports(saved: unknown): readonly KeptReport[] {
  if (!Array.isArray(saved)) return []
  return saved.filter((one): one is KeptReport => isRecord(one) && isReport(one['report'])).slice(0, REPORTS_MAX)
}

function shortened(kept: KeptReport): KeptReport {
  if (JSON.stringify(kept).length <= ONE_MAX) return kept
  const { queryRows: _rows, ...report } = kept.report
  const points = report.points.map((point) => ({ ...point, perQuery: [] }))
  const short = { ...kept, report: { ...report, points } }
  return JSON.stringify(short).length <= ONE_MAX ? short : { report: short.report }
}

function isReport(value: unknown): boolean {
  if (!isRecord(value)) return false
  const { column, at, k, version, exactP50Ms, points } = value
  return (
    typeof column === 'string' &&
    typeof at === 'string' &&
    [k, version, exactP50Ms].every((number) => typeof number === 'number') &&
    Array.isArray(points) &&
    points.every(
      (point) =>
        isRecord(point) &&
        isRecord(point['params']) &&
        Array.isArray(point['perQuery']) &&
        [point['recall'], point['p50Ms'], point['lowerBound'], point['upperBound'], point['p95Ms']].every(
          (number) => typeof number === 'number',
        ),
    )
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
