import { type KeyboardEvent, useCallback, useId, useMemo, useRef, useState } from 'react'
import { useSize } from '#renderer/ui/treemap-size.ts'
import { type CanvasScene, useCanvas } from '#renderer/ui/use-canvas.ts'
import type { MapLayout } from '../choices.ts'
import { cellAt, layoutSquares, layoutStrip } from './cell-layout.ts'
import type { ColourScale } from './colours.ts'
import styles from './map-canvas.module.css'
import { actionForKey, largestScale } from './map-keys.ts'
import { type MapView, revealCell, toPlot, WHOLE, zoomMap } from './map-view.ts'
import { MapPainter } from './painter.ts'
import { useMapGestures } from './use-map-gestures.ts'
import { ZoomControls } from './zoom-controls.tsx'

export interface MapCanvasProps {
  readonly label: string
  /** Weight of each cell, above 0. Keep stable. */
  readonly weights: Float64Array
  readonly kind: MapLayout
  readonly scale: ColourScale
  readonly broken: Uint8Array | undefined
  /** Index into the weights. */
  readonly selected: number | undefined
  readonly onSelect: (index: number) => void
  readonly textOf: (index: number) => readonly [title: string, detail: string]
  readonly sentenceOf: (index: number) => string
  /** What the line below says while nothing is chosen or pointed at. */
  readonly caption: string
}

/**
 * The drawn map: one cell for each weight. To assistive technology a list of which the chosen entry is rendered; the table
 * of fragments is its full text.
 */
export function MapCanvas(props: MapCanvasProps) {
  const { label, weights, kind, scale, broken, selected, onSelect, textOf, sentenceOf, caption } = props
  const place = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const optionId = useId()
  const size = useSize(place)
  const [view, setView] = useState<MapView>(WHOLE)
  const [pointed, setPointed] = useState<number | undefined>(undefined)
  const layout = useMemo(
    () => (kind === 'strip' ? layoutStrip : layoutSquares)(weights, size.width, size.height),
    [kind, weights, size],
  )
  const most = useMemo(() => largestScale(layout), [layout])
  const position = selected === undefined ? undefined : layout.position[selected]
  const hovered = pointed === undefined ? undefined : layout.position[pointed]
  const [painter] = useState(() => new MapPainter())
  const paint = useCallback(
    (scene: CanvasScene) => {
      if (layout.width === 0) return
      painter.paint(scene, { layout, view, scale, broken, hovered, selected: position, textOf })
    },
    [painter, layout, view, scale, broken, hovered, position, textOf],
  )
  useCanvas(canvas, paint)

  const indexAt = (point: { readonly x: number; readonly y: number }): number | undefined => {
    const { x, y } = toPlot(view, point.x, point.y)
    const at = cellAt(layout, x, y)
    return at === undefined ? undefined : layout.order[at]
  }
  const handlers = useMapGestures(place, {
    size,
    most,
    onView: setView,
    onPoint: (point) => setPointed(point === null ? undefined : indexAt(point)),
    onClick: (point) => {
      const index = indexAt(point)
      if (index !== undefined) onSelect(index)
    },
  })
  const handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const action = actionForKey(event.key, layout, position)
    if (action === undefined) return
    event.preventDefault()
    if (action.kind === 'fit') setView(WHOLE)
    else if (action.kind === 'zoom') setView(zoomMap(view, action.factor, middleOf(position), size, most))
    else {
      const index = layout.order[action.position]
      if (index === undefined) return
      setPointed(undefined)
      setView(revealCell(view, boxAt(action.position), size))
      onSelect(index)
    }
  }
  const boxAt = (at: number) => ({
    left: layout.left[at] ?? 0,
    top: layout.top[at] ?? 0,
    right: layout.right[at] ?? 0,
    bottom: layout.bottom[at] ?? 0,
  })
  /** Zoom goes to what is chosen, or to the middle. */
  const middleOf = (at: number | undefined) => {
    if (at === undefined) return { x: size.width / 2, y: size.height / 2 }
    const { left, top, right, bottom } = boxAt(at)
    return { x: ((left + right) / 2) * view.scale + view.x, y: ((top + bottom) / 2) * view.scale + view.y }
  }
  const said = pointed ?? selected
  return (
    <div className={styles.map}>
      <div
        ref={place}
        className={styles.place}
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={selected === undefined ? undefined : optionId}
        onKeyDown={handleKey}
        {...handlers}
      >
        <canvas ref={canvas} className={styles.canvas} aria-hidden />
        {selected !== undefined && position !== undefined && (
          <span
            id={optionId}
            className={styles.option}
            role="option"
            aria-selected
            aria-posinset={position + 1}
            aria-setsize={layout.count}
          >
            {sentenceOf(selected)}
          </span>
        )}
      </div>
      <div className={styles.foot}>
        <p className={styles.said}>{said === undefined ? caption : sentenceOf(said)}</p>
        <ZoomControls
          scale={view.scale}
          onZoom={(factor) => setView(zoomMap(view, factor, middleOf(position), size, most))}
          onFit={() => setView(WHOLE)}
        />
      </div>
    </div>
  )
}
