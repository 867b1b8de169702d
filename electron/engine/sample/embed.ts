/** Values per vector. */
export const DIMENSION = 48

/**
 * A vector for a text without any model: every word adds to a few places chosen by its hash, and the sum is scaled to
 * length 1. The same text always gives the same vector, and texts that share words lie near each other.
 */
export function embed(text: string): Float32Array {
  const vector = new Float32Array(DIMENSION)
  for (const word of text.toLowerCase().match(/\p{L}{3,}/gu) ?? []) {
    const hash = hashText(word)
    for (const shift of [0, 8, 16]) {
      const place = ((hash >>> shift) & 0xff) % DIMENSION
      vector[place] = (vector[place] ?? 0) + ((hash >>> (24 + shift / 8)) & 1 ? 1 : -1) * weightOf(word)
    }
  }
  const norm = Math.hypot(...vector)
  return norm === 0 ? vector : vector.map((value) => value / norm)
}

/** Long words say more than short ones. */
function weightOf(word: string): number {
  return Math.log2(1 + word.length)
}

/** 32-bit FNV-1a over UTF-16 units. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  }
  return hash
}
