import { freeBatches } from '../lance/index.ts'
import type { BatchWriter, Gathered, ReadyCommit } from './batch-writer.ts'
import type { Progress } from './journal.ts'

/** Let go of before the memory of batches is collected, which keeps the process from anything else for 20 ms. */
const FREE_BYTES = 128 * 1024 * 1024

/**
 * Commits what is gathered, in order and one at a time, while the next is being gathered. After a failure nothing more is
 * committed; it is thrown at the next turn.
 */
export class CommitLine {
  /** What the commits made cover. */
  done: Progress
  /** Made and under way. */
  commits: number
  /** Rows of the commit under way. */
  rowsUnderWay = 0
  readonly #writer: BatchWriter
  #underWay: Promise<void> | undefined
  #unfreed = 0
  #failure: { readonly error: unknown } | undefined

  constructor(writer: BatchWriter, start: Progress) {
    this.#writer = writer
    this.done = start
    this.commits = start.commits
  }

  get isIdle(): boolean {
    return this.#underWay === undefined
  }

  /** Throws what a commit failed with. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure.error
  }

  /** Resolves when the commit is under way, which is when the one before it was made. */
  async push(gathered: Gathered): Promise<void> {
    const ready = this.#writer.prepare(gathered)
    await this.settle()
    this.check()
    this.commits++
    this.rowsUnderWay = ready.rows
    this.#unfreed += ready.file?.byteLength ?? 0
    this.#underWay = this.#commit(ready)
  }

  async #commit(ready: ReadyCommit): Promise<void> {
    try {
      this.done = await this.#writer.commit(ready, this.done)
    } catch (error) {
      this.#failure = { error }
    }
    this.rowsUnderWay = 0
    this.#underWay = undefined
    if (this.#unfreed < FREE_BYTES) return
    this.#unfreed = 0
    freeBatches()
  }

  /** Waits for the commit under way, whatever becomes of it. */
  async settle(): Promise<void> {
    await this.#underWay
  }
}
