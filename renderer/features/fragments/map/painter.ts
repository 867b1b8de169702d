import type { CanvasScene } from '#renderer/ui/use-canvas.ts'
import type { CellLayout } from './cell-layout.ts'
import type { ColourScale } from './colours.ts'
import type { MapView } from './map-view.ts'
import { isLight, paintPixels, toPixel } from './pixels.ts'

/** A map as it should look. */
export interface MapPicture {
  readonly layout: CellLayout
  readonly view: MapView
  readonly scale: ColourScale
  readonly broken: Uint8Array | undefined
  /** Positions. */
  readonly hovered: number | undefined
  readonly selected: number | undefined
  /** Lines of text on a cell. */
  readonly textOf: (fragment: number) => readonly [title: string, detail: string]
}

/** Shortest side of the frame around a chosen cell in px: a cell below a pixel must still be found. */
const LEAST_FRAME = 13
/** Hatching makes letters hard to read: there they stand on plain ground. */
const TEXT_BACK = { width: 88, height: 28 } as const
/** Text darker or lighter than any theme's: it stands on the cells, whose colours are chosen with it in mind. */
const INK = { dark: '#10161d', light: '#f7f9fb' } as const

/** Paints the map. Keeps the pixels, so that pointing and choosing repaint no cell. */
export class MapPainter {
  private image: ImageData | undefined
  private painted: readonly unknown[] = []
  private withText: readonly number[] = []

  paint(scene: CanvasScene, picture: MapPicture): void {
    const { context, token } = scene
    const { width, height } = context.canvas
    const colours = Uint32Array.from(picture.scale.classes, (step) => toPixel(token(step.token)))
    const image = this.fill(context, width, height, picture, colours, token)
    // Pixels are not scaled with the context.
    context.putImageData(image, 0, 0)
    this.write(scene, picture, colours)
    if (picture.hovered !== undefined && picture.hovered !== picture.selected) {
      frame(scene, picture, picture.hovered, [token('--fg')])
    }
    if (picture.selected !== undefined) frame(scene, picture, picture.selected, [token('--acc'), token('--bg0')])
  }

  private fill(
    context: CanvasRenderingContext2D,
    width: number,
    height: number,
    { layout, view, scale, broken }: MapPicture,
    colours: Uint32Array,
    token: CanvasScene['token'],
  ): ImageData {
    const gapColour = toPixel(token('--bg0'))
    const now = [layout, view, scale, broken, gapColour, width, height]
    if (this.image !== undefined && now.every((part, index) => part === this.painted[index])) return this.image
    if (this.image?.width !== width || this.image.height !== height) this.image = context.createImageData(width, height)
    this.withText = paintPixels(new Uint32Array(this.image.data.buffer), width, height, {
      layout,
      view,
      classOf: scale.classOf,
      colours,
      broken,
      brokenColour: toPixel(token('--bad')),
      gapColour,
      density: devicePixelRatio,
    })
    this.painted = now
    return this.image
  }

  private write({ context, token }: CanvasScene, picture: MapPicture, colours: Uint32Array): void {
    context.textBaseline = 'alphabetic'
    context.textAlign = 'left'
    for (const at of this.withText) {
      const box = boxOf(picture, at)
      const fragment = picture.layout.order[at] ?? 0
      const [title, detail] = picture.textOf(fragment)
      const ink = isLight(colours[picture.scale.classOf[fragment] ?? 0] ?? 0) ? INK.dark : INK.light
      context.save()
      context.beginPath()
      context.rect(box.left, box.top, box.width - 4, box.height)
      context.clip()
      if (picture.broken?.[fragment] === 1) {
        context.fillStyle = token(picture.scale.classes[picture.scale.classOf[fragment] ?? 0]?.token ?? '--bg2')
        context.fillRect(Math.max(0, box.left) + 3, Math.max(0, box.top) + 3, TEXT_BACK.width, TEXT_BACK.height)
      }
      context.fillStyle = ink
      context.font = `600 11px ${token('--font')}`
      const room = box.left + box.width - Math.max(0, box.left) - 10
      context.fillText(
        context.measureText(title).width <= room ? title : (title.split(' ').at(-1) ?? title),
        Math.max(0, box.left) + 6,
        Math.max(0, box.top) + 14,
      )
      context.globalAlpha = 0.8
      context.font = `10.5px ${token('--mono')}`
      context.fillText(detail, Math.max(0, box.left) + 6, Math.max(0, box.top) + 26)
      context.restore()
    }
  }
}

interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A cell in px of the place. */
function boxOf({ layout, view }: MapPicture, at: number): Box {
  const left = (layout.left[at] ?? 0) * view.scale + view.x
  const top = (layout.top[at] ?? 0) * view.scale + view.y
  return {
    left,
    top,
    width: (layout.right[at] ?? 0) * view.scale + view.x - left,
    height: (layout.bottom[at] ?? 0) * view.scale + view.y - top,
  }
}

/** Rings inside a cell, the outermost first; around its middle when it is too small to be seen. */
function frame(
  { context, width, height, token }: CanvasScene,
  picture: MapPicture,
  at: number,
  rings: readonly string[],
): void {
  const box = grown(boxOf(picture, at), width, height)
  if (box.isGrown) {
    // Among cells as small as this a ring alone is lost.
    context.strokeStyle = token('--bg0')
    context.lineWidth = 6
    context.strokeRect(box.left, box.top, box.width, box.height)
  }
  rings.forEach((colour, index) => {
    const inset = index * 2
    context.strokeStyle = colour
    context.lineWidth = index === 0 ? 2 : 1
    context.strokeRect(
      box.left + 1 + inset,
      box.top + 1 + inset,
      Math.max(1, box.width - 2.5 - 2 * inset),
      Math.max(1, box.height - 2.5 - 2 * inset),
    )
  })
}

function grown(box: Box, placeWidth: number, placeHeight: number): Box & { readonly isGrown: boolean } {
  const width = Math.max(LEAST_FRAME, box.width)
  const height = Math.max(LEAST_FRAME, box.height)
  const isGrown = width > box.width || height > box.height
  if (!isGrown) return { ...box, isGrown }
  // A cell in the corner has its whole frame in sight too; one that is out of sight keeps it out of sight.
  const within = (near: number, length: number, room: number, wanted: number): number => {
    const middle = near + length / 2
    const start = middle - wanted / 2
    return middle < 0 || middle > room ? start : Math.min(room - wanted, Math.max(0, start))
  }
  return {
    left: within(box.left, box.width, placeWidth, width),
    top: within(box.top, box.height, placeHeight, height),
    width,
    height,
    isGrown,
  }
}
