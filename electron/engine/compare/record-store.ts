import type { SpillFile } from './spill-file.ts'

export interface RecordStoreOptions {
  /** 32-bit words per record; even, so that records hold 64-bit numbers. */
  readonly words: number
  readonly partitions: number
  /** Memory for records; beyond it full chunks go to the file. */
  readonly maxBytes: number
  readonly spill: SpillFile
}

/** Most records of a chunk: what is written to the file at once. */
const MAX_CHUNK_RECORDS = 2048
/** Chunks being filled, one a partition, may take this share of the memory. */
const OPEN_SHARE = 4

type Chunk = { readonly words: Int32Array } | { readonly position: number; readonly length: number }

/**
 * Fixed-size records in partitions, each in the order they came. Kept in memory up to a bound and in a temporary file
 * beyond it; the bound is exceeded by no more than what is added between two calls of {@link settle}.
 */
export class RecordStore {
  readonly words: number
  readonly #chunkWords: number
  readonly #maxBytes: number
  readonly #spill: SpillFile
  readonly #open: (Int32Array | undefined)[]
  readonly #used: Int32Array
  readonly #chunks: Chunk[][]
  #memoryBytes = 0
  #records = 0

  constructor({ words, partitions, maxBytes, spill }: RecordStoreOptions) {
    this.words = words
    const room = Math.floor(maxBytes / OPEN_SHARE / partitions / (words * 4))
    this.#chunkWords = Math.max(1, Math.min(MAX_CHUNK_RECORDS, room)) * words
    this.#maxBytes = maxBytes
    this.#spill = spill
    this.#open = Array.from({ length: partitions })
    this.#used = new Int32Array(partitions)
    this.#chunks = Array.from({ length: partitions }, () => [])
  }

  get partitions(): number {
    return this.#open.length
  }

  get records(): number {
    return this.#records
  }

  /** Makes room for one record; write its words to `chunk` from `at` on before the next call. */
  reserve(partition: number): { readonly chunk: Int32Array; readonly at: number } {
    let chunk = this.#open[partition]
    const at = this.#used[partition] as number
    if (chunk === undefined || at === chunk.length) {
      if (chunk !== undefined) this.#chunks[partition]?.push({ words: chunk })
      chunk = new Int32Array(this.#chunkWords)
      this.#memoryBytes += chunk.byteLength
      this.#open[partition] = chunk
      this.#used[partition] = 0
    }
    const start = this.#used[partition] as number
    this.#used[partition] = start + this.words
    this.#records++
    return { chunk, at: start }
  }

  /** Keeps the bound: writes full chunks to the file when memory holds too much. */
  async settle(): Promise<void> {
    if (this.#memoryBytes <= this.#maxBytes) return
    for (const chunks of this.#chunks) {
      for (const [number, chunk] of chunks.entries()) {
        if (!('words' in chunk)) continue
        const position = await this.#spill.append(chunk.words)
        chunks[number] = { position, length: chunk.words.length }
        this.#memoryBytes -= chunk.words.byteLength
      }
    }
  }

  /** Words of a partition's records. */
  lengthOf(partition: number): number {
    const open = this.#used[partition] as number
    return (this.#chunks[partition] ?? []).reduce((sum, chunk) => sum + lengthOf(chunk), open)
  }

  /** All records of a partition in the order they came, which the store then forgets. */
  async take(partition: number): Promise<Int32Array> {
    const all = new Int32Array(this.lengthOf(partition))
    let at = 0
    for (const chunk of this.#chunks[partition] ?? []) {
      const length = lengthOf(chunk)
      if ('words' in chunk) {
        all.set(chunk.words, at)
        this.#memoryBytes -= chunk.words.byteLength
      } else await this.#spill.readInto(chunk.position, all.subarray(at, at + length))
      at += length
    }
    const open = this.#open[partition]
    if (open !== undefined) {
      all.set(open.subarray(0, this.#used[partition]), at)
      this.#memoryBytes -= open.byteLength
    }
    this.#chunks[partition] = []
    this.#open[partition] = undefined
    this.#used[partition] = 0
    return all
  }
}

function lengthOf(chunk: Chunk): number {
  return 'words' in chunk ? chunk.words.length : chunk.length
}
