import { type KeyboardEvent, type PointerEvent, useCallback, useRef, useState } from 'react'
import { type DatasetTab, travelTo } from '#renderer/features/workspace/index.ts'
import { type CanvasScene, useCanvas } from '#renderer/ui/use-canvas.ts'
import { comparePicked } from '../list/compare.ts'
import { pairPick, togglePick } from '../state/picks.ts'
import { setPicks, setStretch, type HistoryView } from '../state/view-store.ts'
import type { Flag } from './flags.ts'
import { HoverCard } from './hover-card.tsx'
import { timelineStep } from './keys.ts'
import { growStretch, nearestEntry, stretchBetween } from './marks.ts'
import { type AxisView, indexOfVersion, panView, type TimelineModel, viewOf, zoomView } from './model.ts'
import { type Measure, paintTimeline } from './paint.ts'
import { LANE_LEFT, lanePlace, plotWidth } from './places.ts'
import styles from './timeline.module.css'
import { useWheel } from './use-wheel.ts'

export interface TimelineCanvasProps {
  readonly tab: DatasetTab
  readonly model: TimelineModel
  readonly flags: readonly Flag[]
  readonly measure: Measure
  readonly view: AxisView
  readonly whole: AxisView
  readonly onView: (view: AxisView) => void
  /** What is picked and brushed. */
  readonly history: HistoryView
}

interface Hover {
  readonly index: number
  readonly x: number
  readonly width: number
}

interface Drag {
  readonly from: number
  readonly to: number
}

/** A press that moves less is a click. */
const DRAG_PX = 4
const KEYS_HELP =
  'Arrow keys travel. With Shift they choose a stretch of versions. Plus and minus zoom, 0 shows everything, Space picks a version to compare, C compares, Escape lets go.'

/** The drawn timeline. A slider over versions for keyboards and screen readers; the Versions tab is its full text. */
export function TimelineCanvas(props: TimelineCanvasProps) {
  const { tab, model, flags, measure, view, whole, onView, history } = props
  const { picks, stretch } = history
  const plot = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [hover, setHover] = useState<Hover | null>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const pressed = useRef<number | null>(null)
  const hovered = drag === null ? hover?.index : undefined
  useCanvas(
    canvas,
    useCallback(
      (scene: CanvasScene) =>
        paintTimeline(scene, { model, view, measure, flags, current: tab.version, picks, stretch, drag, hovered }),
      [model, view, measure, flags, tab.version, picks, stretch, drag, hovered],
    ),
  )
  useWheel(plot, { view, whole, spacing: model.spacing, onView })

  const placeOf = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left - LANE_LEFT, y: event.clientY - box.top, box }
  }
  const entryAt = (event: PointerEvent): Hover | null => {
    const { x, y, box } = placeOf(event)
    const lanes = lanePlace(box.height, flags.length > 0)
    const lane = Math.floor((y - lanes.top) / lanes.height)
    const index = nearestEntry(model, view, plotWidth(box.width), { x, lane })
    return index === undefined ? null : { index, x: x + LANE_LEFT, width: box.width }
  }
  const handleMove = (event: PointerEvent): void => {
    const { x } = placeOf(event)
    const from = pressed.current
    if (from !== null && (drag !== null || Math.abs(x - from) >= DRAG_PX)) setDrag({ from, to: x })
    else setHover(entryAt(event))
  }
  const handleUp = (event: PointerEvent): void => {
    if (pressed.current === null) return
    pressed.current = null
    setDrag(null)
    if (drag !== null) {
      const { box } = placeOf(event)
      setStretch(tab, stretchBetween(model, view, plotWidth(box.width), drag.from, drag.to))
      return
    }
    const entry = model.entries[entryAt(event)?.index ?? -1]
    if (entry === undefined) return
    if (event.shiftKey) setPicks(tab, pairPick(picks, entry.version, tab.version))
    else if (event.ctrlKey || event.metaKey) setPicks(tab, togglePick(picks, entry.version))
    else travelTo(tab.dataset, entry.version)
  }
  const handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const step = timelineStep(event, model, tab)
    if (step === null) return
    event.preventDefault()
    switch (step.kind) {
      case 'travel':
        travelTo(tab.dataset, step.version)
        onView(revealed(model, view, whole, step.version))
        break
      case 'zoom':
        onView(zoomView(view, step.factor, (view.from + view.to) / 2, whole, model.spacing))
        break
      case 'whole':
        onView(whole)
        break
      case 'zoom-to-stretch':
        onView(stretchView(model, history, whole) ?? view)
        break
      case 'grow':
        setStretch(tab, growStretch(model, stretch, tab.version, step.step))
        break
      case 'pick':
        setPicks(tab, togglePick(picks, tab.version))
        break
      case 'compare':
        comparePicked(tab)
        break
      case 'clear':
        setStretch(tab, null)
        setPicks(tab, [])
        break
      case 'none':
        break
    }
  }
  const current = model.entries[indexOfVersion(model, tab.version) ?? -1]
  const entry = hovered === undefined ? undefined : model.entries[hovered]
  return (
    <div
      ref={plot}
      className={styles.plot}
      role="slider"
      tabIndex={0}
      aria-label={`Version timeline of ${tab.name}`}
      aria-valuemin={model.entries[0]?.version ?? 1}
      aria-valuemax={tab.latestVersion}
      aria-valuenow={tab.version}
      aria-valuetext={current === undefined ? `Version ${tab.version}` : `Version ${tab.version}, ${current.sentence}`}
      aria-description={KEYS_HELP}
      onKeyDown={handleKey}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        pressed.current = placeOf(event).x
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={handleMove}
      onPointerUp={handleUp}
      onPointerCancel={() => {
        pressed.current = null
        setDrag(null)
      }}
      onPointerLeave={() => setHover(null)}
    >
      <canvas ref={canvas} className={styles.canvas} aria-hidden />
      {hover !== null && entry !== undefined && (
        <HoverCard entry={entry} flag={flags.find((flag) => flag.index === hovered)} x={hover.x} width={hover.width} />
      )}
    </div>
  )
}

/** The view on the chosen stretch; null while none is chosen. */
export function stretchView(model: TimelineModel, { stretch }: HistoryView, whole: AxisView): AxisView | null {
  if (stretch === null) return null
  const [first, last] = [indexOfVersion(model, stretch.oldest), indexOfVersion(model, stretch.newest)]
  return first === undefined || last === undefined ? null : viewOf(model, first, last, whole)
}

/** The view moved so that a version is in sight; the same view when it is already. */
function revealed(model: TimelineModel, view: AxisView, whole: AxisView, version: number): AxisView {
  const place = model.positions[indexOfVersion(model, version) ?? -1]
  if (place === undefined || (place >= view.from && place <= view.to)) return view
  return panView(view, place - (view.from + view.to) / 2, whole)
}
