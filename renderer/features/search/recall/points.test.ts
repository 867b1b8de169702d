import { describe, expect, it } from 'vitest'
import type { RecallReport } from '#shared/model/search.ts'
import {
  byRecall,
  deltaText,
  frontier,
  logTicks,
  onLogAxis,
  paramsText,
  pointBefore,
  recallLevels,
  worstQueries,
} from './points.ts'

const point = (nprobes: number, perQuery: readonly number[]) => ({
  params: { nprobes },
  recall: 0.5,
  lowerBound: 0.4,
  upperBound: 0.6,
  p50Ms: 1,
  p95Ms: 2,
  perQuery,
})
const report: RecallReport = {
  column: 'v',
  k: 10,
  metric: 'l2',
  index: 'v_idx',
  version: 3,
  rows: 100,
  unindexedRows: 0,
  queries: 4,
  queryRows: ['11', '22', '33', '44'],
  points: [point(1, [1, 0.2, 0.9, 0.2]), point(5, [1, 1, 1, 1])],
  exactP50Ms: 9,
  exactP95Ms: 10,
  elapsedMs: 1,
  at: '2026-11-26T00:00:00Z',
}

describe('points of a recall sweep', () => {
  it('are named by their settings', () => {
    expect(paramsText({ nprobes: 3, refine: 5 })).toBe('nprobes 3, refine 5')
    expect(paramsText({})).toBe('as it is')
  })

  it('are found again in an older report', () => {
    expect(pointBefore(point(5, []), report)).toBe(report.points[1])
    expect(pointBefore(point(7, []), report)).toBeUndefined()
  })

  it('show the queries they answer worst, with the rows they came from', () => {
    expect(worstQueries(report, report.points[0]!, 2)).toEqual([
      { query: 1, recall: 0.2, rowId: '22' },
      { query: 3, recall: 0.2, rowId: '44' },
    ])
    expect(worstQueries(report, report.points[1]!, 2)).toEqual([])
  })

  it('are sorted by recall, and the faster first where it is the same', () => {
    const at = (recall: number, p50Ms: number) => ({ ...point(1, []), recall, p50Ms })
    expect(byRecall([at(0.5, 1), at(0.9, 8), at(0.9, 4)])).toEqual([2, 1, 0])
  })

  it('have a frontier of those worth their time', () => {
    const at = (recall: number, p50Ms: number) => ({ ...point(1, []), recall, p50Ms })
    const all = [at(0.9, 5), at(0.5, 1), at(0.4, 2), at(0.9, 7), at(0.6, 1)]
    expect(frontier(all).map(({ recall, p50Ms }) => [recall, p50Ms])).toEqual([
      [0.6, 1],
      [0.9, 5],
    ])
    expect(frontier([])).toEqual([])
  })

  it('stand on a round axis of recall', () => {
    expect(recallLevels(0.7)).toEqual([0.7, 0.8, 0.9, 1])
    expect(recallLevels(0.8)).toEqual([0.8, 0.85, 0.9, 0.95, 1])
    expect(recallLevels(0)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  })

  it('differ by percentage points', () => {
    expect([deltaText(0.95, 0.938), deltaText(0.9, 0.95), deltaText(0.5, 0.50001)]).toEqual(['+1.2', '−5', '±0'])
  })

  it('stand on a logarithmic axis', () => {
    expect(onLogAxis(10, 1, 100)).toBeCloseTo(0.5)
    expect(onLogAxis(3, 3, 3)).toBe(0.5)
    expect(logTicks(0.4, 12)).toEqual([0.5, 1, 2, 5, 10])
    expect(logTicks(0.55, 1.3)).toEqual([0.6, 0.7, 0.8, 0.9, 1, 1.2])
  })
})
