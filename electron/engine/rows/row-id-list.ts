/** Ids per chunk: half a megabyte, so that a short list stays small and a long one never needs one huge array. */
const CHUNK = 65_536

/** A growing list of unsigned 64-bit row ids in view order, eight bytes each. */
export class RowIdList {
  readonly #chunks: BigUint64Array[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  get byteLength(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)
  }

  append(ids: BigUint64Array): void {
    let from = 0
    while (from < ids.length) {
      const used = this.#length % CHUNK
      if (used === 0) this.#chunks.push(new BigUint64Array(CHUNK))
      const count = Math.min(CHUNK - used, ids.length - from)
      // A chunk was pushed just above when there was none with room.
      ;(this.#chunks.at(-1) as BigUint64Array).set(ids.subarray(from, from + count), used)
      this.#length += count
      from += count
    }
  }

  /** Gives back the unused part of the last chunk; the list must not grow afterwards. */
  trim(): void {
    const last = this.#chunks.at(-1)
    const used = this.#length % CHUNK
    if (last !== undefined && used !== 0) this.#chunks[this.#chunks.length - 1] = last.slice(0, used)
  }

  /** Ids [start, end), clipped to the list. */
  slice(start: number, end: number): bigint[] {
    const ids: bigint[] = []
    for (let index = start; index < Math.min(end, this.#length); index++) {
      ids.push(this.#chunks[Math.floor(index / CHUNK)]?.[index % CHUNK] as bigint)
    }
    return ids
  }
}
