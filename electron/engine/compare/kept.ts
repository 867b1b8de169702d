import { randomBytes } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import type { DatasetRegistry } from '../context.ts'
import type { RowComparison } from './compare-rows.ts'

/** Comparisons kept for paging; each may hold tens of megabytes and a file. */
const MAX_KEPT = 4
const IDLE_MS = 15 * 60_000

interface Entry {
  readonly comparison: RowComparison
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Results of comparisons, kept while they are looked at: the few used last, and none longer than a quarter of an hour unused. */
export class KeptComparisons {
  readonly #datasets: Pick<DatasetRegistry, 'get'>
  readonly #idleMs: number
  readonly #entries = new Map<string, Entry>()

  constructor(datasets: Pick<DatasetRegistry, 'get'>, idleMs = IDLE_MS) {
    this.#datasets = datasets
    this.#idleMs = idleMs
  }

  /** Keeps a comparison and returns its name. */
  keep(comparison: RowComparison): string {
    const name = randomBytes(12).toString('hex')
    this.#entries.set(name, { comparison, timer: undefined })
    this.#touch(name)
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MAX_KEPT) break
      this.#forget(oldest)
    }
    return name
  }

  /** `comparison-expired` when it is not kept any more, or one of its datasets was closed. */
  get(name: string): RowComparison {
    const entry = this.#entries.get(name)
    if (entry === undefined) throw expired()
    const { from, to } = entry.comparison
    if (!this.#isOpen(from.dataset.handle) || !this.#isOpen(to.dataset.handle)) {
      this.#forget(name)
      throw expired()
    }
    this.#touch(name)
    return entry.comparison
  }

  #isOpen(handle: string): boolean {
    try {
      this.#datasets.get(handle)
      return true
    } catch {
      return false
    }
  }

  #touch(name: string): void {
    const entry = this.#entries.get(name)
    if (entry === undefined) return
    this.#entries.delete(name)
    this.#entries.set(name, entry)
    clearTimeout(entry.timer)
    entry.timer = setTimeout(() => this.#forget(name), this.#idleMs)
    entry.timer.unref()
  }

  #forget(name: string): void {
    const entry = this.#entries.get(name)
    if (entry === undefined) return
    this.#entries.delete(name)
    clearTimeout(entry.timer)
    // A file that cannot be removed now is removed with its folder.
    entry.comparison.remove().catch(() => undefined)
  }
}

function expired(): AppError {
  return new AppError({
    code: 'comparison-expired',
    message: 'The result of this comparison is no longer kept.',
    hint: 'Compare again.',
  })
}
