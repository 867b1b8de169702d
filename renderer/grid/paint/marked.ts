import type { MarkedText } from '../types.ts'
import type { Brush, Face } from './brush.ts'
import { CELL_PADDING, type CellBox } from './cell-box.ts'

/** Characters left in sight before the first range of a text that is drawn from near it; fewer where room is scarce. */
const LEADS = [16, 6, 0] as const
const CUT = '… '

/** The part of a marked text that fits, with its ranges, and whether some are out of sight after it. */
export interface FittedMarks {
  readonly text: string
  readonly width: number
  readonly ranges: MarkedText['ranges']
  readonly hasMore: boolean
}

/** Chooses what of a marked text is drawn in a room of so many px. */
export function fitMarked(brush: Brush, { text, ranges }: MarkedText, room: number, face: Face): FittedMarks {
  const fromStart = fitFrom(brush, text, ranges, 0, room, face)
  const [first] = ranges
  if (first === undefined || first[0] >= text.length || isWhole(fromStart.ranges[0], first)) return fromStart
  let shown = fromStart
  for (const lead of LEADS) {
    shown = fitFrom(brush, text, ranges, leadStart(text, first[0], lead), room, face)
    if (isWhole(shown.ranges[0], first)) break
  }
  return shown
}

function isWhole(shown: MarkedText['ranges'][number] | undefined, [start, end]: MarkedText['ranges'][number]): boolean {
  return shown !== undefined && shown[1] - shown[0] === end - start
}

function fitFrom(
  brush: Brush,
  text: string,
  ranges: MarkedText['ranges'],
  from: number,
  room: number,
  face: Face,
): FittedMarks {
  const prefix = from === 0 ? '' : CUT
  // More than fits is never drawn, so it need not be joined either.
  const candidate = prefix + brush.cut(text.slice(from), room, face)
  const isRest = candidate.length === prefix.length + text.length - from
  const fitted = brush.fit(isRest ? candidate : `${candidate}  `, room, face)
  const isCut = !isRest || fitted.text !== candidate
  const shift = from - prefix.length
  const end = shift + fitted.text.length - (isCut ? 1 : 0)
  const visible = ranges
    .filter((range) => range[1] > from && range[0] < end)
    .map(([start, stop]) => [Math.max(start, from) - shift, Math.min(stop, end) - shift] as const)
  return { ...fitted, ranges: visible, hasMore: ranges.some((range) => range[1] > end) }
}

/** Where to begin so that a place is in sight: at a word a little before it, and never inside a character. */
function leadStart(text: string, place: number, lead: number): number {
  const from = Math.max(0, place - lead)
  if (from === 0) return 0
  const space = text.slice(from, place).search(/\s/)
  if (space >= 0) return from + space + 1
  const isInside = /[\udc00-\udfff]/.test(text[from] ?? '')
  return isInside ? from + 1 : from
}

/** What was last fitted: a frame draws mostly what the one before drew. */
const known = new WeakMap<
  MarkedText,
  { readonly brush: Brush; readonly room: number; readonly fitted: FittedMarks; readonly boxes: readonly Stretch[] }
>()

/** A range as px from the start of the text. */
interface Stretch {
  readonly left: number
  readonly width: number
}

/** Draws a marked text in a cell. */
export function paintMarked(brush: Brush, marked: MarkedText, box: CellBox, face: Face, color: string): void {
  const room = box.width - 2 * CELL_PADDING
  const { fitted, boxes } = layOut(brush, marked, room, face)
  const left = box.alignEnd ? box.x + box.width - CELL_PADDING - fitted.width : box.x + CELL_PADDING
  for (const stretch of boxes)
    brush.fill(brush.theme.hit, left + stretch.left - 1, box.middle - 8, stretch.width + 2, 16)
  brush.text(fitted.text, left, box.middle, face, color)
  if (fitted.hasMore) brush.fill(brush.theme.warn, box.x + box.width - 5, box.middle - 7, 3, 14)
}

function layOut(brush: Brush, marked: MarkedText, room: number, face: Face) {
  const before = known.get(marked)
  if (before !== undefined && before.brush === brush && before.room === room) return before
  const fitted = fitMarked(brush, marked, room, face)
  const boxes = fitted.ranges.map(([start, end]): Stretch => {
    const left = brush.measure(fitted.text.slice(0, start), face)
    return { left, width: brush.measure(fitted.text.slice(0, end), face) - left }
  })
  const made = { brush, room, fitted, boxes }
  known.set(marked, made)
  return made
}
