import { describe, expect, it } from 'vitest'
import { Brush } from './brush.ts'
import type { GridTheme } from './theme.ts'

/** A context whose letters are 10 px wide in every face, `i` 4 px. */
function makeBrush() {
  const measured: string[] = []
  const context = {
    measureText: (text: string) => {
      measured.push(text)
      return { width: [...text].reduce((sum, letter) => sum + (letter === 'i' ? 4 : 10), 0) }
    },
  }
  return { brush: new Brush(context as unknown as CanvasRenderingContext2D, {} as GridTheme), measured }
}

describe('Brush.fit', () => {
  it('leaves what fits', () => {
    expect(makeBrush().brush.fit('abc', 30, 'textFont')).toEqual({ text: 'abc', width: 30 })
    expect(makeBrush().brush.fit('abc', 30, 'monoFont')).toEqual({ text: 'abc', width: 30 })
  })
  it('says with an ellipsis that something is missing', () => {
    expect(makeBrush().brush.fit('2023-11-14 22:13:20.123456789', 100, 'monoFont')).toEqual({
      text: '2023-11-1…',
      width: 100,
    })
    expect(makeBrush().brush.fit('abcd', 35, 'textFont')).toEqual({ text: 'ab…', width: 30 })
  })
  it('never draws beyond the room, whatever the letters', () => {
    for (const text of ['iiiiiiiWWWWWWW', 'WWWWWWWiiiiiii', 'x'.repeat(100_000)]) {
      const fitted = makeBrush().brush.fit(text, 64, 'textFont')
      expect(fitted.width).toBeLessThanOrEqual(64)
      expect(text.startsWith(fitted.text.slice(0, -1))).toBe(true)
    }
  })
  it('measures little of a long text', () => {
    const { brush, measured } = makeBrush()
    brush.fit('x'.repeat(100_000), 64, 'textFont')
    expect(Math.max(...measured.map((text) => text.length))).toBeLessThan(20)
  })
  it('has room for nothing but the sign in no room at all', () =>
    expect(makeBrush().brush.fit('abc', 0, 'monoFont').text).toBe('…'))
})
