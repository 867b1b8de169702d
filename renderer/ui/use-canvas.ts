import { type RefObject, useEffect, useRef } from 'react'

/** What a painter is given: a context scaled to CSS pixels, the size in CSS pixels, and the colours of the theme. */
export interface CanvasScene {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  /** Value of a design token, such as `--acc`. */
  readonly token: (name: string) => string
}

/**
 * Paints a canvas that fills its parent: again when `paint` changes, and when size, pixel density, theme or fonts do.
 * Keep `paint` stable (useCallback).
 */
export function useCanvas(canvas: RefObject<HTMLCanvasElement | null>, paint: (scene: CanvasScene) => void): void {
  const request = useRef<() => void>(() => undefined)
  const latest = useRef(paint)
  useEffect(() => {
    latest.current = paint
    request.current()
  }, [paint])
  useEffect(() => {
    const element = canvas.current
    const parent = element?.parentElement
    if (element === null || parent === null || parent === undefined) return
    let frame = 0
    request.current = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => paintOnto(element, parent, latest.current))
    }
    const sizes = new ResizeObserver(() => request.current())
    sizes.observe(parent)
    const theme = new MutationObserver(() => request.current())
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    document.fonts.addEventListener('loadingdone', request.current)
    const painted = request.current
    painted()
    return () => {
      cancelAnimationFrame(frame)
      sizes.disconnect()
      theme.disconnect()
      document.fonts.removeEventListener('loadingdone', painted)
      request.current = () => undefined
    }
  }, [canvas])
}

function paintOnto(canvas: HTMLCanvasElement, parent: HTMLElement, paint: (scene: CanvasScene) => void): void {
  const { clientWidth: width, clientHeight: height } = parent
  const context = canvas.getContext('2d')
  if (context === null || width === 0 || height === 0) return
  const density = devicePixelRatio
  const pixelWidth = Math.round(width * density)
  const pixelHeight = Math.round(height * density)
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth
    canvas.height = pixelHeight
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
  }
  context.setTransform(density, 0, 0, density, 0, 0)
  context.clearRect(0, 0, width, height)
  const style = getComputedStyle(document.documentElement)
  paint({ context, width, height, token: (name) => style.getPropertyValue(name).trim() })
}
