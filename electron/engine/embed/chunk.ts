import type { AppError } from '#shared/errors.ts'
import type { BulkEmbedder } from '../embedders/index.ts'
import { lengthsDiffer } from './problems.ts'
import type { Stage } from './stage.ts'
import { hashText } from './text-hash.ts'

/** What a chunk makes vectors with. */
export interface Making {
  readonly target: string
  readonly dimension: number
  readonly embedder: BulkEmbedder
  readonly stage: Stage
  /** Why, by digest, of texts the embedder does not take; they are not sent again. */
  readonly refused: Map<string, AppError>
  readonly signal: AbortSignal
}

/** Rows of one commit, ready to be merged. */
export interface ChunkRows {
  readonly keys: BigInt64Array
  readonly hashes: BigInt64Array
  readonly values: Float32Array
  readonly isNull: ReadonlySet<number>
}

interface Waiting {
  readonly text: string
  readonly rows: number[]
}

/** Texts refused before any was taken: the embedder takes none. */
const REFUSALS_MAX = 20

/** Collects rows up to a bound and makes their vectors on the way, each text once. Texts are not kept. */
export class Chunk {
  readonly #making: Making
  readonly #values: Float32Array
  readonly #keys: BigInt64Array
  readonly #hashes: BigInt64Array
  readonly #isNull = new Set<number>()
  /** A row that has the vector, by the digest of its text. */
  readonly #made = new Map<string, number>()
  readonly #waiting = new Map<string, Waiting>()
  #length = 0
  rowsEmbedded = 0
  rowsRefused = 0

  constructor(making: Making, rowsMax: number) {
    this.#making = making
    this.#values = new Float32Array(rowsMax * making.dimension)
    this.#keys = new BigInt64Array(rowsMax)
    this.#hashes = new BigInt64Array(rowsMax)
  }

  get length(): number {
    return this.#length
  }

  get isFull(): boolean {
    return this.#length >= this.#keys.length
  }

  /** A row whose vector becomes null. */
  addEmpty(key: bigint): void {
    this.#isNull.add(this.#addRow(key, 0n))
  }

  /** A row to be given the vector of a text. */
  async addText(key: bigint, text: string): Promise<void> {
    const { digest, short } = hashText(text)
    if (this.#making.refused.has(digest)) {
      this.rowsRefused++
      return
    }
    const row = this.#addRow(key, short)
    const made = this.#made.get(digest)
    if (made !== undefined) return this.#copy(made, row)
    const staged = this.#making.stage.find(digest)
    if (staged !== undefined) return this.#put(digest, [row], staged)
    const waiting = this.#waiting.get(digest)
    if (waiting !== undefined) waiting.rows.push(row)
    else this.#waiting.set(digest, { text, rows: [row] })
    if (this.#waiting.size >= this.#making.embedder.batchTexts) await this.settle()
  }

  /** Makes the vectors that are still missing. */
  async settle(): Promise<void> {
    const { embedder, signal, stage, refused, target, dimension } = this.#making
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    if (waiting.length === 0) return
    const answers = await embedder.embed(
      waiting.map(([, { text }]) => text),
      signal,
    )
    const made: { digest: string; vector: Float32Array }[] = []
    for (const [index, [digest, { rows }]] of waiting.entries()) {
      const answer = answers[index]
      if (answer === undefined || 'refused' in answer) {
        if (answer !== undefined) refused.set(digest, answer.refused)
        for (const row of rows) this.#isNull.add(row)
        this.rowsRefused += rows.length
        continue
      }
      if (answer.vector.length !== dimension) {
        throw lengthsDiffer(target, dimension, 'The embedder', answer.vector.length)
      }
      const vector = Float32Array.from(answer.vector)
      made.push({ digest, vector })
      this.#put(digest, rows, vector)
    }
    await stage.keep(made)
    const [first] = refused.values()
    if (first !== undefined && this.rowsEmbedded === 0 && refused.size >= REFUSALS_MAX) throw first
  }

  rows(): ChunkRows {
    return {
      keys: this.#keys.subarray(0, this.#length),
      hashes: this.#hashes.subarray(0, this.#length),
      values: this.#values.subarray(0, this.#length * this.#making.dimension),
      isNull: this.#isNull,
    }
  }

  /** For the rows of the next commit. */
  clear(): void {
    this.#length = 0
    this.#isNull.clear()
    this.#made.clear()
  }

  #addRow(key: bigint, hash: bigint): number {
    const row = this.#length++
    this.#keys[row] = key
    this.#hashes[row] = hash
    return row
  }

  #put(digest: string, rows: readonly number[], vector: Float32Array): void {
    const { dimension } = this.#making
    for (const row of rows) this.#values.set(vector, row * dimension)
    this.rowsEmbedded += rows.length
    if (rows[0] !== undefined) this.#made.set(digest, rows[0])
  }

  #copy(from: number, to: number): void {
    const { dimension } = this.#making
    this.#values.copyWithin(to * dimension, from * dimension, (from + 1) * dimension)
    this.rowsEmbedded++
  }
}
