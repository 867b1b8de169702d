import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { fileError } from '../store/errno.ts'
import type { Refusal } from './stream-session.ts'

/** Records that did not fit, each with its line and reason, in a file of JSON Lines made with the first of them. */
export class RejectFile {
  readonly #folder: string
  #path: string | undefined

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'streams', 'rejects')
  }

  get path(): string | undefined {
    return this.#path
  }

  async add(refusals: readonly Refusal[]): Promise<void> {
    const path =
      this.#path ??
      join(
        this.#folder,
        `${new Date().toISOString().slice(0, 19).replaceAll(':', '')}-${randomUUID().slice(0, 8)}.jsonl`,
      )
    const lines = refusals.map(({ shown, text }) => `${JSON.stringify({ ...shown, record: text })}\n`).join('')
    try {
      await mkdir(this.#folder, { recursive: true })
      await appendFile(path, lines, { mode: 0o600 })
    } catch (error) {
      throw fileError(error, path)
    }
    this.#path = path
  }
}
