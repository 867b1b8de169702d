/** What part of a plot is in sight: the plot magnified by `scale`, its corner at (`x`, `y`), in px of the place. */
export interface MapView {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface MapSize {
  readonly width: number
  readonly height: number
}

/** The whole plot. */
export const WHOLE: MapView = { scale: 1, x: 0, y: 0 }

/** Zooms around a point of the place, which stays where it is. */
export function zoomMap(
  view: MapView,
  factor: number,
  at: { readonly x: number; readonly y: number },
  size: MapSize,
  most: number,
): MapView {
  const scale = Math.min(most, Math.max(1, view.scale * factor))
  const ratio = scale / view.scale
  return inside({ scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio }, size)
}

export function panMap(view: MapView, dx: number, dy: number, size: MapSize): MapView {
  return inside({ scale: view.scale, x: view.x + dx, y: view.y + dy }, size)
}

/** The view moved as little as needed to have a rectangle of the unzoomed plot in sight; the same view when it is. */
export function revealCell(
  view: MapView,
  cell: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  size: MapSize,
): MapView {
  const dx = shift(cell.left * view.scale + view.x, cell.right * view.scale + view.x, size.width)
  const dy = shift(cell.top * view.scale + view.y, cell.bottom * view.scale + view.y, size.height)
  return dx === 0 && dy === 0 ? view : panMap(view, dx, dy, size)
}

/** From a point of the place to the unzoomed plot. */
export function toPlot(view: MapView, x: number, y: number): { readonly x: number; readonly y: number } {
  return { x: (x - view.x) / view.scale, y: (y - view.y) / view.scale }
}

function shift(near: number, far: number, room: number): number {
  if (near < 0) return -near
  // What is larger than the place shows its beginning.
  return far > room ? Math.max(room - far, -near) : 0
}

/** No empty place beside the plot. */
function inside({ scale, x, y }: MapView, { width, height }: MapSize): MapView {
  const clamp = (at: number, room: number): number => Math.min(0, Math.max(room - room * scale, at))
  return scale === 1 ? WHOLE : { scale, x: clamp(x, width), y: clamp(y, height) }
}
