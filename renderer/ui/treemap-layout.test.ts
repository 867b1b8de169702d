import { describe, expect, it } from 'vitest'
import { layoutTreemap, neighbourTile, type TreemapNode, type TreemapTile } from './treemap-layout.ts'

const leaf = (id: string, value: number): TreemapNode => ({ id, label: id, value, sentence: `${id}: ${value}` })
const options = { width: 400, height: 300, limit: 100, describeRest: (count: number) => `${count} more` }
const area = ({ width, height }: TreemapTile): number => width * height

describe('layoutTreemap', () => {
  it('gives areas in proportion and no overlap', () => {
    const tiles = layoutTreemap([leaf('a', 300), leaf('b', 100), leaf('c', 0)], options)
    expect(tiles.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(area(tiles[0]!) / area(tiles[1]!)).toBeCloseTo(3, 1)
    expect(tiles[0]!.left + tiles[0]!.width).toBeLessThanOrEqual(tiles[1]!.left)
  })

  it('keeps leaves inside their group and hands down its colour', () => {
    const group: TreemapNode = {
      id: 'g',
      label: 'g',
      sentence: '',
      colour: 'red',
      children: [leaf('a', 1), leaf('b', 2)],
    }
    const [outer, ...inner] = layoutTreemap([group], options)
    expect(outer).toMatchObject({ kind: 'group', id: 'g', group: undefined })
    for (const tile of inner) {
      expect(tile).toMatchObject({ kind: 'leaf', colour: 'red', group: 'g' })
      expect(tile.top).toBeGreaterThan(outer!.top)
      expect(tile.left + tile.width).toBeLessThanOrEqual(outer!.left + outer!.width)
    }
  })

  it('draws at most so many leaves and folds the smaller ones without losing area', () => {
    const many = Array.from({ length: 5000 }, (_, index) => leaf(`n${index}`, index + 1))
    const tiles = layoutTreemap(many, options)
    expect(tiles).toHaveLength(101)
    const rest = tiles.find(({ kind }) => kind === 'rest')
    expect(rest).toMatchObject({ label: '4,900 smaller', sentence: '4900 more' })
    const share = area(rest!) / tiles.reduce((sum, tile) => sum + area(tile), 0)
    expect(share).toBeCloseTo((4900 * 4901) / (5000 * 5001), 1)
  })

  it('draws nothing for nothing', () => {
    expect(layoutTreemap([], options)).toEqual([])
    expect(layoutTreemap([leaf('a', 0)], options)).toEqual([])
    expect(layoutTreemap([leaf('a', 1)], { ...options, width: 0 })).toEqual([])
  })
})

describe('neighbourTile', () => {
  it('moves the way the arrow points', () => {
    const tiles = layoutTreemap([leaf('a', 1), leaf('b', 1), leaf('c', 1), leaf('d', 1)], { ...options, height: 400 })
    const at = (left: boolean, top: boolean) =>
      tiles.find((tile) => tile.left < 100 === left && tile.top < 100 === top)!
    expect(neighbourTile(tiles, at(true, true), 'ArrowRight')).toBe(at(false, true))
    expect(neighbourTile(tiles, at(true, true), 'ArrowDown')).toBe(at(true, false))
    expect(neighbourTile(tiles, at(true, true), 'ArrowUp')).toBeUndefined()
  })
})
