import { describe, expect, it } from 'vitest'
import { Brush } from './brush.ts'
import { paintCell } from './cell.ts'
import { ThumbnailCache } from './thumbnail-cache.ts'
import type { GridTheme } from './theme.ts'

/** Records what is filled and written, letters 6 px wide. */
function makeBrush() {
  const fills: { readonly color: string; readonly y: number; readonly height: number }[] = []
  const texts: { readonly text: string; readonly y: number }[] = []
  let fillStyle = ''
  const context = {
    set fillStyle(color: string) {
      fillStyle = color
    },
    measureText: (text: string) => ({ width: text.length * 6 }),
    fillRect: (_x: number, y: number, _width: number, height: number) => fills.push({ color: fillStyle, y, height }),
    fillText: (text: string, _x: number, y: number) => texts.push({ text, y }),
  }
  const theme = { badBg: 'bad', okBg: 'ok', fg: 'fg' } as GridTheme
  return { brush: new Brush(context as unknown as CanvasRenderingContext2D, theme), fills, texts }
}

describe('a changed cell', () => {
  it('shows the former value in the upper half and the new one in the lower', () => {
    const { brush, fills, texts } = makeBrush()
    const box = { x: 0, y: 100, width: 200, height: 40, middle: 120, alignEnd: false }
    paintCell(
      brush,
      {
        kind: 'change',
        before: { kind: 'text', text: 'old', tone: 'string' },
        after: { kind: 'text', text: 'new', tone: 'string' },
      },
      box,
      new ThumbnailCache(() => undefined),
    )
    expect(fills).toEqual([
      { color: 'bad', y: 100, height: 20 },
      { color: 'ok', y: 120, height: 20 },
    ])
    expect(texts.map(({ text }) => text)).toEqual(['old', 'new'])
    expect(texts[0]!.y).toBeLessThan(120)
    expect(texts[1]!.y).toBeGreaterThan(120)
  })
})
