import type { CellBytes } from '#shared/contract/rows.ts'

/** Cells described at the same time; more would crowd out pages. */
const IN_FLIGHT_MAX = 3
/** Descriptions kept. */
const KEPT_MAX = 2000

/** A cell whose bytes may be an image. */
export interface ThumbnailKey {
  readonly rowId: string
  readonly column: string
}

/**
 * Finds out, cell by cell, what the bytes of visible cells are. Only what is on screen is asked for, the newest wish
 * replaces the one before, and failures are not asked again: a missing thumbnail is not worth a retry storm.
 */
export class Thumbnails {
  private readonly known = new Map<string, CellBytes | null>()
  private readonly running = new Map<string, AbortController>()
  private readonly describe: (key: ThumbnailKey, signal: AbortSignal) => Promise<CellBytes>
  private readonly onChange: () => void
  private wanted: readonly ThumbnailKey[] = []

  constructor(describe: (key: ThumbnailKey, signal: AbortSignal) => Promise<CellBytes>, onChange: () => void) {
    this.describe = describe
    this.onChange = onChange
  }

  /** What is known of a cell: undefined = not yet, null = could not be found out. */
  get(rowId: string, column: string): CellBytes | null | undefined {
    return this.known.get(keyText({ rowId, column }))
  }

  /** The cells on screen, replacing those wanted before. */
  want(keys: readonly ThumbnailKey[]): void {
    this.wanted = keys
    const texts = new Set(keys.map(keyText))
    for (const [text, controller] of this.running) if (!texts.has(text)) controller.abort()
    this.pump()
  }

  close(): void {
    this.want([])
  }

  private pump(): void {
    for (const key of this.wanted) {
      if (this.running.size >= IN_FLIGHT_MAX) return
      const text = keyText(key)
      if (!this.known.has(text) && !this.running.has(text)) void this.run(key, text)
    }
  }

  private async run(key: ThumbnailKey, text: string): Promise<void> {
    const controller = new AbortController()
    this.running.set(text, controller)
    try {
      this.keep(text, await this.describe(key, controller.signal))
    } catch {
      if (!controller.signal.aborted) this.keep(text, null)
    } finally {
      this.running.delete(text)
      if (!controller.signal.aborted) this.onChange()
      this.pump()
    }
  }

  private keep(text: string, bytes: CellBytes | null): void {
    this.known.set(text, bytes)
    const oldest = this.known.size > KEPT_MAX ? this.known.keys().next().value : undefined
    if (oldest !== undefined) this.known.delete(oldest)
  }
}

function keyText({ rowId, column }: ThumbnailKey): string {
  return `${rowId}\n${column}`
}
