import { LANES } from '#renderer/features/history/index.ts'

/** Fixed places of the timeline in px. */
export const LANE_LEFT = 100
export const RIGHT = 12
export const AXIS_HEIGHT = 20
/** The numbers of the versions on screen, under the pointer and picked stand above the lanes. */
const NUMBERS_HEIGHT = 18
const FLAGS_HEIGHT = 16

/** Where lanes begin and how high one is. */
export interface LanePlace {
  readonly top: number
  readonly height: number
}

/** Lanes of a canvas of this height; flags take a line of their own only where there are any. */
export function lanePlace(canvasHeight: number, hasFlags: boolean): LanePlace {
  const top = NUMBERS_HEIGHT + (hasFlags ? FLAGS_HEIGHT : 0)
  return { top, height: Math.max(1, (canvasHeight - top - AXIS_HEIGHT) / LANES.length) }
}

/** Width of the plot beside the names of the lanes. */
export function plotWidth(canvasWidth: number): number {
  return canvasWidth - LANE_LEFT - RIGHT
}

/** Top of the line of flags. */
export const FLAGS_TOP = NUMBERS_HEIGHT - 1
export const FLAG_HEIGHT = 13
