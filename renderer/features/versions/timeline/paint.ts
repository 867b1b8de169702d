import { LANES } from '#renderer/features/history/index.ts'
import type { CanvasScene } from '#renderer/ui/use-canvas.ts'
import type { Stretch } from '../state/view-store.ts'
import type { Flag } from './flags.ts'
import { layoutGrowth, layoutMarks, type Mark, markShare, BIN_PX } from './marks.ts'
import { type AxisView, indexOfVersion, type TimelineModel, toX } from './model.ts'
import { paintFlags } from './paint-flags.ts'
import { AXIS_HEIGHT, LANE_LEFT, lanePlace, type LanePlace, plotWidth, RIGHT } from './places.ts'
import { layoutTicks } from './ticks.ts'

export type Measure = 'rows' | 'bytes'

export interface TimelineScene {
  readonly model: TimelineModel
  readonly view: AxisView
  readonly measure: Measure
  readonly flags: readonly Flag[]
  /** Version on screen. */
  readonly current: number
  readonly picks: readonly number[]
  readonly stretch: Stretch | null
  /** Ends of a stretch being dragged, in px of the plot. */
  readonly drag: { readonly from: number; readonly to: number } | null
  /** Index of the version under the pointer. */
  readonly hovered: number | undefined
}

interface Plot extends TimelineScene {
  readonly scene: CanvasScene
  readonly width: number
  readonly lanes: LanePlace
}

/** Draws lanes, marks, the line of growth, names, the axis, and where the window is. */
export function paintTimeline(scene: CanvasScene, what: TimelineScene): void {
  const width = plotWidth(scene.width)
  if (width <= 0) return
  const plot: Plot = { ...what, scene, width, lanes: lanePlace(scene.height, what.flags.length > 0) }
  paintStretch(plot)
  paintLanes(plot)
  paintAxis(plot)
  paintMarks(plot)
  paintGrowth(plot)
  paintFlags(scene, what.flags, what.model, what.view, plot)
  paintPositions(plot)
}

function paintStretch({ scene, model, view, width, stretch, drag }: Plot): void {
  const { context, height, token } = scene
  const span = drag ?? (stretch === null ? null : stretchSpan(model, view, width, stretch))
  if (span === null) return
  const left = LANE_LEFT + Math.max(0, Math.min(span.from, span.to))
  const right = LANE_LEFT + Math.min(width, Math.max(span.from, span.to))
  if (right < LANE_LEFT || left > LANE_LEFT + width) return
  context.fillStyle = token('--acc-bg')
  context.fillRect(left, 0, Math.max(1, right - left), height)
  context.fillStyle = token('--acc')
  context.fillRect(left, 0, 1, height)
  context.fillRect(right - 1, 0, 1, height)
}

/** From half a mark before the first version to half a mark after the last. */
function stretchSpan(model: TimelineModel, view: AxisView, width: number, { oldest, newest }: Stretch) {
  const [first, last] = [indexOfVersion(model, oldest), indexOfVersion(model, newest)]
  if (first === undefined || last === undefined) return null
  return {
    from: toX(view, width, model.positions[first] ?? 0) - 4,
    to: toX(view, width, model.positions[last] ?? 0) + 4,
  }
}

const NAMES_FROM_PX = 9.5

function paintLanes({ scene, lanes }: Plot): void {
  const { context, width, token } = scene
  context.font = `${Math.min(10.5, lanes.height - 0.5)}px ${token('--font')}`
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  context.lineWidth = 1
  LANES.forEach(({ title, colour }, index) => {
    const top = lanes.top + index * lanes.height
    const bottom = Math.round(top + lanes.height - 1) + 0.5
    // Below this height the names would touch each other.
    if (lanes.height >= NAMES_FROM_PX) {
      context.fillStyle = token('--fg3')
      context.fillText(title, LANE_LEFT - 16, top + lanes.height / 2)
    }
    context.fillStyle = token(colour)
    context.fillRect(LANE_LEFT - 10, top + 3, 3, Math.max(2, lanes.height - 6))
    context.strokeStyle = token('--line')
    context.beginPath()
    context.moveTo(LANE_LEFT, bottom)
    context.lineTo(width - RIGHT, bottom)
    context.stroke()
  })
}

/** So few marks that each may be wide enough to be hit with ease. */
const SPARSE_PX = 12

function paintMarks({ scene, model, view, width, lanes }: Plot): void {
  const { context, token } = scene
  const marks = layoutMarks(model, view, width)
  const most = marks.reduce((a, mark) => Math.max(a, mark.count), 0)
  const isSparse = most <= 1 && marks.length < width / SPARSE_PX
  const colours = LANES.map(({ colour }) => token(colour))
  const bad = token('--bad')
  const drawn = isSparse ? 5 : BIN_PX - 1
  const full = Math.max(2, lanes.height - 3)
  for (const mark of marks) {
    const height = Math.max(2, full * markShare(mark.count, most))
    const left = LANE_LEFT + mark.x - (isSparse ? 1 : 0)
    const top = lanes.top + (mark.lane + 1) * lanes.height - 1 - height
    context.fillStyle = colours[mark.lane] ?? ''
    context.fillRect(left, top, drawn, height)
    if (mark.isBroken) paintBroken(context, bad, left, top, drawn, mark)
  }
}

/** A version that could not be read is crossed out. */
function paintBroken(
  context: CanvasRenderingContext2D,
  colour: string,
  left: number,
  top: number,
  width: number,
  { lane }: Mark,
): void {
  context.fillStyle = colour
  context.fillRect(left - 1, top - 2, width + 2, lane === 0 ? 3 : 2)
}

function paintGrowth({ scene, model, view, width, lanes, measure }: Plot): void {
  const { context, height, token } = scene
  const bottom = height - AXIS_HEIGHT - 2
  const span = bottom - lanes.top - 2
  context.strokeStyle = token('--fg2')
  context.lineWidth = 1.2
  context.beginPath()
  let y = bottom
  layoutGrowth(model, measure === 'rows' ? model.rows : model.bytes, view, width).forEach((point, index) => {
    const x = LANE_LEFT + point.x
    if (index === 0) context.moveTo(x, bottom - point.share * span)
    // Figures change at a commit and not between two: the line has steps.
    else context.lineTo(x, y)
    y = bottom - point.share * span
    context.lineTo(x, y)
  })
  context.stroke()
}

function paintAxis({ scene, model, view, width }: Plot): void {
  const { context, height, token } = scene
  context.fillStyle = token('--fg3')
  context.font = `10.5px ${token('--font')}`
  context.textBaseline = 'middle'
  context.textAlign = 'center'
  for (const tick of layoutTicks(model, view, width)) {
    if (tick.x > 24 && tick.x < width - 24) context.fillText(tick.label, LANE_LEFT + tick.x, height - AXIS_HEIGHT / 2)
  }
}

function paintPositions(plot: Plot): void {
  const { model, current, picks, hovered } = plot
  for (const pick of picks) {
    const index = indexOfVersion(model, pick)
    if (index !== undefined && pick !== current) paintPosition(plot, index, '--fg2')
  }
  const index = indexOfVersion(model, current)
  if (hovered !== undefined && hovered !== index) paintPosition(plot, hovered, '--fg3')
  if (index !== undefined) paintPosition(plot, index, '--acc')
}

function paintPosition({ scene, model, view, width }: Plot, index: number, colour: string): void {
  const { context, height, token } = scene
  const x = toX(view, width, model.positions[index] ?? 0)
  if (x < 0 || x > width) return
  const label = `v${model.entries[index]?.version ?? ''}`
  const left = LANE_LEFT + Math.floor(x / BIN_PX) * BIN_PX + 1
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
