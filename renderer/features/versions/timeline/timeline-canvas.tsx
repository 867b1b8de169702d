import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from 'react'
import { formatDelta } from '#shared/model/format.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import { type DatasetTab, travelTo } from '#renderer/features/workspace/index.ts'
import { type CanvasScene, useCanvas } from '#renderer/ui/use-canvas.ts'
import { nearestEntry } from './timeline-layout.ts'
import { panView, type TimelineModel, type TimeView, xToTime, zoomView } from './timeline-model.ts'
import { LANE_LEFT, LANE_TOP, laneHeight, paintTimeline, RIGHT } from './timeline-paint.ts'
import styles from './timeline.module.css'
import { neighbourVersion } from '../list/version-rows.ts'

export interface TimelineCanvasProps {
  readonly tab: DatasetTab
  readonly model: TimelineModel
  /** Newest first, as the log has them. */
  readonly entries: readonly VersionEntry[]
  readonly view: TimeView
  readonly whole: TimeView
  readonly onView: (view: TimeView) => void
}

interface Hover {
  readonly index: number
  readonly x: number
}

const ZOOM_STEP = 1.5

/** The drawn timeline. A slider over versions for keyboards and screen readers; the Versions tab is its full text. */
export function TimelineCanvas({ tab, model, entries, view, whole, onView }: TimelineCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [hover, setHover] = useState<Hover | null>(null)
  const hovered = hover?.index
  useCanvas(
    canvas,
    useCallback(
      (scene: CanvasScene) => paintTimeline(scene, { model, view, current: tab.version, hovered }),
      [model, view, tab.version, hovered],
    ),
  )
  useWheel(canvas, view, whole, onView)

  const entryAt = (event: PointerEvent): Hover | null => {
    const box = event.currentTarget.getBoundingClientRect()
    const width = box.width - LANE_LEFT - RIGHT
    const x = event.clientX - box.left
    const lane = Math.floor((event.clientY - box.top - LANE_TOP) / laneHeight(box.height))
    const index = nearestEntry(model, view, width, { x: x - LANE_LEFT, lane })
    return index === undefined ? null : { index, x }
  }
  const handleKey = (event: KeyboardEvent): void => {
    const target = versionForKey(event.key, entries, tab)
    const middle = (view.fromMs + view.toMs) / 2
    if (target !== undefined) {
      travelTo(tab.dataset, target)
      onView(revealed(model, view, whole, target))
    } else if (event.key === '+' || event.key === '=') onView(zoomView(view, 1 / ZOOM_STEP, middle, whole))
    else if (event.key === '-') onView(zoomView(view, ZOOM_STEP, middle, whole))
    else if (event.key === '0') onView(whole)
    else return
    event.preventDefault()
  }
  const current = entries.find((entry) => entry.version === tab.version)
  const hoveredEntry = hover === null ? undefined : model.entries[hover.index]
  return (
    <div
      className={styles.plot}
      role="slider"
      tabIndex={0}
      aria-label={`Version timeline of ${tab.name}`}
      aria-valuemin={entries.at(-1)?.version ?? 1}
      aria-valuemax={tab.latestVersion}
      aria-valuenow={tab.version}
      aria-valuetext={current === undefined ? `Version ${tab.version}` : `Version ${tab.version}, ${current.sentence}`}
      onKeyDown={handleKey}
      onPointerMove={(event) => setHover(entryAt(event))}
      onPointerLeave={() => setHover(null)}
      onClick={() => {
        if (hoveredEntry !== undefined) travelTo(tab.dataset, hoveredEntry.version)
      }}
    >
      <canvas ref={canvas} className={styles.canvas} aria-hidden />
      {hover !== null && hoveredEntry !== undefined && <HoverCard entry={hoveredEntry} x={hover.x} />}
    </div>
  )
}

function HoverCard({ entry, x }: { readonly entry: VersionEntry; readonly x: number }) {
  return (
    <div className={styles.card} style={{ left: x }} aria-hidden>
      <b>Version {entry.version}</b> · {formatAbsoluteTime(entry.timestamp)}
      <div className={entry.problem === undefined ? undefined : styles.problem}>{entry.problem ?? entry.sentence}</div>
      {entry.problem === undefined && entry.rowsDelta !== null && (
        <div className={styles.quiet}>{formatDelta(entry.rowsDelta)} rows</div>
      )}
      {entry.tags.length > 0 && <div className={styles.quiet}>Tags: {entry.tags.join(', ')}</div>}
    </div>
  )
}

function versionForKey(key: string, entries: readonly VersionEntry[], tab: DatasetTab): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return neighbourVersion(entries, tab.version, 'older')
    case 'ArrowRight':
    case 'ArrowUp':
      return neighbourVersion(entries, tab.version, 'newer')
    case 'Home':
      return entries.at(-1)?.version
    case 'End':
      return entries[0]?.version
    default:
      return undefined
  }
}

/** The view moved so that a version is in sight; the same view when it is already. */
function revealed(model: TimelineModel, view: TimeView, whole: TimeView, version: number): TimeView {
  const time = model.times[model.entries.findIndex((entry) => entry.version === version)]
  if (time === undefined || (time >= view.fromMs && time <= view.toMs)) return view
  return panView(view, time - (view.fromMs + view.toMs) / 2, whole)
}

/** Wheel zooms around the pointer; sideways or with Shift it moves along time. React's own wheel handler cannot prevent scrolling. */
function useWheel(
  canvas: { readonly current: HTMLCanvasElement | null },
  view: TimeView,
  whole: TimeView,
  onView: (view: TimeView) => void,
): void {
  useEffect(() => {
    const element = canvas.current?.parentElement
    if (element === null || element === undefined) return
    const handleWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const box = element.getBoundingClientRect()
      const width = box.width - LANE_LEFT - RIGHT
      const sideways = event.shiftKey ? event.deltaY : event.deltaX
      if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        onView(panView(view, (sideways / width) * (view.toMs - view.fromMs), whole))
      } else {
        const anchor = xToTime(view, width, Math.min(Math.max(0, event.clientX - box.left - LANE_LEFT), width))
        onView(zoomView(view, Math.exp(event.deltaY * 0.002), anchor, whole))
      }
    }
    element.addEventListener('wheel', handleWheel, { passive: false })
    return () => element.removeEventListener('wheel', handleWheel)
  }, [canvas, view, whole, onView])
}
