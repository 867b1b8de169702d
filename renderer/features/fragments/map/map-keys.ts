import { type CellLayout, neighbourCell } from './cell-layout.ts'

/** What a key does on the map. */
export type MapAction =
  | { readonly kind: 'select'; readonly position: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'fit' }

const KEY_ZOOM = 1.5

/**
 * Arrows go to the neighbouring cell, Home and End to the first and last, Page keys a tenth of all; + and - zoom, 0
 * shows all. Undefined for other keys. Nothing chosen counts as before the first.
 */
export function actionForKey(key: string, layout: CellLayout, selected: number | undefined): MapAction | undefined {
  const last = layout.count - 1
  const select = (position: number): MapAction => ({ kind: 'select', position: Math.min(last, Math.max(0, position)) })
  const page = Math.max(1, Math.floor(layout.count / 10))
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight':
    case 'ArrowUp':
    case 'ArrowDown': {
      if (selected === undefined) return select(0)
      const next = neighbourCell(layout, selected, key)
      if (next !== undefined) return select(next)
      // At the end of a line the order goes on in the next one.
      return select(key === 'ArrowLeft' ? selected - 1 : key === 'ArrowRight' ? selected + 1 : selected)
    }
    case 'Home':
      return select(0)
    case 'End':
      return select(last)
    case 'PageDown':
      return select((selected ?? -1) + page)
    case 'PageUp':
      return select((selected ?? 0) - page)
    case '+':
    case '=':
      return { kind: 'zoom', factor: KEY_ZOOM }
    case '-':
      return { kind: 'zoom', factor: 1 / KEY_ZOOM }
    case '0':
      return { kind: 'fit' }
    default:
      return undefined
  }
}

/** Scale at which the smallest cell can be looked at; 4 at least, so that there is always something to zoom. */
export function largestScale(layout: CellLayout): number {
  let smallest = Number.POSITIVE_INFINITY
  for (let at = 0; at < layout.count; at++) {
    const width = (layout.right[at] ?? 0) - (layout.left[at] ?? 0)
    const height = (layout.bottom[at] ?? 0) - (layout.top[at] ?? 0)
    smallest = Math.min(smallest, Math.max(width, height))
  }
  return Math.min(20_000, Math.max(4, 90 / Math.max(1e-3, smallest)))
}
