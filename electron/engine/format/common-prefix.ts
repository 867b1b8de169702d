const COARSE_BYTES = 64 * 1024
const FINE_BYTES = 512

/** A length up to which two byte arrays are equal: at most half a kilobyte less than the longest such length. */
export function commonPrefix(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  const coarse = advance(a, b, 0, length, COARSE_BYTES)
  return advance(a, b, coarse, length, FINE_BYTES)
}

function advance(a: Uint8Array, b: Uint8Array, from: number, length: number, step: number): number {
  let at = from
  while (at + step <= length && Buffer.compare(a.subarray(at, at + step), b.subarray(at, at + step)) === 0) at += step
  return at
}
