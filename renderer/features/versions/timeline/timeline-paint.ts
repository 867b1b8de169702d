import type { CanvasScene } from '#renderer/ui/use-canvas.ts'
import { LANES } from '#renderer/features/history/index.ts'
import { layoutGrowth, layoutMarks, MARK_PX, type Mark } from './timeline-layout.ts'
import { type TimelineModel, type TimeView, timeToX } from './timeline-model.ts'
import { layoutTicks } from './timeline-ticks.ts'

/** Fixed places of the timeline in px. */
export const LANE_LEFT = 92
export const LANE_TOP = 18
export const AXIS_HEIGHT = 20
export const RIGHT = 12

export interface TimelineScene {
  readonly model: TimelineModel
  readonly view: TimeView
  /** Version on screen. */
  readonly current: number
  /** Index of the version under the pointer. */
  readonly hovered: number | undefined
}

/** Height of one lane for a canvas of this height. */
export function laneHeight(height: number): number {
  return Math.max(1, (height - LANE_TOP - AXIS_HEIGHT) / LANES.length)
}

/** Draws lanes, marks, the line of row counts, the axis, and where the window is. */
export function paintTimeline(scene: CanvasScene, { model, view, current, hovered }: TimelineScene): void {
  const plotWidth = scene.width - LANE_LEFT - RIGHT
  if (plotWidth <= 0) return
  paintLanes(scene)
  paintAxis(scene, view, plotWidth)
  paintMarks(scene, layoutMarks(model, view, plotWidth))
  paintGrowth(scene, model, view, plotWidth)
  const index = model.entries.findIndex((entry) => entry.version === current)
  if (hovered !== undefined && hovered !== index) paintPosition(scene, model, view, plotWidth, hovered, '--fg3')
  if (index >= 0) paintPosition(scene, model, view, plotWidth, index, '--acc')
}

function paintLanes({ context, width, height, token }: CanvasScene): void {
  const lane = laneHeight(height)
  context.font = `10.5px ${token('--font')}`
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  context.lineWidth = 1
  LANES.forEach(({ title }, index) => {
    const y = Math.round(LANE_TOP + (index + 0.5) * lane) + 0.5
    context.fillStyle = token('--fg3')
    // Below this height the names would touch each other.
    if (lane >= 11) context.fillText(title, LANE_LEFT - 10, y)
    context.strokeStyle = token('--line')
    context.beginPath()
    context.moveTo(LANE_LEFT, y)
    context.lineTo(width - RIGHT, y)
    context.stroke()
  })
}

function paintMarks({ context, height, token }: CanvasScene, marks: readonly Mark[]): void {
  const lane = laneHeight(height)
  const colours = LANES.map(({ colour }) => token(colour))
  for (const mark of marks) {
    context.fillStyle = colours[mark.lane] ?? ''
    // Many versions in one place are more solid than one.
    context.globalAlpha = Math.min(1, 0.7 + Math.log2(mark.count) * 0.08)
    context.fillRect(LANE_LEFT + mark.x, LANE_TOP + mark.lane * lane + 2, MARK_PX - 1, Math.max(2, lane - 4))
  }
  context.globalAlpha = 1
}

function paintGrowth(
  { context, height, token }: CanvasScene,
  model: TimelineModel,
  view: TimeView,
  width: number,
): void {
  const bottom = height - AXIS_HEIGHT - 2
  const span = bottom - LANE_TOP - 2
  context.strokeStyle = token('--fg2')
  context.lineWidth = 1.2
  context.beginPath()
  let y = bottom
  layoutGrowth(model, view, width).forEach((point, index) => {
    const x = LANE_LEFT + point.x
    if (index === 0) context.moveTo(x, bottom - point.share * span)
    // Rows change at a commit and not between two: the line has steps.
    else context.lineTo(x, y)
    y = bottom - point.share * span
    context.lineTo(x, y)
  })
  context.stroke()
}

function paintAxis({ context, height, token }: CanvasScene, view: TimeView, width: number): void {
  context.fillStyle = token('--fg3')
  context.font = `10.5px ${token('--font')}`
  context.textBaseline = 'middle'
  context.textAlign = 'center'
  for (const tick of layoutTicks(view, width)) {
    if (tick.x > 24 && tick.x < width - 24) context.fillText(tick.label, LANE_LEFT + tick.x, height - AXIS_HEIGHT / 2)
  }
}

function paintPosition(
  { context, height, token }: CanvasScene,
  model: TimelineModel,
  view: TimeView,
  width: number,
  index: number,
  colour: string,
): void {
  const x = timeToX(view, width, model.times[index] ?? 0)
  if (x < 0 || x > width) return
  const label = `v${model.entries[index]?.version ?? ''}`
  const left = LANE_LEFT + x + (MARK_PX - 1) / 2
  context.strokeStyle = token(colour)
  context.lineWidth = 1.5
  context.beginPath()
  context.moveTo(left, 14)
  context.lineTo(left, height - AXIS_HEIGHT)
  context.stroke()
  context.font = `600 10px ${token('--font')}`
  const labelWidth = context.measureText(label).width + 12
  const labelLeft = Math.min(Math.max(LANE_LEFT, left - labelWidth / 2), LANE_LEFT + width - labelWidth)
  context.fillStyle = token(colour)
  context.beginPath()
  context.roundRect(labelLeft, 1, labelWidth, 14, 3)
  context.fill()
  context.fillStyle = colour === '--acc' ? token('--acc-fg') : token('--bg0')
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(label, labelLeft + labelWidth / 2, 8.5)
}
