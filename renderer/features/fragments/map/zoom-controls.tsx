import { Maximize2, Minus, Plus } from 'lucide-react'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import styles from './map-canvas.module.css'

export interface ZoomControlsProps {
  readonly scale: number
  readonly onZoom: (factor: number) => void
  readonly onFit: () => void
}

const CLICK_ZOOM = 2

/** How far the map is zoomed in, and the ways in and out that need no wheel. */
export function ZoomControls({ scale, onZoom, onFit }: ZoomControlsProps) {
  return (
    <div className={styles.zoom} role="group" aria-label="Zoom">
      <IconButton label="Zoom out" shortcut="-" disabled={scale === 1} onClick={() => onZoom(1 / CLICK_ZOOM)}>
        <Minus aria-hidden />
      </IconButton>
      <output className={styles.factor} aria-label="Zoom factor">
        {scale < 10 ? scale.toFixed(1) : Math.round(scale)}×
      </output>
      <IconButton label="Zoom in" shortcut="+" onClick={() => onZoom(CLICK_ZOOM)}>
        <Plus aria-hidden />
      </IconButton>
      <IconButton label="Show all" shortcut="0" disabled={scale === 1} onClick={onFit}>
        <Maximize2 aria-hidden />
      </IconButton>
    </div>
  )
}
