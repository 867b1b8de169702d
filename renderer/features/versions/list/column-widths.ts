import { formatBytesDelta, formatCount, formatDelta } from '#shared/model/format.ts'
import type { VersionEntry } from '#shared/model/version.ts'

/** Widths of the columns of figures, as CSS variables of the table. */
export interface FigureWidths {
  readonly '--version-width': string
  readonly '--rows-width': string
  readonly '--rows-delta-width': string
  readonly '--fragments-delta-width': string
  readonly '--bytes-delta-width': string
}

/** Wide enough for the titles of the columns. */
const LEAST_PX = { version: 58, rows: 56, rowsDelta: 62, fragmentsDelta: 90, bytesDelta: 72 } as const
/** One digit of the figures' font, and the padding of a cell at both sides. */
const DIGIT_PX = 7
const PADDING_PX = 18

/** Each column as wide as its longest figure (`entries` are newest first): the sentence beside them gets all the rest. */
export function figureWidths(entries: readonly VersionEntry[]): FigureWidths {
  const longest = { rows: 0, rowsDelta: 0, fragmentsDelta: 0 }
  for (const entry of entries) {
    if (entry.problem !== undefined) continue
    longest.rows = Math.max(longest.rows, Math.abs(entry.rows))
    longest.rowsDelta = Math.max(longest.rowsDelta, Math.abs(entry.rowsDelta ?? 0))
    longest.fragmentsDelta = Math.max(longest.fragmentsDelta, Math.abs(entry.fragmentsDelta ?? 0))
  }
  const width = (text: string, leastPx: number): string =>
    `${Math.max(leastPx, Math.ceil(text.length * DIGIT_PX) + PADDING_PX)}px`
  return {
    // With room for the mark of a picked version.
    '--version-width': width(`v${entries[0]?.version ?? 1}  `, LEAST_PX.version),
    '--rows-width': width(formatCount(longest.rows), LEAST_PX.rows),
    '--rows-delta-width': width(formatDelta(longest.rowsDelta), LEAST_PX.rowsDelta),
    '--fragments-delta-width': width(formatDelta(longest.fragmentsDelta), LEAST_PX.fragmentsDelta),
    // Three digits, a point, a unit: no size is longer than this one.
    '--bytes-delta-width': width(formatBytesDelta(1_230_000), LEAST_PX.bytesDelta),
  }
}
