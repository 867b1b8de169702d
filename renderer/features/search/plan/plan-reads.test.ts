import { expect, it } from 'vitest'
import type { PlanNode } from '#shared/model/search.ts'
import { planReads, readsText } from './plan-reads.ts'

const node = (name: string, figures: Partial<PlanNode> = {}, children: readonly PlanNode[] = []): PlanNode => ({
  name,
  detail: '',
  isIndex: false,
  metrics: {},
  children,
  ...figures,
})

it('adds up what every step read itself', () => {
  const partitions = node('ANNIvfPartition', { bytes: 4000, requests: 3 })
  const index = node('ANNSubIndex', { bytes: 150_000, requests: 10, partitions: 4 }, [partitions])
  const plan = node('UnionExec', {}, [node('LanceScan', { bytes: 8000, requests: 1 }), index])
  expect(planReads(plan)).toEqual({ bytes: 162_000, requests: 14, partitions: 4, isWhole: true })
  expect(readsText(planReads(plan))).toBe('4 partitions, 162 kB in 14 requests when run again')
})

it('says when some of it was not counted, or nothing was told', () => {
  const match = node('MatchQuery', { bytes: 0, requests: 0, partitions: 1, metrics: { parts_loaded: '1' } })
  expect(readsText(planReads(match))).toBe('at least 0 bytes in 0 requests when run again')
  const warm = node('MatchQuery', { bytes: 0, requests: 0, metrics: { parts_loaded: '0' } })
  expect(readsText(planReads(warm))).toBe('nothing read when run again: it was in memory')
  expect(planReads(node('EmptyExec'))).toBeUndefined()
  expect(readsText(undefined)).toBe('Lance tells no bytes for this search')
})
