/** Height of a lane and width of a version's column, in px. */
export const LANE_PX = 52
const COLUMN_PX = 92
const MARGIN_PX = 46

export function columnX(column: number): number {
  return MARGIN_PX + column * COLUMN_PX
}

export function laneY(lane: number): number {
  return (lane + 0.5) * LANE_PX
}

export function graphWidth(columns: number): number {
  return MARGIN_PX * 2 + Math.max(0, columns - 1) * COLUMN_PX
}

/** A line from a version of a lane down to the beginning of another lane: out along its own lane, with round corners. */
export function startPath(from: { readonly lane: number; readonly column: number }, lane: number): string {
  const [x, top, bottom] = [columnX(from.column), laneY(from.lane), laneY(lane)]
  const turn = 12
  return `M${x} ${top} V${bottom - turn} Q${x} ${bottom} ${x + turn} ${bottom} H${x + turn * 1.5}`
}
