import type { GridTheme } from './theme.ts'

export type Face = 'textFont' | 'monoFont' | 'smallFont' | 'italicFont'

/** A text made to fit, and the px it takes. */
export interface FittedText {
  readonly text: string
  readonly width: number
}

/**
 * A canvas context that remembers font, colour and alignment: setting them costs a parse in the browser even when
 * nothing changes, and a frame has thousands of texts.
 */
export class Brush {
  readonly context: CanvasRenderingContext2D
  readonly theme: GridTheme
  /** Texts that may still be measured in this frame; beyond, they are drawn clipped until scrolling rests. */
  measuresLeft = Infinity
  private readonly charWidths = new Map<Face, number>()
  private readonly ellipsisWidths = new Map<Face, number>()
  private face: Face | undefined
  private color = ''
  private align: CanvasTextAlign = 'left'

  constructor(context: CanvasRenderingContext2D, theme: GridTheme) {
    this.context = context
    this.theme = theme
    this.forget()
  }

  /** To be called after anything else changed the context, `restore()` included. */
  forget(): void {
    this.face = undefined
    this.color = ''
    this.align = 'left'
    this.context.textAlign = 'left'
    this.context.textBaseline = 'middle'
    // No ligatures: `!=` in a value must not be drawn as another sign.
    this.context.textRendering = 'optimizeSpeed'
  }

  fill(color: string, x: number, y: number, width: number, height: number): void {
    this.setColor(color)
    this.context.fillRect(x, y, width, height)
  }

  /** Draws text whose vertical middle is `y`. */
  text(text: string, x: number, y: number, face: Face, color: string, align: CanvasTextAlign = 'left'): void {
    this.setFace(face)
    this.setColor(color)
    if (this.align !== align) {
      this.align = align
      this.context.textAlign = align
    }
    this.context.fillText(text, x, y)
  }

  /** Exact width of a text in px. */
  measure(text: string, face: Face): number {
    this.setFace(face)
    return this.context.measureText(text).width
  }

  /** Width of a character: exact for monospaced faces, a narrow one for the others. */
  charWidth(face: Face): number {
    const known = this.charWidths.get(face)
    if (known !== undefined) return known
    const width = face === 'textFont' ? this.measure('t', face) : this.measure('0', face)
    this.charWidths.set(face, width)
    return width
  }

  /** Cuts a text to what may fit: long strings cost time even where the clip hides them. */
  cut(text: string, width: number, face: Face): string {
    const fits = Math.ceil(width / this.charWidth(face)) + 1
    return text.length > fits ? text.slice(0, Math.max(0, fits)) : text
  }

  /** The text if it fits, else its beginning with an ellipsis: cut without a sign, a value would look like another one. */
  fit(text: string, width: number, face: Face): FittedText {
    const start = this.cut(text, width, face)
    const whole = face === 'textFont' ? this.measure(start, face) : start.length * this.charWidth(face)
    if (start.length === text.length && whole <= width) return { text, width: whole }
    const room = Math.max(0, width - this.ellipsisWidth(face))
    // Monospaced texts are exact at once; others come close by their mean width and are measured once more.
    let count = Math.floor((start.length * room) / Math.max(1, whole))
    let shown = face === 'textFont' ? this.measure(start.slice(0, count), face) : count * this.charWidth(face)
    while (shown > room && count > 0) shown = this.measure(start.slice(0, --count), face)
    return { text: `${start.slice(0, count)}…`, width: shown + this.ellipsisWidth(face) }
  }

  private ellipsisWidth(face: Face): number {
    const known = this.ellipsisWidths.get(face)
    if (known !== undefined) return known
    const width = this.measure('…', face)
    this.ellipsisWidths.set(face, width)
    return width
  }

  private setFace(face: Face): void {
    if (this.face === face) return
    this.face = face
    this.context.font = this.theme[face]
  }

  private setColor(color: string): void {
    if (this.color === color) return
    this.color = color
    this.context.fillStyle = color
  }
}
