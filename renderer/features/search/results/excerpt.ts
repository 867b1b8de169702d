/** A piece of a text, with whether it is a match. */
export interface Piece {
  readonly text: string
  readonly isMatch: boolean
}

/** Characters kept around a match. */
const AROUND = 60
/** Matches shown of one cell. */
export const MATCHES_SHOWN = 12

/**
 * The matches of a text with what stands around them, `…` where something was left out. Ranges are UTF-16 positions
 * [start, end); those that overlap or lie outside are mended.
 */
export function excerptOf(text: string, ranges: readonly (readonly [number, number])[]): readonly Piece[] {
  const sound = ranges
    .map(([start, end]) => [Math.max(0, start), Math.min(text.length, end)] as const)
    .filter(([start, end]) => end > start)
    .toSorted((a, b) => a[0] - b[0])
    .slice(0, MATCHES_SHOWN)
  const pieces: Piece[] = []
  let at = 0
  for (const [start, end] of sound) {
    if (end <= at) continue
    const from = Math.max(start, at)
    const gap = text.slice(at, from)
    const before = at === 0 ? AROUND : 2 * AROUND
    pieces.push({ text: at === 0 ? tail(gap, before) : middle(gap, before), isMatch: false })
    pieces.push({ text: text.slice(from, end), isMatch: true })
    at = end
  }
  const rest = text.slice(at)
  pieces.push({ text: rest.length > AROUND ? `${rest.slice(0, AROUND)}…` : rest, isMatch: false })
  return pieces.filter((piece) => piece.text !== '')
}

function tail(text: string, length: number): string {
  return text.length > length ? `…${text.slice(text.length - length)}` : text
}

function middle(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length / 2)} … ${text.slice(text.length - length / 2)}`
}
