import { AppError } from '#shared/errors.ts'
import { Brush } from './paint/brush.ts'
import { paintFrame, type Scene } from './paint/frame.ts'
import { readTheme, watchTheme } from './paint/theme.ts'
import { ThumbnailCache } from './paint/thumbnail-cache.ts'

/** Texts measured in one frame of a scroll: enough for a wheel, not for a dragged thumb, where every cell is new. */
const MEASURES_WHILE_MOVING = 200
/** Pictures are not fetched before scrolling has rested this long. */
const CALM_MS = 120

/** The canvas at the screen's own resolution, in the page's current theme. */
export class Surface {
  private readonly canvas: HTMLCanvasElement
  private readonly context: CanvasRenderingContext2D
  private readonly thumbnails: ThumbnailCache
  private readonly onChange: () => void
  private readonly stopWatching: () => void
  private currentBrush: Brush
  private width = 0
  private height = 0
  private ratio = 0
  private calmTimer: ReturnType<typeof setTimeout> | undefined

  constructor(canvas: HTMLCanvasElement, onChange: () => void) {
    const context = canvas.getContext('2d', { alpha: false })
    if (context === null) throw new AppError({ code: 'internal', message: 'This browser cannot draw on a canvas.' })
    this.canvas = canvas
    this.context = context
    this.onChange = onChange
    this.thumbnails = new ThumbnailCache(onChange)
    this.currentBrush = new Brush(context, readTheme(canvas))
    this.stopWatching = watchTheme(() => this.rereadTheme())
  }

  get brush(): Brush {
    this.currentBrush.forget()
    return this.currentBrush
  }

  close(): void {
    this.stopWatching()
    clearTimeout(this.calmTimer)
    this.thumbnails.clear()
  }

  resize(width: number, height: number): void {
    if (this.width === width && this.height === height && this.ratio === devicePixelRatio) return
    this.width = width
    this.height = height
    this.ratio = devicePixelRatio
    this.canvas.width = Math.round(width * this.ratio)
    this.canvas.height = Math.round(height * this.ratio)
    this.canvas.style.width = `${width}px`
    this.canvas.style.height = `${height}px`
  }

  paint(scene: Omit<Scene, 'thumbnails'>, isMoving: boolean): void {
    // The window may have moved to another screen.
    this.resize(scene.view.width, scene.view.height)
    this.thumbnails.isPaused = isMoving
    this.currentBrush.measuresLeft = isMoving ? MEASURES_WHILE_MOVING : Infinity
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0)
    paintFrame(this.currentBrush, { ...scene, thumbnails: this.thumbnails })
    if (!isMoving) return
    clearTimeout(this.calmTimer)
    this.calmTimer = setTimeout(this.onChange, CALM_MS)
  }

  private rereadTheme(): void {
    this.currentBrush = new Brush(this.context, readTheme(this.canvas))
    this.onChange()
  }
}
