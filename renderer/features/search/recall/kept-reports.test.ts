import { describe, expect, it } from 'vitest'
import type { RecallReport } from '#shared/model/search.ts'
import { comparableReports, type KeptReport, parseReports, REPORTS_MAX, withReport } from './kept-reports.ts'

function kept(at: number, change: Partial<RecallReport> = {}, queries = 2): KeptReport {
  const point = { params: { nprobes: 1 }, recall: 0.5, lowerBound: 0.4, upperBound: 0.6, p50Ms: 1, p95Ms: 2 }
  const report: RecallReport = {
    column: 'v',
    k: 10,
    metric: 'l2',
    index: 'v_idx',
    version: at,
    rows: 100,
    unindexedRows: 0,
    queries,
    queryRows: Array.from({ length: queries }, (_, i) => String(i)),
    points: [{ ...point, perQuery: Array.from({ length: queries }, () => 0.123456789) }],
    exactP50Ms: 9,
    exactP95Ms: 10,
    elapsedMs: 1,
    at: `2026-11-26T00:00:${String(at).padStart(2, '0')}Z`,
    ...change,
  }
  return { report, query: { column: 'v', k: 10, queries: { sample: queries, seed: 1 }, sweep: {} } }
}

describe('kept reports', () => {
  it('are the last ten, newest first', () => {
    const list = Array.from({ length: 14 }, (_, at) => kept(at)).reduce<readonly KeptReport[]>(withReport, [])
    expect(list).toHaveLength(REPORTS_MAX)
    expect(list[0]?.report.version).toBe(13)
    expect(withReport(list, kept(13))).toHaveLength(REPORTS_MAX)
  })

  it('lose the recall of every query when that is too long', () => {
    const [one] = withReport([], kept(1, {}, 10_000))
    expect(one?.report.points[0]?.perQuery).toEqual([])
    expect(one?.report.queryRows).toBeUndefined()
    expect(one?.query).toBeDefined()
  })

  it('lose a question that is too long to be asked again', () => {
    const vectors = Array.from({ length: 100 }, () => Array.from({ length: 1000 }, () => 0.5))
    const [one] = withReport([], { ...kept(1), query: { column: 'v', k: 10, queries: { vectors }, sweep: {} } })
    expect(one).toBeDefined()
    expect(one?.query).toBeUndefined()
  })

  it('are compared with those of the same column, k and filter', () => {
    const list = [kept(4), kept(3, { filter: 'a' }), kept(2, { k: 5 }), kept(1)]
    expect(comparableReports(list, list[0]!.report).map(({ version }) => version)).toEqual([1])
  })

  it('come back from JSON, and nothing else does', () => {
    const list = [kept(2), kept(1)]
    expect(parseReports(JSON.parse(JSON.stringify([...list, { report: { column: 'v' } }, null])))).toEqual(list)
    expect(parseReports({})).toEqual([])
  })
})
