import { describe, expect, it } from 'vitest'
import { chipText, elapsedMs, factsText, type KnownJob, orderJobs, progressShare, progressText } from './job-words.ts'

const job = (change: Partial<KnownJob>): KnownJob => ({
  id: 'a',
  operation: 'indices.create',
  title: 'Build IVF_PQ on vector',
  dataset: 'd',
  datasetName: 'docs',
  writes: true,
  state: 'running',
  queuedAt: '2026-11-26T10:00:00.000Z',
  elapsedMs: 4200,
  memoryLimitBytes: 4e9,
  heardAtMs: 1000,
  ...change,
})

describe('jobs in words', () => {
  it('names the one at work and counts the others', () => {
    const running = job({})
    const queued = job({ id: 'b', state: 'queued', title: 'Fold in', queuedAt: '2026-11-26T10:05:00.000Z' })
    const done = job({ id: 'c', state: 'done', queuedAt: '2026-11-26T10:09:00.000Z' })
    expect(orderJobs([done, queued, running]).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(chipText([done, queued, running])).toBe('2 jobs · Build IVF_PQ on vector')
    expect(chipText([done])).toBe('1 job ended')
    expect(chipText([done, job({ state: 'failed' })])).toBe('1 job failed')
    expect(chipText([])).toBeNull()
  })

  it('lets the clock go on while a job runs, and only then', () => {
    expect(elapsedMs(job({}), 3000)).toBe(6200)
    expect(elapsedMs(job({}), 0)).toBe(4200)
    expect(elapsedMs(job({ state: 'done' }), 9000)).toBe(4200)
  })

  it('shows progress only as far as it was measured', () => {
    expect(progressShare(undefined)).toBeUndefined()
    expect(progressShare({ done: 5, total: null, unit: 'bytes' })).toBeUndefined()
    expect(progressShare({ done: 5, total: 10, unit: 'steps' })).toBe(0.5)
    expect(progressText({ done: 0, total: null, unit: 'bytes', note: 'Training' })).toBe('Training')
    expect(progressText({ done: 3_100_000, total: null, unit: 'bytes' })).toBe('3.1 MB so far')
    expect(progressText({ done: 12, total: 600, unit: 'queries', note: 'Measuring' })).toBe(
      'Measuring · 12 of 600 queries',
    )
  })

  it('tells time, memory and versions in one line', () => {
    expect(factsText(job({ rssBytes: 2e8, versionBefore: 3 }), 2000)).toBe(
      'running · 5 s · 200 MB of at most 4 GB memory · from v3',
    )
    expect(factsText(job({ state: 'done', versionBefore: 3, versionAfter: 4 }), 0)).toBe('done · 4.2 s · v3 → v4')
    expect(factsText(job({ state: 'cancelled', versionBefore: 3, versionAfter: 3 }), 0)).toContain('v3, unchanged')
    expect(factsText(job({ state: 'queued', elapsedMs: 0 }), 0)).toBe('waiting for its turn')
  })
})
