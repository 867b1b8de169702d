/** Pixels as browsers hand them about, four bytes each. */
class Pixels {
  readonly colorSpace = 'srgb'
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data
    this.width = width
    this.height = height
  }
}

class Undrawn {
  readonly isStandIn = true
}

/**
 * Gives the global object the names of browsers that the libraries of the parser thread look for: pixels, which the decoders of
 * images fill, and what drawing PDFs would need, which nobody does here. Returns the global object.
 */
export function defineBrowserNames(): Record<string, unknown> {
  const globals = globalThis as Record<string, unknown>
  globals['ImageData'] ??= Pixels
  globals['DOMMatrix'] ??= Undrawn
  globals['Path2D'] ??= Undrawn
  return globals
}
