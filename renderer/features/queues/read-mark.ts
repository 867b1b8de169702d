import { countsBefore } from './log.ts'
import { writeSeen } from './place.ts'
import type { QueueSource } from './queue-source.ts'

/** How often the place is saved while it moves. */
const SAVE_MS = 1000

/** How far somebody has read a topic; saved now and then, and when asked. */
export class ReadMark {
  readonly #topic: string
  readonly #source: QueueSource
  #log = 0
  #furthest = 0
  #saved = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(topic: string, source: QueueSource) {
    this.#topic = topic
    this.#source = source
  }

  /** `rowEnd`: one past the last row on screen. */
  readonly read = (rowEnd: number): void => {
    // Positions in a log that came to its end mean nothing in the next.
    if (this.#log !== this.#source.beginnings) {
      this.#log = this.#source.beginnings
      this.#furthest = 0
      this.#saved = 0
    }
    this.#furthest = Math.max(this.#furthest, rowEnd)
    this.#timer ??= setTimeout(() => this.save(), SAVE_MS)
  }

  save(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#furthest <= this.#saved) return
    this.#saved = this.#furthest
    const { log } = this.#source
    void writeSeen(this.#topic, countsBefore(log, Math.max(this.#furthest, log.firstNew)))
  }
}
