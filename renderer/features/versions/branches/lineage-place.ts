import type { Lane, Lineage } from './lineage.ts'

/** Width of the names, which stay at the left. */
export const NAMES_PX = 320
/** Height of a lane and width of a version's column, in px. */
export const LANE_PX = 52
const COLUMN_PX = 96
const MARGIN_PX = 46
/** How far right of where a branch starts its own version of that number stands: lines need room to turn. */
const STEP_PX = 32

export function laneY(lane: number): number {
  return (lane + 0.5) * LANE_PX
}

export function graphWidth({ versions }: Pick<Lineage, 'versions'>): number {
  return MARGIN_PX * 2 + STEP_PX + Math.max(0, versions.length - 1) * COLUMN_PX
}

/** Where a lane's version of a column stands. A branch begins with the version it started from, drawn a step to the right. */
export function nodeX(lanes: readonly Lane[], lane: number, column: number): number {
  const x = MARGIN_PX + column * COLUMN_PX
  const start = lanes[lane]?.start
  // A parent's own step may add up with the child's, where both start at one version.
  return start?.column === column ? Math.min(nodeX(lanes, start.lane, column) + STEP_PX, x + STEP_PX * 2) : x
}

/** A line from the version a lane starts at, down and to the right, up to the lane's first version. */
export function startPath(lanes: readonly Lane[], lane: number): string {
  const start = lanes[lane]?.start
  const first = lanes[lane]?.nodes[0]
  if (start === null || start === undefined) return ''
  const x = nodeX(lanes, start.lane, start.column)
  const end = first === undefined ? x + STEP_PX : nodeX(lanes, lane, first.column)
  const [top, bottom, turn] = [laneY(start.lane), laneY(lane), 12]
  return `M${x} ${top} V${bottom - turn} Q${x} ${bottom} ${x + turn} ${bottom} H${end}`
}
