import { expect, it } from 'vitest'
import type { PlanNode } from '#shared/model/search.ts'
import { planLines } from './plan-lines.ts'

const node = (name: string, children: readonly PlanNode[] = [], computeMs?: number): PlanNode => ({
  name,
  detail: '',
  isIndex: false,
  metrics: {},
  children,
  ...(computeMs === undefined ? {} : { computeMs }),
})

it('lists nodes with their depth and their part of the longest time', () => {
  const lines = planLines(node('A', [node('B', [node('C', [], 4)], 1), node('D')]))
  expect(lines.map(({ node: { name }, depth, path, share }) => [name, depth, path, share])).toEqual([
    ['A', 0, '0', undefined],
    ['B', 1, '0.0', 0.25],
    ['C', 2, '0.0.0', 1],
    ['D', 1, '0.1', undefined],
  ])
  expect(planLines(node('A'))[0]).not.toHaveProperty('share')
})
