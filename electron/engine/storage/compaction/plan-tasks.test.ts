import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrow, makeTableFolder, tableOf, type TableFolder } from '../../lance/tables.fixture.ts'
import type { ManifestFragment } from '../../format/types.ts'
import { openStorage } from '../storage.fixture.ts'
import { NO_COVERAGE } from './coverage.ts'
import { planTasks, TARGET_ROWS } from './plan-tasks.ts'

function fragment(id: number, physicalRows: number, deletedRows = 0): ManifestFragment {
  const deletion = { type: 'arrow', readVersion: 1, id: 1n, deletedRows } as const
  return { id, physicalRows, files: [], ...(deletedRows === 0 ? {} : { deletion }) }
}

function plan(fragments: readonly ManifestFragment[], segments: readonly (readonly number[])[] = []) {
  const coverage = {
    indicesOf: (id: number) => segments.flatMap((ids, position) => (ids.includes(id) ? [position] : [])),
  }
  return planTasks(fragments, segments.length === 0 ? NO_COVERAGE : coverage).map((task) => task.map(({ id }) => id))
}

describe('a compaction plan', () => {
  it('joins neighbours that are too small, and leaves those alone that have none', () => {
    expect(plan([fragment(0, 5), fragment(1, 5)])).toEqual([[0, 1]])
    expect(plan([fragment(0, 5)])).toEqual([])
    expect(plan([fragment(0, 5), fragment(1, TARGET_ROWS), fragment(2, 5)])).toEqual([])
    expect(plan([fragment(0, TARGET_ROWS - 1), fragment(1, TARGET_ROWS), fragment(2, 5), fragment(3, 5)])).toEqual([
      [2, 3],
    ])
    expect(plan([])).toEqual([])
  })

  it('rewrites a fragment alone when more than a tenth of it is deleted', () => {
    expect(plan([fragment(0, 100, 10)])).toEqual([])
    expect(plan([fragment(0, 100, 11)])).toEqual([[0]])
    expect(plan([fragment(0, 10 * TARGET_ROWS, TARGET_ROWS)])).toEqual([])
    expect(plan([fragment(0, 10 * TARGET_ROWS, TARGET_ROWS + 1000)])).toEqual([[0]])
    expect(plan([fragment(0, 0)])).toEqual([])
  })

  it('does not join what different index segments cover', () => {
    const four = [0, 1, 2, 3].map((id) => fragment(id, 5))
    expect(plan(four, [[0, 1]])).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect(plan(four, [[0], [1], [2], [3]])).toEqual([])
    expect(plan(four, [[0, 1, 2, 3]])).toEqual([[0, 1, 2, 3]])
    // A fragment that needs nothing does not part its neighbours' index sets, it parts the neighbours.
    expect(plan([fragment(0, 5), fragment(1, 2 * TARGET_ROWS), fragment(2, 5)], [[1]])).toEqual([])
  })

  it('splits where both parts have rows enough', () => {
    const half = TARGET_ROWS / 2
    expect(plan([0, 1, 2].map((id) => fragment(id, half)))).toEqual([[0, 1, 2]])
    expect(plan([0, 1, 2, 3].map((id) => fragment(id, half)))).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect(plan([0, 1, 2, 3, 4].map((id) => fragment(id, half)))).toEqual([
      [0, 1],
      [2, 3, 4],
    ])
  })
})

describe('tables of millions of rows', () => {
  let folder: TableFolder
  beforeAll(async () => {
    folder = await makeTableFolder()
  })
  afterAll(() => folder.remove())

  it.each([
    [700_000, 700_000, 700_000],
    [900_000, 900_000, 900_000, 900_000],
    [1_100_000, 600_000, 600_000, 10],
  ])('are compacted as foretold (%i, %i, %i …)', async (...counts) => {
    const name = `t${counts.join('_')}`
    const rows = (count: number) => tableOf({ n: arrow.makeVector(new Int8Array(count)) })
    const table = await folder.create(name, rows(counts[0] ?? 0))
    for (const count of counts.slice(1)) await table.add(rows(count))
    const preview = await (await openStorage(folder.locate(name))).compaction()
    const { compaction } = await table.optimize({ cleanupOlderThan: new Date(0) })
    expect(await table.countRows()).toBe(counts.reduce((sum, count) => sum + count, 0))
    expect(preview.fragmentsRemoved).toBe(compaction.fragmentsRemoved)
    expect(preview.filesReplaced).toBe(compaction.filesRemoved)
    expect(preview.fragmentsAddedAtLeast).toBe(compaction.fragmentsAdded)
  })
})
