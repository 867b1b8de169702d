import { type RefObject, useEffect } from 'react'
import { type AxisView, fromX, panView, type Spacing, zoomView } from './model.ts'
import { LANE_LEFT, plotWidth } from './places.ts'

export interface WheelOptions {
  readonly view: AxisView
  readonly whole: AxisView
  readonly spacing: Spacing
  readonly onView: (view: AxisView) => void
}

/** A pinch on a trackpad arrives as a wheel with Ctrl and small steps. */
const WHEEL_RATE = 0.002
const PINCH_RATE = 0.01

/** Wheel and pinch zoom around the pointer; sideways or with Shift the wheel moves along the axis. React's own handler cannot prevent scrolling. */
export function useWheel(plot: RefObject<HTMLElement | null>, { view, whole, spacing, onView }: WheelOptions): void {
  useEffect(() => {
    const element = plot.current
    if (element === null) return
    const handleWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const box = element.getBoundingClientRect()
      const width = plotWidth(box.width)
      const sideways = event.shiftKey ? event.deltaY : event.deltaX
      if (!event.ctrlKey && Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        onView(panView(view, (sideways / width) * (view.to - view.from), whole))
        return
      }
      const anchor = fromX(view, width, Math.min(Math.max(0, event.clientX - box.left - LANE_LEFT), width))
      const factor = Math.exp(event.deltaY * (event.ctrlKey ? PINCH_RATE : WHEEL_RATE))
      onView(zoomView(view, factor, anchor, whole, spacing))
    }
    element.addEventListener('wheel', handleWheel, { passive: false })
    return () => element.removeEventListener('wheel', handleWheel)
  }, [plot, view, whole, spacing, onView])
}
