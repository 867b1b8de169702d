import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { type MapSize, type MapView, panMap, zoomMap } from './map-view.ts'

/** Movement in px from which a press is a drag and no click. */
const DRAG_FROM = 4

export interface MapGestures {
  readonly size: MapSize
  /** Largest scale that makes sense. */
  readonly most: number
  readonly onView: (change: (view: MapView) => MapView) => void
  /** Told where the pointer is in px of the place; null when it left or drags. */
  readonly onPoint: (point: { readonly x: number; readonly y: number } | null) => void
  readonly onClick: (point: { readonly x: number; readonly y: number }) => void
}

interface Drag {
  readonly pointer: number
  x: number
  y: number
  isMoving: boolean
}

/** Wheel zooms around the pointer, sideways or with Shift it moves; a drag moves; a press without a drag is a click. */
export function useMapGestures(place: RefObject<HTMLElement | null>, gestures: MapGestures) {
  const drag = useRef<Drag | null>(null)
  const { size, most, onView, onPoint, onClick } = gestures
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const handleWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const dx = event.shiftKey ? event.deltaY : event.deltaX
      const dy = event.shiftKey ? 0 : event.deltaY
      const at = pointOf(element, event)
      if (Math.abs(dx) > Math.abs(dy)) onView((view) => panMap(view, -dx, 0, size))
      else onView((view) => zoomMap(view, Math.exp(-dy * 0.002), at, size, most))
    }
    // React's own wheel handler cannot prevent scrolling.
    element.addEventListener('wheel', handleWheel, { passive: false })
    return () => element.removeEventListener('wheel', handleWheel)
  }, [place, size, most, onView])

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      drag.current = { pointer: event.pointerId, x: event.clientX, y: event.clientY, isMoving: false }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const held = drag.current
      if (held?.pointer !== event.pointerId) return onPoint(pointOf(event.currentTarget, event))
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y]
      if (!held.isMoving && Math.hypot(dx, dy) < DRAG_FROM) return
      if (!held.isMoving) event.currentTarget.setPointerCapture(event.pointerId)
      Object.assign(held, { x: event.clientX, y: event.clientY, isMoving: true })
      onPoint(null)
      onView((view) => panMap(view, dx, dy, size))
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const held = drag.current
      drag.current = null
      if (held !== null && !held.isMoving) onClick(pointOf(event.currentTarget, event))
    },
    onPointerCancel: () => {
      drag.current = null
    },
    onPointerLeave: () => onPoint(null),
  }
}

function pointOf(
  element: HTMLElement,
  event: { readonly clientX: number; readonly clientY: number },
): { readonly x: number; readonly y: number } {
  const box = element.getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}
