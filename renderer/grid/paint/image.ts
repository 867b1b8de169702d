import type { Cell } from '../types.ts'
import type { Brush } from './brush.ts'

interface ImageBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly middle: number
}

const THUMB_WIDTH = 34
const PADDING = 8

/** A small picture, not there yet, or not a picture after all. */
export type Thumbnail = ImageBitmap | 'loading' | 'broken'

/** Where thumbnails come from; asking for one starts fetching it. */
export interface Thumbnails {
  get(url: string): Thumbnail
}

/** Thumbnail filling its frame, then the text. */
export function paintImage(
  brush: Brush,
  cell: Extract<Cell, { kind: 'image' }>,
  box: ImageBox,
  thumbnails: Thumbnails,
): void {
  const { theme, context } = brush
  const x = box.x + PADDING
  const height = box.height - 6
  const y = Math.round(box.y + 3)
  const thumbnail = thumbnails.get(cell.url)
  if (thumbnail === 'loading') {
    brush.fill(theme.bg2, x, y, THUMB_WIDTH, height)
  } else if (thumbnail === 'broken') {
    brush.fill(theme.bg2, x, y, THUMB_WIDTH, height)
    brush.text('×', x + THUMB_WIDTH / 2, box.middle, 'monoFont', theme.fg3, 'center')
  } else {
    context.drawImage(thumbnail, x, y, THUMB_WIDTH, height)
  }
  const textLeft = x + THUMB_WIDTH + 6
  const room = box.x + box.width - textLeft
  if (room > 10) brush.text(brush.cut(cell.text, room, 'smallFont'), textLeft, box.middle, 'smallFont', theme.fg3)
}

/** Pixels kept per thumbnail, twice the frame for sharp screens. */
export const THUMBNAIL_SIZE = { width: THUMB_WIDTH * 2, height: 40 } as const
