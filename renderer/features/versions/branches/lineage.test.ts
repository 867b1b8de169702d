import { describe, expect, it } from 'vitest'
import { type Lineage, toLineage } from './lineage.ts'

const branch = (name: string, parentVersion: number, latestVersion: number, parentBranch?: string) => ({
  name,
  parentVersion,
  latestVersion,
  ...(parentBranch === undefined ? {} : { parentBranch }),
})
const EMPTY = { branches: [], tags: [], newestOfMain: 15, shown: { version: 15 } }
const names = (lineage: Lineage) => lineage.lanes.map((lane) => lane.name)

describe('toLineage', () => {
  it('is one node for a dataset without branches and tags', () => {
    const lineage = toLineage(EMPTY)
    expect(names(lineage)).toEqual(['main'])
    expect(lineage.lanes[0]?.nodes).toEqual([
      { version: 15, column: 0, isNewest: true, isShown: true, tags: [], starts: [] },
    ])
  })

  it('puts later starts nearer to their parent, and children below their parent', () => {
    const lineage = toLineage({
      ...EMPTY,
      branches: [branch('early', 3, 6), branch('late', 9, 12), branch('late/two', 11, 11, 'late')],
    })
    expect(names(lineage)).toEqual(['main', 'late', 'late/two', 'early'])
    expect(lineage.lanes.map((lane) => lane.depth)).toEqual([0, 1, 2, 1])
    expect(lineage.versions).toEqual([3, 6, 9, 11, 12, 15])
    expect(lineage.lanes[2]?.start).toEqual({ lane: 1, column: 3 })
  })

  it('crosses no lines, whatever the branches', () => {
    // A branch's own versions begin where it starts, so its children start no earlier.
    const starts: number[] = []
    const branches = Array.from({ length: 40 }, (_, index) => {
      const parent = index % 3 === 0 ? undefined : Math.floor(index / 2)
      const start = (parent === undefined ? 1 : starts[parent]!) + ((index * 37) % 11)
      starts.push(start)
      return branch(`b${index}`, start, start + 50, parent === undefined ? undefined : `b${parent}`)
    })
    const { lanes } = toLineage({ ...EMPTY, branches, newestOfMain: 300 })
    lanes.forEach((lane, index) => {
      if (lane.start === null) return
      for (let between = lane.start.lane + 1; between < index; between++) {
        const begins = lanes[between]?.start?.column
        if (begins !== undefined) expect(begins).toBeGreaterThanOrEqual(lane.start.column)
      }
    })
  })

  it('draws tags, starts and the version on screen where they are', () => {
    const { lanes } = toLineage({
      branches: [branch('dev', 7, 9)],
      tags: [
        { name: 'v1', version: 7 },
        { name: 'try', version: 8, branch: 'dev' },
      ],
      newestOfMain: 15,
      shown: { branch: 'dev', version: 9 },
    })
    expect(lanes[0]?.nodes.map((node) => [node.version, node.tags, node.starts])).toEqual([
      [7, ['v1'], ['dev']],
      [15, [], []],
    ])
    expect(lanes[1]?.nodes.map((node) => [node.version, node.isShown, node.isNewest])).toEqual([
      [8, false, false],
      [9, true, true],
    ])
  })

  it('draws the tags of the newest versions where there are too many', () => {
    const tags = Array.from({ length: 1000 }, (_, index) => ({ name: `t${index}`, version: index + 1 }))
    const lineage = toLineage({ ...EMPTY, tags, newestOfMain: 1000, shown: { version: 1000 } })
    expect(lineage.tagsLeftOut).toBe(800)
    expect(lineage.versions).toHaveLength(200)
    expect(lineage.versions[0]).toBe(801)
  })

  it('keeps branches whose parent is gone, that cannot be read, or that form a ring', () => {
    const lineage = toLineage({
      ...EMPTY,
      branches: [
        branch('orphan', 3, 4, 'gone'),
        { ...branch('bad', 0, 0), problem: 'Not JSON.' },
        branch('a', 1, 2, 'b'),
        branch('b', 1, 2, 'a'),
      ],
    })
    expect(names(lineage).toSorted()).toEqual(['a', 'b', 'bad', 'main', 'orphan'])
    expect(lineage.lanes.find((lane) => lane.name === 'orphan')?.start).toBeNull()
    expect(lineage.lanes.find((lane) => lane.name === 'bad')?.nodes).toEqual([])
  })
})
