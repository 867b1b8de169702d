import type { Cell, MarkedText } from '#renderer/grid/index.ts'
import { type ExactValue, formatCellText } from '#shared/model/arrow/index.ts'

type Ranges = MarkedText['ranges']

/** Characters drawn after the first hit; hits farther on are only told of. */
const SHOWN_AFTER = 400

/** A cell with the hits in its text marked. Values that are not text, and cells without hits, stay as they are. */
export function markedCell(cell: Cell, value: ExactValue, ranges: Ranges): Cell {
  const [first] = ranges
  if (cell.kind !== 'text' || value.kind !== 'string' || first === undefined) return cell
  const text = formatCellText(value, first[1] + SHOWN_AFTER)
  return { ...cell, marked: { text, ranges: onOneLine(value.value, ranges) } }
}

/** Ranges of a text as they stand where each `\r\n` is one sign. */
export function onOneLine(text: string, ranges: Ranges): Ranges {
  let pairs = 0
  let next = text.indexOf('\r\n')
  if (next < 0) return ranges
  const shifted = (place: number): number => {
    while (next >= 0 && next < place) {
      pairs++
      next = text.indexOf('\r\n', next + 2)
    }
    return place - pairs
  }
  return ranges.map(([start, end]) => [shifted(start), shifted(end)] as const)
}
