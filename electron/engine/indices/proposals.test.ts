import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { IndexProposal } from '#shared/model/index-entry.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { IndexColumn } from './columns.ts'
import { retryConflicts } from './optimize-task.ts'
import { proposeIndices } from './proposals.ts'

const field = (logicalType: string): SchemaField => ({
  id: 0,
  name: 'c',
  type: logicalType,
  logicalType,
  kind: 'unknown',
  nullable: true,
  metadata: {},
  children: [],
})

const scalar = (logicalType: string): IndexColumn => ({ path: 'c', sql: '`c`', field: field(logicalType) })
const vector = (dimension: number, isBytes = false): IndexColumn => ({
  ...scalar(`fixed_size_list:float:${dimension}`),
  vector: { dimension, elementBytes: isBytes ? 1 : 4, isMulti: false, isBytes },
})
const best = (proposals: readonly IndexProposal[]) => proposals.find((it) => it.recommended)
const of = (proposals: readonly IndexProposal[], type: string) => proposals.find((it) => it.type === type)

describe('proposals for vectors', () => {
  it('grow with the rows: nothing, whole vectors, codes', () => {
    expect(best(proposeIndices({ column: vector(128), rows: 4999 }))).toBeUndefined()
    expect(best(proposeIndices({ column: vector(128), rows: 5000 }))?.type).toBe('IVF_FLAT')
    expect(best(proposeIndices({ column: vector(128), rows: 1_000_000 }))).toMatchObject({
      type: 'IVF_PQ',
      params: { metric: 'l2', numPartitions: 1000, numSubVectors: 16 },
    })
    expect(best(proposeIndices({ column: vector(8, true), rows: 1_000_000 }))?.type).toBe('IVF_FLAT')
  })

  it('give back what was measured where they rest on it', () => {
    const proposals = proposeIndices({ column: vector(128), rows: 100_000 })
    const within = (type: string, bytes: number) =>
      expect(Math.abs((of(proposals, type)?.estimatedBytes ?? 0) / bytes - 1)).toBeLessThan(0.05)
    within('IVF_FLAT', 51.5e6)
    within('IVF_PQ', 2.0e6)
    within('IVF_RQ', 3.05e6)
    within('HNSW_SQ', 34e6)
    within('HNSW_PQ', 22.7e6)
  })

  it('have sub-vectors that divide, and no rotation of odd lengths', () => {
    const proposals = proposeIndices({ column: vector(30), rows: 200_000 })
    expect(of(proposals, 'IVF_PQ')?.params.numSubVectors).toBe(6)
    expect(of(proposals, 'IVF_RQ')?.refused).toContain('multiple of 8')
  })
})

describe('proposals for values', () => {
  it('follow how often values repeat and how many words a text has', () => {
    const text = (distinct: number, meanWords: number) =>
      proposeIndices({
        column: scalar('string'),
        rows: 100_000,
        sample: { sampledRows: 20_000, distinct, meanWords },
      })
    expect(best(text(20, 1))?.type).toBe('BITMAP')
    expect(best(text(20_000, 1))?.type).toBe('BTREE')
    expect(best(text(20_000, 20))).toMatchObject({ type: 'FTS', estimatedBytes: 6_900_000, estimatedSeconds: 0.54 })
    expect(of(text(20_000, 1), 'BITMAP')?.warning).toContain('hardly repeat')
    expect(of(text(20, 1), 'FM')).toMatchObject({ estimatedBytes: null, warning: expect.stringContaining('25 s') })
  })

  it('recommend nothing where nothing fits', () => {
    const sample = { sampledRows: 20_000, distinct: 20_000, meanWords: 1 }
    expect(best(proposeIndices({ column: scalar('large_string'), rows: 100_000, sample }))).toBeUndefined()
    const proposals = proposeIndices({ column: scalar('decimal:128:20:3'), rows: 100_000 })
    expect(proposals.every(({ refused }) => refused !== undefined)).toBe(true)
  })
})

describe('a commit in conflict', () => {
  const conflict = new AppError({ code: 'commit-conflict', message: 'Another program was faster.' })
  const idle = new AbortController().signal

  it('is tried three times at most, and other failures once', async () => {
    let tries = 0
    const failing = (error: Error, failures: number) => async () => {
      if (++tries <= failures) throw error
      return tries
    }
    expect(await retryConflicts(idle, failing(conflict, 2))).toBe(3)
    tries = 0
    await expect(retryConflicts(idle, failing(conflict, 3))).rejects.toBe(conflict)
    expect(tries).toBe(3)
    tries = 0
    const other = new Error('other')
    await expect(retryConflicts(idle, failing(other, 1))).rejects.toBe(other)
    expect(tries).toBe(1)
  })
})
