import type { GridTheme } from './theme.ts'

type Face = 'textFont' | 'monoFont' | 'smallFont' | 'italicFont'

/**
 * A canvas context that remembers font, colour and alignment: setting them costs a parse in the browser even when
 * nothing changes, and a frame has thousands of texts.
 */
export class Brush {
  readonly context: CanvasRenderingContext2D
  readonly theme: GridTheme
  private readonly charWidths = new Map<Face, number>()
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

  /** Cuts a text so that it fits and says so with an ellipsis. Exact for monospaced faces. */
  shorten(text: string, width: number, face: Face): string {
    const fits = Math.floor(width / this.charWidth(face)) - 1
    return `${text.slice(0, Math.max(0, fits))}…`
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
