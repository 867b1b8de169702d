import type { SpillFile } from './spill-file.ts'

export interface RecordStoreOptions {
  /** 32-bit words per record; even, so that records hold 64-bit numbers. */
  readonly words: number
  readonly partitions: number
  /** Records expected in all, for the size of chunks; more may come. */
  readonly expected: number
  /** Memory for records; beyond it full chunks go to the file. */
  readonly maxBytes: number
  readonly spill: SpillFile
}

/** Least and most records of a chunk that may go to the file. */
const MIN_CHUNK_RECORDS = 64
const MAX_CHUNK_RECORDS = 2048
/** Chunks being filled, one a partition, may take this share of the memory. */
const OPEN_SHARE = 4
/** Partitions are not quite even: a little room saves a second chunk. */
const ROOM = 1.1

type Chunk = { readonly words: Int32Array } | { readonly position: number; readonly length: number }

/**
 * Fixed-size records in partitions, each in the order they came. Kept in memory up to a bound and in a temporary file
 * beyond it; the bound is exceeded by no more than what is added between two calls of {@link settle}.
 */
export class RecordStore {
  readonly words: number
  /** Where the record reserved last lies. */
  chunk: Int32Array = new Int32Array(0)
  readonly #chunkWords: number
  readonly #maxBytes: number
  readonly #spill: SpillFile
  readonly #open: (Int32Array | undefined)[]
  readonly #used: Int32Array
  readonly #chunks: Chunk[][]
  #memoryBytes = 0
  #records = 0

  constructor({ words, partitions, expected, maxBytes, spill }: RecordStoreOptions) {
    this.words = words
    this.#chunkWords = chunkRecords({ words, partitions, expected, maxBytes }) * words
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

  /** Makes room for one record: write its words to {@link chunk} from the returned place on before the next call. */
  reserve(partition: number): number {
    let chunk = this.#open[partition]
    let at = this.#used[partition] as number
    if (chunk === undefined || at === chunk.length) {
      if (chunk !== undefined) this.#chunks[partition]?.push({ words: chunk })
      chunk = new Int32Array(this.#chunkWords)
      this.#memoryBytes += chunk.byteLength
      this.#open[partition] = chunk
      at = 0
    }
    this.#used[partition] = at + this.words
    this.#records++
    this.chunk = chunk
    return at
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
    const only = this.#open[partition]
    if (only !== undefined && this.#chunks[partition]?.length === 0) {
      const records = only.subarray(0, this.#used[partition])
      this.#forget(partition)
      return records
    }
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
    if (open !== undefined) all.set(open.subarray(0, this.#used[partition]), at)
    this.#forget(partition)
    return all
  }

  #forget(partition: number): void {
    this.#memoryBytes -= this.#open[partition]?.byteLength ?? 0
    this.#chunks[partition] = []
    this.#open[partition] = undefined
    this.#used[partition] = 0
  }
}

/** One chunk a partition when all that is expected fits in memory; otherwise chunks fit to be written. */
function chunkRecords({ words, partitions, expected, maxBytes }: Omit<RecordStoreOptions, 'spill'>): number {
  const share = Math.ceil((expected * ROOM) / partitions)
  if (share * partitions * words * 4 <= maxBytes) return Math.max(MIN_CHUNK_RECORDS, share)
  const room = Math.floor(maxBytes / OPEN_SHARE / partitions / (words * 4))
  return Math.max(1, Math.min(MAX_CHUNK_RECORDS, room))
}

function lengthOf(chunk: Chunk): number {
  return 'words' in chunk ? chunk.words.length : chunk.length
}
