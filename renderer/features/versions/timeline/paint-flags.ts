import type { CanvasScene } from '#renderer/ui/use-canvas.ts'
import { type Flag, layoutFlags } from './flags.ts'
import type { AxisView, TimelineModel } from './model.ts'
import { AXIS_HEIGHT, FLAG_HEIGHT, FLAGS_TOP, LANE_LEFT } from './places.ts'

const COLOURS = { tag: '--acc', branch: '--vec' } as const

/** Names of tags and of branches that start here, on poles through the lanes. */
export function paintFlags(
  { context, height, token }: CanvasScene,
  flags: readonly Flag[],
  model: TimelineModel,
  view: AxisView,
  plot: { readonly width: number },
): void {
  if (flags.length === 0) return
  context.font = `500 10px ${token('--font')}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  const background = token('--bg1')
  for (const label of layoutFlags(flags, model, view, plot.width, (text) => context.measureText(text).width)) {
    const colour = token(COLOURS[label.kind])
    context.strokeStyle = colour
    context.lineWidth = 1
    context.globalAlpha = 0.45
    context.setLineDash([2, 2])
    context.beginPath()
    for (const pole of label.poles) {
      const x = Math.round(LANE_LEFT + pole) + 0.5
      context.moveTo(x, FLAGS_TOP)
      context.lineTo(x, height - AXIS_HEIGHT)
    }
    context.stroke()
    context.setLineDash([])
    context.globalAlpha = 1
    const left = LANE_LEFT + label.left
    context.beginPath()
    context.roundRect(left, FLAGS_TOP, label.width, FLAG_HEIGHT, 3)
    // Poles of neighbours must not show through the name.
    context.fillStyle = background
    context.fill()
    context.globalAlpha = 0.18
    context.fillStyle = colour
    context.fill()
    context.globalAlpha = 1
    context.fillText(label.text, left + 5, FLAGS_TOP + FLAG_HEIGHT / 2 + 0.5)
  }
}
