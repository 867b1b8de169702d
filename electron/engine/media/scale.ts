/** Pixels of four bytes, RGBA. */
export interface Pixels {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** The size an image has when it fits into a square of `most` pixels; small ones stay as they are. */
export function fitInto(
  most: number,
  width: number,
  height: number,
): { readonly width: number; readonly height: number } {
  const factor = Math.min(1, most / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}

/** Shrinks an image into a square of `most` pixels by the mean of what each pixel covers, on white where it is transparent. */
export function shrink({ data, width, height }: Pixels, most: number): Pixels {
  const size = fitInto(most, width, height)
  const result = new Uint8ClampedArray(size.width * size.height * 4)
  for (let y = 0; y < size.height; y++) {
    const top = Math.floor((y * height) / size.height)
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / size.height))
    for (let x = 0; x < size.width; x++) {
      const left = Math.floor((x * width) / size.width)
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / size.width))
      let red = 0
      let green = 0
      let blue = 0
      let alpha = 0
      for (let row = top; row < bottom; row++) {
        for (let at = (row * width + left) * 4, end = (row * width + right) * 4; at < end; at += 4) {
          const opacity = data[at + 3] ?? 255
          red += (data[at] ?? 0) * opacity
          green += (data[at + 1] ?? 0) * opacity
          blue += (data[at + 2] ?? 0) * opacity
          alpha += opacity
        }
      }
      const full = (bottom - top) * (right - left) * 255
      const white = (full - alpha) * 255
      const to = (y * size.width + x) * 4
      result[to] = (red + white) / full
      result[to + 1] = (green + white) / full
      result[to + 2] = (blue + white) / full
      result[to + 3] = 255
    }
  }
  return { data: result, ...size }
}
