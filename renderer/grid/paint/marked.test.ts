import { describe, expect, it } from 'vitest'
import { Brush } from './brush.ts'
import { paintCell } from './cell.ts'
import { fitMarked } from './marked.ts'
import type { GridTheme } from './theme.ts'
import { ThumbnailCache } from './thumbnail-cache.ts'

/** Letters 10 px wide. Records what is filled and written. */
function makeBrush() {
  const fills: { readonly color: string; readonly x: number; readonly width: number }[] = []
  const texts: string[] = []
  let fillStyle = ''
  const context = {
    set fillStyle(color: string) {
      fillStyle = color
    },
    measureText: (text: string) => ({ width: text.length * 10 }),
    fillRect: (x: number, _y: number, width: number) => fills.push({ color: fillStyle, x, width }),
    fillText: (text: string) => texts.push(text),
  }
  const theme = { hit: 'hit', warn: 'warn', fg: 'fg', fg3: 'fg3' } as GridTheme
  return { brush: new Brush(context as unknown as CanvasRenderingContext2D, theme), fills, texts }
}

const fit = (text: string, ranges: readonly (readonly [number, number])[], room: number) =>
  fitMarked(makeBrush().brush, { text, ranges }, room, 'textFont')

describe('fitMarked', () => {
  it('leaves a text that fits', () =>
    expect(fit('a red fox', [[2, 5]], 200)).toEqual({ text: 'a red fox', width: 90, ranges: [[2, 5]], hasMore: false }))

  it('begins near a range that would be out of sight', () => {
    const text = `${'word '.repeat(40)}red fox and so on`
    const shown = fit(text, [[200, 203]], 260)
    expect(shown.text).toMatch(/^… word word word red/)
    expect(shown.text.slice(...shown.ranges[0]!)).toBe('red')
    expect(shown.hasMore).toBe(false)
    expect(fit(text, [[200, 203]], 100).text).toMatch(/^… (word )?red/)
  })

  it('tells of ranges after what is shown, and of those beyond the text', () => {
    expect(
      fit(
        'red and then a fox',
        [
          [0, 3],
          [15, 18],
        ],
        100,
      ),
    ).toMatchObject({ text: 'red and t…', ranges: [[0, 3]], hasMore: true })
    expect(fit('short', [[900, 903]], 100)).toMatchObject({ text: 'short', ranges: [], hasMore: true })
  })

  it('cuts a range longer than the room, and no character in two', () => {
    expect(fit('x'.repeat(60), [[0, 60]], 100).ranges).toEqual([[0, 9]])
    const emoji = '😀'.repeat(30)
    const shown = fit(`${emoji}red`, [[60, 63]], 300)
    expect(shown.text).not.toMatch(/… [\udc00-\udfff]/)
    expect(shown.text.slice(...shown.ranges[0]!)).toBe('red')
  })
})

it('paints the ground under the ranges, and a bar when there is more', () => {
  const { brush, fills, texts } = makeBrush()
  const marked = {
    text: 'a red fox',
    ranges: [
      [2, 5],
      [40, 43],
    ] as const,
  }
  const box = { x: 0, y: 0, width: 200, height: 24, middle: 12, alignEnd: false }
  paintCell(brush, { kind: 'text', text: 'other', tone: 'string', marked }, box, new ThumbnailCache(() => undefined))
  expect(texts).toEqual(['a red fox'])
  expect(fills).toEqual([
    { color: 'hit', x: 27, width: 32 },
    { color: 'warn', x: 195, width: 3 },
  ])
})
