import type { ByteSource } from './byte-source.ts'

/** Memory for values kept for the next range. One larger value is kept alone. */
const MAX_BYTES = 128 * 1024 * 1024
const MAX_ENTRIES = 32
/** A value nobody reads any more is let go after this time. */
const IDLE_MS = 30_000

interface Entry {
  readonly source: Promise<ByteSource | null>
  bytes: number
  usedAt: number
}

/**
 * Cells being read in ranges. A plain binary value can only be read whole, so without this every megabyte of a large one
 * would read all of it again.
 */
export class SourceCache {
  readonly #entries = new Map<string, Entry>()
  #timer: ReturnType<typeof setTimeout> | undefined

  get(key: string, open: () => Promise<ByteSource | null>): Promise<ByteSource | null> {
    const known = this.#entries.get(key)
    const entry: Entry = known ?? { source: open(), bytes: 0, usedAt: 0 }
    entry.usedAt = performance.now()
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    if (known === undefined) {
      entry.source.then(
        (source) => {
          entry.bytes = source?.heldBytes ?? 0
          this.#shrink()
        },
        () => this.#entries.delete(key),
      )
    }
    this.#schedule()
    return entry.source
  }

  #shrink(): void {
    let bytes = [...this.#entries.values()].reduce((sum, entry) => sum + entry.bytes, 0)
    for (const [key, entry] of this.#entries) {
      const fits = bytes <= MAX_BYTES && this.#entries.size <= MAX_ENTRIES
      if (fits || this.#entries.size === 1) return
      this.#entries.delete(key)
      bytes -= entry.bytes
    }
  }

  #schedule(): void {
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      const idleSince = performance.now() - IDLE_MS
      for (const [key, entry] of this.#entries) if (entry.usedAt <= idleSince) this.#entries.delete(key)
      if (this.#entries.size > 0) this.#schedule()
    }, IDLE_MS)
    this.#timer.unref()
  }
}
