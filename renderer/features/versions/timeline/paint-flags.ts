import type { CanvasScene } from '#renderer/ui/use-canvas.ts'
import { type Flag, type FlagLabel, layoutFlags } from './flags.ts'
import type { AxisView, TimelineModel } from './model.ts'
import { AXIS_HEIGHT, FLAG_HEIGHT, FLAGS_TOP, LANE_LEFT } from './places.ts'

const COLOURS = { tag: '--acc', branch: '--vec' } as const

/** More poles than this would hide the lanes; each is then a tick above them. */
const POLES_MAX = 80

/** Names of tags and of branches that start here, on poles through the lanes. */
export function paintFlags(
  scene: CanvasScene,
  flags: readonly Flag[],
  model: TimelineModel,
  view: AxisView,
  plot: { readonly width: number },
): void {
  if (flags.length === 0) return
  const { context, height, token } = scene
  context.font = `500 10px ${token('--font')}`
  const labels = layoutFlags(flags, model, view, plot.width, (text) => context.measureText(text).width)
  const poles = labels.reduce((sum, label) => sum + label.poles.length, 0)
  const bottom = poles > POLES_MAX ? FLAGS_TOP + FLAG_HEIGHT + 3 : height - AXIS_HEIGHT
  for (const label of labels) {
    const colour = token(COLOURS[label.kind])
    paintPoles(scene, label, colour, bottom)
    paintLabel(scene, label, colour)
  }
}

function paintPoles({ context }: CanvasScene, { poles }: FlagLabel, colour: string, bottom: number): void {
  context.strokeStyle = colour
  context.lineWidth = 1
  context.globalAlpha = 0.45
  context.setLineDash([2, 2])
  context.beginPath()
  let last = -1
  for (const pole of poles) {
    const x = Math.round(LANE_LEFT + pole) + 0.5
    if (x === last) continue
    last = x
    context.moveTo(x, FLAGS_TOP)
    context.lineTo(x, bottom)
  }
  context.stroke()
  context.setLineDash([])
  context.globalAlpha = 1
}

function paintLabel({ context, token }: CanvasScene, label: FlagLabel, colour: string): void {
  const left = LANE_LEFT + label.left
  context.beginPath()
  context.roundRect(left, FLAGS_TOP, label.width, FLAG_HEIGHT, 3)
  // Poles of neighbours must not show through the name.
  context.fillStyle = token('--bg1')
  context.fill()
  context.globalAlpha = 0.18
  context.fillStyle = colour
  context.fill()
  context.globalAlpha = 1
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillText(label.text, left + 5, FLAGS_TOP + FLAG_HEIGHT / 2 + 0.5)
}
